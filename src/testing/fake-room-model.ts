import { BUILT_IN_ROLES, isAnnounced, ProtocolError, REQUEST_PERMISSIONS } from '../protocol/index.ts';
import type {
  BroadcastView,
  ChatMessage,
  ErrorCode,
  EventData,
  EventName,
  featureEvents,
  ListedParticipant,
  MessageId,
  OfferId,
  ParticipantId,
  ParticipantView,
  Permission,
  RequestName,
  RoleDefinition,
  RoomId,
  Source,
  StreamId,
  StreamView,
} from '../protocol/index.ts';
import { ChatLedger } from '../room/chat-ledger.ts';
import { createBroadcastEvents } from '../room/handlers/broadcast.ts';
import { createChatEvents } from '../room/handlers/chat.ts';
import type { EventHandlers } from '../room/handlers/handlers.ts';
import { createParticipantEvents, createParticipantSignals } from '../room/handlers/participants.ts';
import { applySnapshot } from '../room/handlers/snapshot.ts';
import { createStageEvents } from '../room/handlers/stage.ts';
import { fakeBroadcast } from './fake-broadcast.ts';
import { may, reaches } from '../store/selectors.ts';
import type { WritableStore } from '../store/store.ts';
import {
  asRole,
  generatedMessage,
  generatedName,
  type FakeMessageOptions,
  type FakeParticipantOptions,
  type FakeRoomOptions,
} from './fake-room-options.ts';

const epoch = Date.UTC(2026, 0, 15, 18, 0);

/** Events of features are their own fakes' business. */
type RoomEvent = Exclude<EventName, keyof typeof featureEvents>;

function kindOf(source: Source): 'audio' | 'video' {
  return source === 'microphone' || source === 'screenAudio' ? 'audio' : 'video';
}

/** The server's half of a fake room: knows what is true, decides, and writes the store through the event handlers of the kit. */
export class FakeRoomModel {
  readonly store: WritableStore;
  readonly ledger: ChatLedger;
  /** The whole history. */
  readonly messages: ChatMessage[] = [];
  /** Everyone, those among them who are only counted. */
  readonly people = new Map<ParticipantId, ListedParticipant>();
  readonly #events: Pick<EventHandlers, RoomEvent>;
  readonly #signals: ReturnType<typeof createParticipantSignals>;
  /** What the token allows beyond the role. */
  readonly #extraPermissions: readonly Permission[];
  readonly #authors = new Map<string, ChatMessage['author']>();
  readonly #failures = new Map<RequestName, ErrorCode>();
  #now: number;
  #nextId = 1;

