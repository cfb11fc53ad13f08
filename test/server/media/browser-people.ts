import { Device } from 'mediasoup-client';
import type { Consumer, Producer, RtpCapabilities, RtpCodecCapability, Transport } from 'mediasoup-client/types';
import type { Source } from '../../../src/protocol/index.ts';

/*
 * Runs in Chromium: participants of one page, each with a device, transports and streams of its own.
 * What they ask the server goes out through `askServer`.
 */

export interface Received {
  readonly bytes: number;
  /** Decoded. */
  readonly frames: number;
  readonly width: number;
}

export interface PublishOptions {
  readonly source: Source;
  readonly codec?: 'video/VP8' | 'video/H264';
  /** Loudness of the tone, 0 to 1. */
  readonly gain?: number;
}

declare global {
  interface Window {
    askServer(who: string, name: string, data: object): Promise<{ data?: unknown; error?: string }>;
    people: People;
  }
}

/** The least that Chromium sends in two layers. */
const WIDTH = 480;
const HEIGHT = 272;
const CELL = 16;
const FRAMES_PER_SECOND = 15;

class Person {
  readonly #name: string;
  readonly #device = new Device({ handlerName: 'Chrome111' });
  readonly #transports = new Map<'send' | 'receive', Transport>();
  readonly #producers = new Map<Source, Producer>();
  readonly #consumers = new Map<string, Consumer>();
  #gain: GainNode | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  async #ask<T>(name: string, data: object): Promise<T> {
    const { data: answer, error } = await window.askServer(this.#name, name, data);
    if (error !== undefined) throw new Error(`${name}: ${error}`);
    return answer as T;
  }

  async open(direction: 'send' | 'receive'): Promise<void> {
    if (!this.#device.loaded) {
      const { rtpCapabilities } = await this.#ask<{ rtpCapabilities: RtpCapabilities }>('getMediaCapabilities', {});
      await this.#device.load({ routerRtpCapabilities: rtpCapabilities });
    }
    this.#transports.get(direction)?.close();
    const { transport: options } = await this.#ask<{ transport: Parameters<Device['createSendTransport']>[0] }>(
      'openTransport',
      { direction },
    );
    const transport =
      direction === 'send' ? this.#device.createSendTransport(options) : this.#device.createRecvTransport(options);
    const { id: transportId } = options;
    transport.on('connect', ({ dtlsParameters }, done, fail) => {
      void settle(this.#ask('connectTransport', { transportId, dtlsParameters }), () => done(), fail);
    });
    transport.on('produce', ({ rtpParameters, appData }, done, fail) => {
      const { source } = appData;
      const publishing = this.#ask<{ streamId: string }>('publish', { transportId, source, rtpParameters });
      void settle(publishing, ({ streamId }) => done({ id: streamId }), fail);
    });
    this.#transports.set(direction, transport);
  }

