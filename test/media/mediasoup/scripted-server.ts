import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';
import * as v from 'valibot';
import type { MediaSignaling } from '../../../src/media/media-engine.ts';
import {
  mediaRequests,
  ProtocolError,
  type ErrorCode,
  type ReplyData,
  type RequestData,
  type RequestName,
} from '../../../src/protocol/index.ts';

type MediaRequestName = keyof typeof mediaRequests;

export interface AskedRequest {
  readonly name: RequestName;
  readonly data: Record<string, unknown>;
}

function isMediaRequest(name: string): name is MediaRequestName {
  return Object.hasOwn(mediaRequests, name);
}

/**
 * Stands in for the room server: it answers media requests as the SFU would, keeps them in order, and can hold back, refuse and lose them.
 * Requests and replies go through the wire's own schemas.
 */
export class ScriptedServer implements MediaSignaling {
  readonly asked: AskedRequest[] = [];
  /** The browser's ends of all transports, in the order opened. */
  readonly handlers: FakeHandler[] = [];
  /** Of each `subscribe` answered, in order. */
  readonly subscriptionIds: string[] = [];
  lastStreamId = '';
  readonly #refusals = new Map<RequestName, ProtocolError[]>();
  #held: (() => void)[] | undefined;
  #ids = 0;

  async request<N extends RequestName>(name: N, data: RequestData<N>): Promise<ReplyData<N>> {
    if (!isMediaRequest(name)) throw new ProtocolError('unknownRequest', name);
    const onWire: unknown = JSON.parse(JSON.stringify(data));
    this.asked.push({ name, data: v.parse(v.record(v.string(), v.unknown()), onWire) });
    const parsed = v.safeParse(mediaRequests[name].data, onWire);
    if (!parsed.success) throw new ProtocolError('badRequest', parsed.issues.map(({ message }) => message).join());
    const refusal = this.#refusals.get(name)?.shift();
    const reply = this.#answer(name, this.asked.at(-1)!.data);
    if (this.#held) await new Promise<void>((resolve) => this.#held?.push(resolve));
    else await Promise.resolve();
    if (refusal) throw refusal;
    return v.parse(mediaRequests[name].reply, JSON.parse(JSON.stringify(reply))) as ReplyData<N>;
  }

  /** The next request of this name is refused. */
  refuse(name: RequestName, code: ErrorCode, retryAfterMs?: number): void {
    this.#refusals.set(name, [
      ...(this.#refusals.get(name) ?? []),
      new ProtocolError(code, 'as the script says', retryAfterMs),
    ]);
  }

  /** Answers nothing until the returned function is called. */
  hold(): () => void {
    this.#held = [];
    return () => {
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const answer of held) answer();
    };
  }

  names(): readonly RequestName[] {
    return this.asked.map(({ name }) => name);
  }

  all(name: RequestName): readonly Record<string, unknown>[] {
    return this.asked.filter((asked) => asked.name === name).map(({ data }) => data);
  }

  last(name: RequestName): Record<string, unknown> | undefined {
    return this.all(name).at(-1);
  }

  /** A device of the library that opens no connection. */
  createDevice = (): Device => {
    const factory = FakeHandler.createFactory(testFakeParameters);
    return new Device({
      handlerFactory: {
        ...factory,
        factory: (options: types.HandlerOptions) => {
          const handler = factory.factory(options);
          if (handler instanceof FakeHandler) this.handlers.push(handler);
          return handler;
        },
      },
    });
  };

  #answer(name: MediaRequestName, data: Record<string, unknown>): unknown {
    switch (name) {
      case 'getMediaCapabilities':
        return { rtpCapabilities: testFakeParameters.generateRouterRtpCapabilities() };
      case 'openTransport': {
        const transport = testFakeParameters.generateTransportRemoteParameters();
        return { transport: { ...transport, id: this.#createId('transport'), iceServers: [] } };
      }
      case 'restartTransport':
        return { iceParameters: testFakeParameters.generateTransportRemoteParameters().iceParameters };
      case 'publish':
        this.lastStreamId = this.#createId(`own-${String(data['source'])}`);
        return { streamId: this.lastStreamId };
      case 'subscribe': {
        const kind = String(data['streamId']).includes('microphone') ? 'audio' : 'video';
        const codecMimeType = kind === 'audio' ? 'audio/opus' : 'video/VP8';
        const { rtpParameters } = testFakeParameters.generateConsumerRemoteParameters({ codecMimeType });
        const subscriptionId = this.#createId('subscription');
        this.subscriptionIds.push(subscriptionId);
        return { subscriptionId, kind, rtpParameters };
      }
      default:
        return {};
    }
  }

  #createId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}-${this.#ids}`;
  }
}