  constructor(store: WritableStore, options: FakeRoomOptions) {
    this.store = store;
    this.#now = options.now ?? epoch;
    this.ledger = new ChatLedger(store);
    this.#extraPermissions = options.permissions ?? [];
    this.#signals = createParticipantSignals(store);
    this.#events = {
      ...createParticipantEvents(store),
      ...createStageEvents(store),
      ...createChatEvents(this.ledger),
      ...createBroadcastEvents(store),
      roomEnded() {
        store.connection.state.value = 'ended';
      },
    };
    this.#seed(options);
  }

  get selfId(): ParticipantId {
    const id = this.store.participants.selfId.value;
    if (id === null) throw new Error('the fake room has no self');
    return id;
  }

  emit<N extends RoomEvent>(name: N, data: EventData<N>): void {
    this.#events[name](data);
  }

  /** The next id of a kind, the same in every run: `p1`, `s2`. */
  nextId(prefix: string): string {
    return `${prefix}${this.#nextId++}`;
  }

  /** The room's clock, a second later each time. */
  nextTime(): number {
    this.#now += 1_000;
    return this.#now;
  }

  failNext(request: RequestName, code: ErrorCode): void {
    this.#failures.set(request, code);
  }

  /** Throws what the test or the permission table says. */
  assertAllowed(request: RequestName): void {
    const code = this.#failures.get(request);
    this.#failures.delete(request);
    if (code !== undefined) throw new ProtocolError(code, `${request} fails with ${code}, as told`);
    const permission = REQUEST_PERMISSIONS[request];
    if (permission !== null && !may(this.store, permission))
      throw new ProtocolError('forbidden', `${request} needs ${permission}`);
  }

  /** Throws `forbidden` for a role that may more than oneself ([P8]). */
  assertReaches(role: string): void {
    if (!reaches(this.store, role)) throw new ProtocolError('forbidden', `${role} may more than oneself`);
  }

  roleOf(name: string): RoleDefinition | undefined {
    return this.store.connection.roles.value[name];
  }

  personOf(id: ParticipantId): ParticipantView {
    const person = this.people.get(id);
    if (!person) throw new ProtocolError('notFound', 'no such participant');
    return person;
  }

  join({
    name,
    role = 'guest',
    sources = {},
    lost = false,
    isFriend = false,
    groups = [],
  }: FakeParticipantOptions): ParticipantId {
    const participant: ParticipantView = {
      id: this.nextId('p') as ParticipantId,
      name: name ?? generatedName(this.people.size),
      role: asRole(role),
      joinedAt: this.nextTime(),
      lost,
    };
    this.people.set(participant.id, {
      ...participant,
      ...(isFriend ? { isFriend } : {}),
      ...(groups.length > 0 ? { groups: [...groups] } : {}),
    });
    if (this.#isAnnounced(role)) this.emit('participantJoined', { participant });
    this.count();
    for (const [source, state] of Object.entries(sources) as [Source, 'live' | 'muted'][])
      this.publish(participant.id, source, state === 'muted');
    return participant.id;
  }

  rename(name: string): void {
    const participant = { ...this.personOf(this.selfId), name };
    this.people.set(participant.id, participant);
    this.emit('participantJoined', { participant });
  }

  leave(participantId: ParticipantId, reason: EventData<'participantLeft'>['reason']): void {
    for (const stream of this.streamsOf(participantId)) this.unpublish(stream.id, 'left');
    this.people.delete(participantId);
    this.emit('participantLeft', { participantId, reason });
    this.count();
  }

  changeRole(participantId: ParticipantId, role: string, changedBy: ParticipantId | null): void {
    const before = this.personOf(participantId);
    const participant = { ...before, role: asRole(role) };
    this.people.set(participantId, participant);
    this.emit('roleChanged', { participant, previousRole: before.role, changedBy });
    if (participantId === this.selfId)
      this.#signals.permissionsChanged({ permissions: this.#permissionsIn(this.roleOf(role)) });
    const allowed = this.roleOf(role)?.publish ?? [];
    for (const stream of this.streamsOf(participantId))
      if (!allowed.includes(stream.source)) this.unpublish(stream.id, 'roleChanged');
    if (!this.#isAnnounced(role)) this.emit('participantLeft', { participantId, reason: 'hidden' });
    this.count();
  }

  offer(participantId: ParticipantId, role: string, offeredBy: ParticipantId, backstage = false): OfferId {
    const id = this.nextId('o') as OfferId;
    const offer = {
      id,
      participantId,
      role: asRole(role),
      offeredBy,
      expiresAt: Date.now() + 60_000,
      ...(backstage ? { backstage } : {}),
    };
    this.emit('roleOffered', { offer });
    return id;
  }

  publish(participantId: ParticipantId, source: Source, muted = false): StreamId {
    const id = this.nextId('s') as StreamId;
    const mutedBy = muted ? 'self' : null;
    const stream: StreamView = { id, participantId, source, kind: kindOf(source), muted, mutedBy };
    this.emit('streamPublished', { stream });
    const { receptions } = this.store.stage;
    if (participantId !== this.selfId) receptions.value = new Map(receptions.value).set(id, 'playing');
    return id;
  }

  unpublish(streamId: StreamId, reason: EventData<'streamUnpublished'>['reason']): void {
    const stream = this.store.stage.streams.value.get(streamId);
    if (stream) this.emit('streamUnpublished', { streamId, participantId: stream.participantId, reason });
  }

  streamsOf(participantId: ParticipantId): StreamView[] {
    return [...this.store.stage.streams.value.values()].filter((stream) => stream.participantId === participantId);
  }

  /** A message enters the history and is announced. */
  say(message: ChatMessage): void {
    this.messages.push(message);
    this.emit('chatSent', { message });
  }

  /** Of many messages at once some are told; the history has them all. */
  crowd(count: number, told: number): void {
    const from = this.messages.length;
    for (let number = 1; number <= count; number += 1) {
      const message = this.messageOf({ author: `Fan ${number % 40}`, text: `Goal! ${from + number}` });
      if (number % told === 0) this.say(message);
      else this.messages.push(message);
    }
    const { chat, features } = this.store;
    chat.isModerated.value = true;
    const sampled = features.loaded.value.moderation?.sampled;
    const skipped = count - Math.floor(count / told);
    if (sampled !== undefined) sampled.value = [...sampled.value, { from, to: this.messages.length - 1, skipped }];
  }

  messageOf({ author, role = 'viewer', text, deleted = false, replyTo }: FakeMessageOptions): ChatMessage {
    const index = this.messages.length;
    const replied = replyTo === undefined ? undefined : this.messages[replyTo];
    return {
      id: `m${index}` as MessageId,
      index,
      author: this.#authorOf(author, role),
      text: deleted ? '' : text,
      sentAt: this.nextTime(),
      deleted,
      ...(replied && { replyTo: { id: replied.id, index: replied.index, author: replied.author } }),
    };
  }

  changeBroadcast(change: Partial<BroadcastView>): void {
    this.emit('broadcastChanged', { broadcast: fakeBroadcast({ ...this.store.broadcast.view.value, ...change }) });
  }

  count(): void {
    const counts: Record<string, number> = {};
    for (const { role } of this.people.values()) counts[role] = (counts[role] ?? 0) + 1;
    this.store.participants.counts.value = counts;
  }

  #authorOf(name: string | undefined, role: string): ChatMessage['author'] {
    const self = this.personOf(this.selfId);
    if (name === undefined || name === self.name) return { id: self.id, name: self.name, role: self.role };
    let author = this.#authors.get(name);
    if (!author) {
      const person = [...this.people.values()].find((other) => other.name === name);
      const id = person?.id ?? (`author-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}` as ParticipantId);
      author = { id, name, role: person?.role ?? asRole(role) };
      this.#authors.set(name, author);
    }
    return author;
  }

  #permissionsIn(role: RoleDefinition | undefined): Permission[] {
    return [...new Set([...(role?.permissions ?? []), ...this.#extraPermissions])];
  }

  #isAnnounced(role: string): boolean {
    const definition = this.roleOf(role);
    return definition !== undefined && isAnnounced(definition);
  }

  #seed(options: FakeRoomOptions): void {
    const roles: Readonly<Record<string, RoleDefinition>> = { ...BUILT_IN_ROLES, ...options.roles };
    const role = options.role ?? 'viewer';
    const self: ParticipantView = {
      id: 'self' as ParticipantId,
      name: options.name ?? 'You',
      role: asRole(role),
      joinedAt: this.nextTime(),
      lost: false,
    };
    this.people.set(self.id, self);
    applySnapshot(this.store, this.ledger, {
      room: { id: 'fake' as RoomId, title: options.title ?? 'Product launch', createdAt: this.#now },
      roles: Object.fromEntries(
        Object.entries(roles).map(([name, definition]) => [
          name,
          {
            name: asRole(name),
            publish: [...definition.publish],
            watch: definition.watch,
            permissions: [...definition.permissions],
          },
        ]),
      ),
      self: {
        participant: self,
        permissions: this.#permissionsIn(roles[role]),
      },
      participants: [],
      counts: { [role]: 1 },
      roleOffers: [],
      streams: [],
      spotlight: null,
      activeSpeaker: null,
      chat: { total: 0, messages: [] },
      broadcast: options.broadcast === undefined ? null : fakeBroadcast(options.broadcast),
    });
    const live = { camera: 'live', microphone: 'live' } as const;
    for (let index = 0; index < (options.hosts ?? 1); index++) this.join({ role: 'host', sources: live });
    for (let index = 0; index < (options.guests ?? 0); index++) this.join({ role: 'guest', sources: live });
    for (const participant of options.participants ?? []) this.join(participant);
    this.#seedCrowd('viewer', options.viewers ?? 0);
    this.#seedCrowd('audience', options.audience ?? 0);
    this.count();
    this.#seedChat(options);
    if (options.offer !== undefined) this.offer(self.id, options.offer, this.#firstOther() ?? self.id);
  }

  #firstOther(): ParticipantId | undefined {
    return [...this.people.keys()].find((id) => id !== this.selfId);
  }

  #seedCrowd(role: string, count: number): void {
    for (let index = 0; index < count; index++) {
      const id = this.nextId('p') as ParticipantId;
      const name = generatedName(this.people.size);
      this.people.set(id, { id, name, role: asRole(role), joinedAt: this.#now, lost: false });
    }
  }

  #seedChat({ messages = 0, loadedMessages }: FakeRoomOptions): void {
    const count = typeof messages === 'number' ? messages : messages.length;
    // The last was sent just now, the first as long ago as there are messages.
    this.#now -= count * 1_000;
    for (let index = 0; index < count; index++)
      this.messages.push(
        this.messageOf(typeof messages === 'number' ? generatedMessage(index) : (messages[index] ?? { text: '…' })),
      );
    this.ledger.restart(count, this.messages.slice(Math.max(0, count - (loadedMessages ?? count))));
  }
}
