import type { Device, types } from 'mediasoup-client';
import type { StreamId, SentSource, TransportId } from '../../protocol/index.ts';
import type { MediaSignaling } from '../media-engine.ts';
import { fromWireIceParameters, fromWireTransport, toWireDtlsParameters, toWireRtpParameters } from './parameters.ts';
import { refusalCode } from './refusal.ts';

/** A broken path often mends itself; only then is ICE restarted. */
const MEND_MS = 1_000;
/** How long a path may take to be found before ICE starts over; the browser alone would try twice as long. */
const CONNECT_MS = 8_000;
/** How long a restarted ICE may take before the transport is given up. */
const RESTART_MS = 4_000;

export type Direction = 'send' | 'receive';

export interface OpenLink {
  readonly transport: types.Transport;
  readonly id: TransportId;
  readonly device: Device;
}

export interface LinkOptions {
  readonly direction: Direction;
  readonly signaling: MediaSignaling;
  /** The library's device, knowing what the SFU can do. */
  readonly device: () => Promise<Device>;
  /** Media flows, or the path is broken for now. */
  readonly flowing: (flows: boolean) => void;
  /** Beyond repair and closed: open another. Not called for `close`. */
  readonly lost: () => void;
  /** The server has the stream of this source. */
  readonly published?: (source: SentSource, streamId: StreamId) => void;
}

/** What the sending side passes through the library, to find it again in its `produce` event. */
export interface PublishData extends types.AppData {
  readonly source: SentSource;
  readonly muted: boolean;
}

function isPublishData(data: types.AppData): data is PublishData {
  return typeof data['source'] === 'string' && typeof data['muted'] === 'boolean';
}

/** One transport from its opening to its end. It mends itself by restarting ICE; what cannot be mended is `lost`. */
export class TransportLink {
  readonly #options: LinkOptions;
  #opening: Promise<OpenLink> | undefined;
  #open: OpenLink | undefined;
  #closed = false;
  #restarting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closed;
  }

  open(): Promise<OpenLink> {
    this.#opening ??= this.#openNow();
    return this.#opening;
  }

  /** The connection to the room is back and the server still has the transport: see whether media flows. */
  resume(): void {
    const state = this.#open?.transport.connectionState;
    if (state === 'disconnected' || state === 'failed') void this.#restart();
    else if (state === 'connecting') this.#later(CONNECT_MS, () => void this.#restart());
  }

  /** Closes it as beyond repair. */
  abandon(): void {
    if (this.#closed) return;
    this.close();
    this.#options.lost();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#open?.transport.close();
  }

  async #openNow(): Promise<OpenLink> {
    const { direction, signaling, device: loadDevice } = this.#options;
    try {
      // Both questions travel together; neither answer needs the other.
      const [device, reply] = await Promise.all([loadDevice(), signaling.request('openTransport', { direction })]);
      if (this.#closed) throw new Error('closed while opening');
      const options = fromWireTransport(reply.transport);
      const transport =
        direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);
      this.#open = { transport, id: reply.transport.id, device };
      this.#listen(this.#open);
      return this.#open;
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  #listen({ transport, id }: OpenLink): void {
    const { signaling } = this.#options;
    transport.on('connect', ({ dtlsParameters }, resolve) => {
      // Not awaited: the path is being found while the server takes note, and its answers come in order.
      signaling
        .request('connectTransport', { transportId: id, dtlsParameters: toWireDtlsParameters(dtlsParameters) })
        .catch(() => this.abandon());
      resolve();
    });
    transport.on('produce', ({ rtpParameters, appData }, resolve, reject) => {
      if (!isPublishData(appData)) {
        reject(new Error('not a stream of ours'));
        return;
      }
      const { source, muted } = appData;
      signaling
        .request('publish', { transportId: id, source, rtpParameters: toWireRtpParameters(rtpParameters), muted })
        .then(({ streamId }) => {
          if (!this.#closed) this.#options.published?.(source, streamId);
          resolve({ id: streamId });
        })
        .catch(reject);
    });
    transport.on('connectionstatechange', (state) => this.#handleState(state));
  }

  #handleState(state: types.ConnectionState): void {
    if (this.#closed) return;
    switch (state) {
      case 'connecting':
        if (!this.#restarting) this.#later(CONNECT_MS, () => void this.#restart());
        break;
      case 'connected':
        this.#restarting = false;
        clearTimeout(this.#timer);
        this.#options.flowing(true);
        break;
      case 'disconnected':
        this.#options.flowing(false);
        if (!this.#restarting) this.#later(MEND_MS, () => void this.#restart());
        break;
      case 'failed':
        this.#options.flowing(false);
        void this.#restart();
        break;
      default:
    }
  }

  async #restart(): Promise<void> {
    const open = this.#open;
    if (this.#closed || this.#restarting || open === undefined) return;
    this.#restarting = true;
    clearTimeout(this.#timer);
    try {
      const { iceParameters } = await this.#options.signaling.request('restartTransport', { transportId: open.id });
      if (this.#closed || !this.#restarting) return;
      this.#later(RESTART_MS, () => this.abandon());
      await open.transport.restartIce({ iceParameters: fromWireIceParameters(iceParameters) });
    } catch (error) {
      if (this.#closed) return;
      const code = refusalCode(error);
      // Without the room nothing can be mended; `resume` comes when it is back.
      if (code === 'disconnected' || code === 'timeout') this.#restarting = false;
      else this.abandon();
    }
  }

  #later(delayMs: number, run: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(run, delayMs);
  }
}
