import type { types } from 'mediasoup';
import { ProtocolError, transportView } from '../../../../src/protocol/index.ts';
import type {
  DtlsParametersView,
  IceParametersView,
  IceServerView,
  TransportView,
} from '../../../../src/protocol/index.ts';
import * as v from 'valibot';
import { askSfu } from './media-errors.ts';
import type { CompleteMediaOptions } from './media-options.ts';
import type { TransportOptions, TransportState } from '../media.ts';
import type { Seat } from './room-router.ts';
import { watchSilence } from './silence-watch.ts';

export type Direction = 'send' | 'receive';

/** One direction of a participant's media. */
export class ParticipantTransport {
  readonly direction: Direction;
  readonly seat: Seat;
  readonly #transport: types.WebRtcTransport;
  readonly #silenceSeconds: number | undefined;
  #connecting = false;

  private constructor(
    direction: Direction,
    seat: Seat,
    transport: types.WebRtcTransport,
    silenceSeconds: number | undefined,
  ) {
    this.direction = direction;
    this.seat = seat;
    this.#transport = transport;
    this.#silenceSeconds = silenceSeconds;
  }

  static async open(
    direction: Direction,
    seat: Seat,
    options: CompleteMediaOptions,
    { silenceSeconds }: TransportOptions,
  ): Promise<ParticipantTransport> {
    const transport = await askSfu(
      seat.router.router.createWebRtcTransport({
        webRtcServer: seat.router.worker.webRtcServer,
        enableUdp: options.listen.udp ?? true,
        enableTcp: options.listen.tcp ?? true,
        preferUdp: true,
        initialAvailableOutgoingBitrate: options.initialOutgoingBitrate,
        ...(silenceSeconds === undefined ? {} : { iceConsentTimeout: 0 }),
      }),
      'unavailable',
    );
    try {
      if (direction === 'send') await askSfu(transport.setMaxIncomingBitrate(options.maxIncomingBitrate));
    } catch (error) {
      transport.close();
      throw error;
    }
    return new ParticipantTransport(direction, seat, transport, silenceSeconds);
  }

  get id(): string {
    return this.#transport.id;
  }

  get closed(): boolean {
    return this.#transport.closed;
  }

  view(iceServers: readonly IceServerView[], announced: readonly string[]): TransportView {
    const { id, iceParameters, iceCandidates, dtlsParameters } = this.#transport;
    return v.parse(transportView, {
      id,
      iceParameters,
      iceCandidates: announce(iceCandidates, announced),
      dtlsParameters,
      iceServers,
    });
  }

  /** Told of the far end: that packets reach it from now on, that it has gone, or that its keys did not fit. */
  handleFarEnd(handle: (state: 'connected' | 'closed' | 'failed') => void): void {
    this.#transport.on('dtlsstatechange', (state) => {
      if (state === 'connected' || state === 'closed' || state === 'failed') handle(state);
    });
  }

  /** Told when the far end is silent, and when it is heard again. */
  handleConsent(handle: (state: Extract<TransportState, 'connected' | 'lost'>) => void): void {
    let lost = false;
    this.#transport.on('icestatechange', (state) => {
      if (lost === (state === 'disconnected')) return;
      lost = state === 'disconnected';
      handle(lost ? 'lost' : 'connected');
    });
    if (this.#silenceSeconds !== undefined) watchSilence(this.#transport, this.#silenceSeconds, handle);
  }

  async connect(dtls: DtlsParametersView): Promise<void> {
    if (this.#connecting) throw new ProtocolError('conflict', 'The transport is connected already');
    this.#connecting = true;
    const { role, fingerprints } = dtls;
    const dtlsParameters = { ...(role === undefined ? {} : { role }), fingerprints };
    try {
      await askSfu(this.#transport.connect({ dtlsParameters }), 'conflict');
    } catch (error) {
      this.#connecting = false;
      throw error;
    }
  }

  async restart(): Promise<IceParametersView> {
    const { usernameFragment, password, iceLite } = await askSfu(this.#transport.restartIce(), 'conflict');
    return { usernameFragment, password, ...(iceLite === undefined ? {} : { iceLite }) };
  }

  produce(options: types.ProducerOptions): Promise<types.Producer> {
    return askSfu(this.#transport.produce(options), 'conflict');
  }

  consume(options: types.ConsumerOptions): Promise<types.Consumer> {
    return askSfu(this.#transport.consume(options));
  }

  close(): void {
    this.#transport.close();
  }
}

/**
 * The SFU knows one address of its socket; the others lead to the same socket, so clients may try them too,
 * in the order given.
 */
function announce(candidates: readonly types.IceCandidate[], announced: readonly string[]): types.IceCandidate[] {
  const others = announced.slice(1).flatMap((address, index) =>
    candidates.map((candidate) => ({
      ...candidate,
      address,
      ip: address,
      foundation: `${candidate.foundation}${index + 1}`,
      // One step of local preference below, RFC 8445 section 5.1.2.1.
      priority: candidate.priority - (index + 1) * 256,
    })),
  );
  return [...candidates, ...others];
}