  #transport(direction: 'send' | 'receive'): Transport {
    const transport = this.#transports.get(direction);
    if (transport === undefined) throw new Error(`${this.#name} has no transport to ${direction}`);
    return transport;
  }

  async publish({ source, codec = 'video/VP8', gain = 0 }: PublishOptions): Promise<string> {
    const appData = { source };
    const encodings = [
      { scaleResolutionDownBy: 2, maxBitrate: 150_000, scalabilityMode: 'L1T1' },
      { scaleResolutionDownBy: 1, maxBitrate: 500_000, scalabilityMode: 'L1T1' },
    ];
    const producer =
      source === 'camera' || source === 'screen'
        ? await this.#transport('send').produce({
            track: createPicture(),
            appData,
            codec: this.#codec(codec),
            codecOptions: { videoGoogleStartBitrate: 1_500 },
            ...(source === 'camera' ? { encodings } : {}),
          })
        : await this.#transport('send').produce({ track: this.#createTone(gain), appData });
    this.#producers.set(source, producer);
    await keepSize(producer);
    return producer.id;
  }

  #codec(name: string): RtpCodecCapability {
    const codec = this.#device.sendRtpCapabilities.codecs?.find(({ mimeType }) => mimeType === name);
    if (codec === undefined) throw new Error(`This browser does not encode ${name}`);
    return codec;
  }

  #createTone(gain: number): MediaStreamTrack {
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 440 });
    this.#gain = new GainNode(context, { gain });
    const destination = context.createMediaStreamDestination();
    tone.connect(this.#gain).connect(destination);
    tone.start();
    const [track] = destination.stream.getAudioTracks();
    if (track === undefined) throw new Error('No tone');
    return track;
  }

  setGain(gain: number): void {
    if (this.#gain) this.#gain.gain.value = gain;
  }

  /** As the kit does: subscribes, makes the receiver, then lets it flow. */
  async subscribe(streamId: string, options: { paused?: boolean; resumeFirst?: boolean } = {}): Promise<string> {
    const transport = this.#transport('receive');
    const { subscriptionId, kind, rtpParameters } = await this.#ask<{
      subscriptionId: string;
      kind: 'audio' | 'video';
      rtpParameters: Consumer['rtpParameters'];
    }>('subscribe', {
      transportId: transport.id,
      streamId,
      rtpCapabilities: this.#device.recvRtpCapabilities,
    });
    const resume = () => this.#ask('setSubscription', { subscriptionId, paused: false });
    if (options.resumeFirst) await resume();
    const consumer = await transport.consume({ id: subscriptionId, producerId: streamId, kind, rtpParameters });
    this.#consumers.set(subscriptionId, consumer);
    if (!options.paused && !options.resumeFirst) await resume();
    // Chromium decodes what nobody shows, too; sound it counts only when someone listens.
    if (kind === 'audio') {
      const element = new Audio();
      element.srcObject = new MediaStream([consumer.track]);
      await element.play();
    }
    return subscriptionId;
  }

  async received(subscriptionId: string): Promise<Received> {
    const consumer = this.#consumers.get(subscriptionId);
    let received: Received = { bytes: 0, frames: 0, width: 0 };
    if (consumer === undefined) return received;
    for (const report of (await consumer.getStats()).values()) {
      if (report.type !== 'inbound-rtp') continue;
      received = {
        bytes: report.bytesReceived ?? 0,
        frames: report.framesDecoded ?? 0,
        width: report.frameWidth ?? 0,
      };
    }
    return received;
  }

  async restart(direction: 'send' | 'receive'): Promise<void> {
    const transport = this.#transport(direction);
    const { iceParameters } = await this.#ask<{
      iceParameters: Parameters<Transport['restartIce']>[0]['iceParameters'];
    }>('restartTransport', { transportId: transport.id });
    await transport.restartIce({ iceParameters });
  }

  close(direction: 'send' | 'receive'): void {
    this.#transport(direction).close();
  }
}

async function settle<T>(asking: Promise<T>, done: (answer: T) => void, fail: (error: Error) => void): Promise<void> {
  try {
    done(await asking);
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Chromium would shrink the picture on a busy machine. */
async function keepSize({ rtpSender }: Producer): Promise<void> {
  const parameters = rtpSender?.getParameters();
  if (parameters) await rtpSender?.setParameters({ ...parameters, degradationPreference: 'maintain-resolution' });
}

/** Everything in it moves, so that every frame costs bytes. */
function createPicture(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext('2d');
  let step = 0;
  const draw = () => {
    step += 1;
    for (let x = 0; x < WIDTH; x += CELL) {
      for (let y = 0; y < HEIGHT; y += CELL) {
        if (context) context.fillStyle = `hsl(${(x * 3 + y * 5 + step * 9) % 360} 80% 50%)`;
        context?.fillRect(x, y, CELL, CELL);
      }
    }
  };
  draw();
  setInterval(draw, 1000 / FRAMES_PER_SECOND);
  const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
  if (track === undefined) throw new Error('No picture');
  return track;
}

class People {
  readonly #people = new Map<string, Person>();

  of(name: string): Person {
    const person = this.#people.get(name) ?? new Person(name);
    this.#people.set(name, person);
    return person;
  }
}

window.people = new People();
