import assert from 'node:assert/strict';
import { mintToken, type TokenOptions } from '../../../server/src/auth/mint-token.ts';
import type { ParticipantId, RoomId } from '../../../src/protocol/index.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { startTestServer, type TestServer } from '../http/test-server.ts';
import { createFragment, createOffer } from './offers.ts';

const SECRET = 'a secret of more than 32 characters';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
}

export interface Opened {
  readonly url: string;
  readonly etag: string;
  readonly answer: string;
  readonly response: Response;
}

type Headers = Readonly<Record<string, string>>;

/** A server whose SFU is in memory and whose clock stands still, and the requests that WHIP and WHEP clients send. */
export class WhipServer {
  readonly server: TestServer;
  readonly clock: ManualClock;
  #requests = 0;

  private constructor(server: TestServer, clock: ManualClock) {
    this.server = server;
    this.clock = clock;
  }

  static async start(settings: Parameters<typeof startTestServer>[0] = {}): Promise<WhipServer> {
    const clock = new ManualClock();
    return new WhipServer(await startTestServer({ trustedProxies: ['127.0.0.1'], ...settings }, { clock }), clock);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** Transports and streams that the SFU holds. */
  get held() {
    const { transports, streams } = this.server.media.statistics();
    return { transports, streams };
  }

  async token(participantId: string, options: Partial<Omit<TokenOptions, 'roomId'>> & { room?: string } = {}) {
    const { room = 'launch', ...rest } = options;
    const { token } = await mintToken(SECRET, {
      role: 'guest',
      now: this.clock.now(),
      ...rest,
      roomId: room as RoomId,
      participantId: participantId as ParticipantId,
    });
    return token;
  }

  post(token: string | null, body: string = createOffer(), headers: Headers = {}, path = '/whip/launch') {
    return this.send('POST', path, token, { 'content-type': 'application/sdp', ...headers }, body);
  }

  patch(url: string, token: string | null, headers: Headers = {}, body = createFragment()) {
    return this.send('PATCH', url, token, { 'content-type': 'application/trickle-ice-sdpfrag', ...headers }, body);
  }

  delete(url: string, token: string | null, headers: Headers = {}) {
    return this.send('DELETE', url, token, headers);
  }

  /** Begins a session that must come about. */
  async open(token: string, offer?: string, path?: string): Promise<Opened> {
    const response = await this.post(token, offer, {}, path);
    const answer = await response.text();
    assert.equal(response.status, 201, answer);
    return {
      response,
      answer,
      url: response.headers.get('location') ?? '',
      etag: response.headers.get('etag') ?? '',
    };
  }

  async send(method: string, path: string, token: string | null, headers: Headers = {}, body?: string) {
    this.#requests += 1;
    // From an address of its own, so that the limit of one address is met where it is meant.
    const address = `10.0.${this.#requests >> 8}.${this.#requests & 255}`;
    return fetch(new URL(path, this.server.origin), {
      method,
      headers: {
        'x-forwarded-for': address,
        ...headers,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body }),
    });
  }
}

/** Holds a failed answer against RFC 9457, and gives its `status code`. */
export async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  assert.equal(response.headers.get('content-type'), 'application/problem+json', text);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const problem = JSON.parse(text) as Problem;
  assert.deepEqual(Object.keys(problem), ['type', 'title', 'status', 'detail', 'code']);
  assert.equal(problem.status, response.status);
  assert.notEqual(problem.title, '');
  return `${response.status} ${problem.code}`;
}
