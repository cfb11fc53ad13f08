import type {
  ChatMessage,
  ClientFrame,
  ErrorCode,
  EventData,
  EventFrame,
  EventName,
  HelloFrame,
  MessageId,
  ParticipantId,
  RequestFrame,
  RoleName,
  RoomId,
  RoomSnapshot,
  ServerFrame,
  SignalData,
  SignalName,
  WireError,
} from '../../src/protocol/index.ts';
import { BUILT_IN_ROLES } from '../../src/protocol/index.ts';
import { FakeNetwork, type SocketPair } from '../../src/testing/index.ts';

interface Place {
  readonly sessionKey: string;
  readonly participantId: ParticipantId;
  pair: SocketPair | null;
}

type Answer = (frame: RequestFrame, participantId: ParticipantId) => unknown;

export const participant = (id: string, role: string = 'viewer') => ({
  id: id as ParticipantId,
  name: id,
  role: role as RoleName,
  joinedAt: 1,
  lost: false,
});

const roles: RoomSnapshot['roles'] = Object.fromEntries(
  Object.values(BUILT_IN_ROLES).map(({ name, publish, watch, permissions }) => [
    name,
    { name: name as RoleName, publish: [...publish], watch, permissions: [...permissions] },
  ]),
);

/** The server's end in memory, as the protocol's rules say; a token is `participant` or `participant:role`. */
export class ScriptedServer {
  readonly network = new FakeNetwork();
  readonly messages: ChatMessage[] = [];
  readonly hellos: HelloFrame[] = [];
  readonly requests: RequestFrame[] = [];
  readonly pings: number[] = [];
  /** Answers of requests by name; what is thrown is the error's code. */
  readonly answers = new Map<string, Answer>();
  readonly refusedTokens = new Map<string, WireError>();
  /** Requests that are never answered, by name. */
  readonly mute = new Set<string>();
  readonly #events: EventFrame[] = [];
  readonly #replies = new Map<string, unknown>();
  readonly #places = new Map<string, Place>();
  readonly #now: () => number;
  /** How many events may be missed before a snapshot takes their place. */
  replayLimit = 2_000;
  tokenExpiresAt: number | null = null;
  /** Messages a snapshot holds. */
  snapshotMessages = 20;
  #nextSession = 1;

  constructor(now: () => number = () => 0) {
    this.#now = now;
    this.network.onLink = (pair) => this.#serve(pair);
  }

  get seq(): number {
    return this.#events.length;
  }

  emit<N extends EventName>(name: N, data: EventData<N>): void {
    const frame: EventFrame = { type: 'event', seq: this.seq + 1, at: this.#now(), name, data };
    this.#events.push(frame);
    for (const place of this.#places.values()) if (place.pair) this.#send(place.pair, frame);
  }

  signal<N extends SignalName>(name: N, data: SignalData<N>): void {
    for (const place of this.#places.values())
      if (place.pair) this.#send(place.pair, { type: 'signal', at: this.#now(), name, data });
  }

  say(author: string, text: string): ChatMessage {
    const message: ChatMessage = {
      id: `m${this.messages.length}` as MessageId,
      index: this.messages.length,
      author: { id: author as ParticipantId, name: author, role: 'viewer' as RoleName },
      text,
      sentAt: this.#now(),
      deleted: false,
    };
    this.messages.push(message);
    this.emit('chatSent', { message });
    return message;
  }

  bye(code: ErrorCode, more: Partial<WireError> = {}): void {
    for (const place of this.#places.values()) {
      if (!place.pair) continue;
      this.#send(place.pair, { type: 'bye', error: { code, message: code, ...more } });
      place.pair.server.close();
      place.pair = null;
    }
  }

  /** The server's memory of who was there is gone; its history and events are not, nor the keys of chat ([Q2]). */
  forgetPlaces(): void {
    for (const place of this.#places.values()) place.pair?.cut();
    this.#places.clear();
  }

  /** Sends a frame of any shape. */
  sendRaw(frame: unknown): void {
    this.network.latest.server.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  snapshot(participantId: ParticipantId, role: string): RoomSnapshot {
    const self = participant(participantId, role);
    return {
      room: { id: 'room' as RoomId, title: 'Room', createdAt: 0 },
      roles,
      self: { participant: self, permissions: [...(roles[role]?.permissions ?? [])] },
      participants: [],
      counts: { [role]: 1 },
      roleOffers: [],
      broadcast: null,
      streams: [],
      spotlight: null,
      activeSpeaker: null,
      chat: { total: this.messages.length, messages: this.messages.slice(-this.snapshotMessages) },
    };
  }

  #send(pair: SocketPair, frame: ServerFrame): void {
    pair.server.send(JSON.stringify(frame));
  }

  #serve(pair: SocketPair): void {
    let place: Place | null = null;
    pair.server.onMessage = (text) => {
      const frame: ClientFrame = JSON.parse(text);
      if (frame.type === 'hello') place ??= this.#welcome(pair, frame);
      else if (frame.type === 'ping') {
        this.pings.push(frame.at);
        this.#send(pair, { type: 'pong', echo: frame.at, at: this.#now() });
      } else if (place) this.#answer(pair, place, frame);
    };
    pair.server.onClose = () => {
      if (place?.pair === pair) place.pair = null;
    };
  }

  #welcome(pair: SocketPair, hello: HelloFrame): Place | null {
    this.hellos.push(hello);
    const refusal = this.refusedTokens.get(hello.token);
    if (refusal) {
      this.#send(pair, { type: 'bye', error: refusal });
      pair.server.close();
      return null;
    }
    const [id = '', role = 'viewer'] = hello.token.split(':');
    const kept = hello.resume && this.#places.get(hello.resume.sessionKey);
    const place: Place = kept ?? {
      sessionKey: `session-${this.#nextSession++}`,
      participantId: id as ParticipantId,
      pair: null,
    };
    // [R5] the older socket of the same participant goes.
    for (const other of this.#places.values()) {
      if (other.participantId !== place.participantId || !other.pair) continue;
      this.#send(other.pair, { type: 'bye', error: { code: 'joinedElsewhere', message: 'elsewhere' } });
      other.pair.server.close();
      other.pair = null;
    }
    this.#places.set(place.sessionKey, place);
    place.pair = pair;
    const seen = hello.resume?.lastSeq ?? 0;
    const replay = kept !== undefined && this.seq - seen <= this.replayLimit;
    this.#send(pair, {
      type: 'welcome',
      version: 1,
      sessionKey: place.sessionKey,
      participantId: place.participantId,
      at: this.#now(),
      seq: replay ? seen : this.seq,
      resumed: kept !== undefined,
      snapshot: replay ? null : this.snapshot(place.participantId, role),
      tokenExpiresAt: this.tokenExpiresAt,
    });
    if (replay) for (const event of this.#events.slice(seen)) this.#send(pair, event);
    return place;
  }

  #answer(pair: SocketPair, place: Place, frame: RequestFrame): void {
    this.requests.push(frame);
    if (this.mute.has(frame.name)) return;
    try {
      const data = this.#repeat(frame) ?? this.#perform(frame, place.participantId);
      this.#replies.set(frame.key, data);
      this.#send(pair, { type: 'reply', id: frame.id, data });
    } catch (code) {
      this.#send(pair, { type: 'reply', id: frame.id, error: { code: code as ErrorCode, message: 'refused' } });
    }
  }

  /** [Q2] the answer of the first time, [C3] without the text of what was deleted since. */
  #repeat({ name, key }: RequestFrame): unknown {
    const data = this.#replies.get(key);
    if (name !== 'sendChat' || data === undefined) return data;
    return { message: this.messages[(data as { message: ChatMessage }).message.index] };
  }

  #perform(frame: RequestFrame, participantId: ParticipantId): unknown {
    const answer = this.answers.get(frame.name);
    if (answer) return answer(frame, participantId);
    if (frame.name === 'sendChat') {
      const { text } = frame.data as { text: string };
      return { message: this.say(participantId, text) };
    }
    if (frame.name === 'loadChat') {
      const { before, limit } = frame.data as { before: number; limit: number };
      return { messages: this.messages.slice(Math.max(0, before - limit), before) };
    }
    return {};
  }
}
