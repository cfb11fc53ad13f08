import { randomBytes } from 'node:crypto';
import {
  BREAKOUTS_INTERVAL_MS,
  ProtocolError,
  type BreakoutPerson,
  type BreakoutsView,
  type HelpCall,
  type ParticipantId,
  type ReplyData,
  type RequestData,
  type RoomId,
} from '../../../src/protocol/index.ts';
import type { StoredBreakouts, StoredDesk } from '../store/breakout-store.ts';
import { Moves } from './breakouts/moves.ts';
import { Plan } from './breakouts/plan.ts';
import type { RoomDirectory } from './breakouts/room-directory.ts';
import type { Feature, FeatureParts } from './features.ts';
import { chooseName } from './display-name.ts';
import { Lane } from './lane.ts';
import { Pace } from './pace.ts';
import type { Participant } from './participant.ts';
import type { Room } from './room.ts';
import type { JoinOptions } from './room-options.ts';
import { tellPermitted } from './tell-permitted.ts';

/** When the store did not take the end of them. Milliseconds. */
const RETRY_MS = 5_000;
/** Fills whose keys are kept. */
const KNOWN_FILLS = 100;

export type BreakoutParts = Pick<FeatureParts, 'roomId' | 'clock' | 'logger' | 'announce' | 'stores'> & {
  readonly stored: StoredBreakouts;
  /** Those of the room that this one belongs to. */
  readonly home: Breakouts | null;
  readonly rooms: RoomDirectory;
  /** Name of the template that all of them are made from. */
  readonly template: string;
};

interface Joined {
  readonly room: Room;
  readonly participant: Participant;
  readonly resumed: boolean;
}

/** The rooms of a room: who belongs where is stored first, then people are moved ([F1]–[F6]). */
export class Breakouts implements Feature {
  readonly #parts: BreakoutParts;
  readonly #plan: Plan;
  readonly #moves: Moves;
  readonly #changes = new Lane();
  readonly #pace: Pace;
  /** Who belongs elsewhere since this was last told. */
  readonly #peopleDue = new Set<ParticipantId>();
  /** At most one from each room. */
  readonly #calls = new Map<RoomId, HelpCall>();
  #cancelTimer: (() => void) | null = null;

  constructor(parts: BreakoutParts) {
    this.#parts = parts;
    this.#plan = new Plan(parts.stored);
    this.#moves = new Moves({ ...parts, plan: this.#plan });
    this.#pace = new Pace(parts.clock, BREAKOUTS_INTERVAL_MS, () => this.#tell());
    this.#watchTime();
  }

  get settled(): Promise<unknown> {
    return this.#changes.idle;
  }

  /** Those of the room that decides: of the home. */
  get deciding(): Breakouts {
    return this.#parts.home ?? this;
  }

  /** People are in the rooms, and the home is kept in memory for them. */
  get isOpen(): boolean {
    return this.#plan.isOpen;
  }

  /** The rooms, if the request with that key drafted them ([Q2]). */
  findDrafted(key: string): BreakoutsView | null {
    return this.#plan.desk?.key === key ? this.#view() : null;
  }

  /** `null`: the site's own back end, which knows all of it. */
  viewFor(participant: Participant | null): ReplyData<'getBreakouts'> {
    const manages = participant === null || participant.may('breakout.manage');
    return {
      breakouts: this.isOpen || manages ? this.#view() : null,
      people: manages ? this.#plan.people : [],
      calls: manages ? [...this.#calls.values()] : [],
    };
  }

  /** Throws `conflict` while they are open, `notFound` for a role that the home has not. */
  create(key: string, { rooms, assignment, role = null }: RequestData<'createBreakouts'>): Promise<BreakoutsView> {
    return this.#changes.run(async () => {
      if (this.isOpen) throw new ProtocolError('conflict', 'The rooms are open.');
      const home = await this.#home();
      if (role !== null) home.door.assertRole(role);
      const { roomId, stores } = this.#parts;
      // Nobody's token names one, and none was there before.
      const prefix = `${roomId.slice(0, 40)}.${randomBytes(8).toString('base64url')}`;
      const made = rooms.map(({ name, size = null }, index) => {
        return { id: `${prefix}.${index + 1}` as RoomId, name, size };
      });
      await stores.breakouts.clear(roomId);
      this.#plan.clear();
      const desk = { key, rooms: made, assignment, role, isOpen: false, closesAt: null, announcement: null };
      await this.#save(desk, this.#plan.drawLots(desk, eligible(home)));
      return this.#assertView();
    });
  }

  /** Throws `notFound` for a room or a participant that is not there, `conflict` for a full room, `forbidden` beyond reach. */
  assign(participantId: ParticipantId, roomId: RoomId | null, by: Participant | null): Promise<void> {
    return this.#changes.run(async () => {
      const desk = this.#plan.assert();
      const person = this.#plan.person(participantId);
      const participant = this.#moves.find(participantId)?.participant;
      const name = participant?.name ?? person?.name;
      if (name === undefined) throw new ProtocolError('notFound', 'There is no such participant.');
      if (participant) by?.assertReaches(participant);
      if (person?.roomId !== roomId) {
        this.#plan.assertPlace(participantId, roomId);
        await this.#save(desk, [{ participantId, name, roomId }]);
      }
      if (this.isOpen) await this.#moves.bring(await this.#home(), participantId);
    });
  }

  /** How many the request with that key sent, if it sent any ([Q2]). `author`: `null` for the site's back end. */
  findFilled(author: ParticipantId | null, key: string): number | null {
    return this.#plan.desk?.fills?.find((fill) => fill.author === author && fill.key === key)?.sent ?? null;
  }

  /** Sends up to `count` whom chance chooses ([F7]), and tells how many. Throws `notFound` for a room that is not there. */
  fill(key: string | null, { roomId, count }: RequestData<'fillBreakout'>, by: Participant | null): Promise<number> {
    return this.#changes.run(async () => {
      const author = by?.id ?? null;
      const known = key === null ? null : this.findFilled(author, key);
      if (known !== null) return known;
      const desk = this.#plan.assert();
      const home = await this.#home();
      const free = eligible(home).filter((participant) => by?.reaches(participant) ?? true);
      const drawn = this.#plan.draw(roomId, count, free);
      if (drawn.length === 0) return 0;
      const fills = key === null ? desk.fills : [...(desk.fills ?? []), { author, key, sent: drawn.length }];
      await this.#save(fills === undefined ? desk : { ...desk, fills: fills.slice(-KNOWN_FILLS) }, drawn);
      if (this.isOpen) await this.#moves.bringAll(home, drawn);
      return drawn.length;
    });
  }

  /** Throws `forbidden` for those who may not choose, `conflict` while they are not open. */
  async enter(participant: Participant, roomId: RoomId | null): Promise<void> {
    const { assignment } = this.#plan.assert(true);
    if (roomId !== null && assignment !== 'selfChosen' && !participant.may('breakout.manage')) {
      throw new ProtocolError('forbidden', 'A host says who goes where.');
    }
    await this.assign(participant.id, roomId, null);
  }

  open(durationMs: number | null): Promise<void> {
    return this.#changes.run(async () => {
      const desk = this.#plan.assert();
      const home = await this.#home();
      const closesAt = durationMs === null ? null : this.#parts.clock.now() + durationMs;
      if (!desk.isOpen) await Promise.all(desk.rooms.map((room) => this.#createRoom(room)));
      const drawn = desk.isOpen ? [] : this.#plan.drawLots(desk, eligible(home));
      await this.#save({ ...desk, isOpen: true, closesAt }, drawn);
      this.#watchTime();
      if (desk.isOpen) return;
      this.#parts.announce('breakouts.opened', { breakouts: this.#assertView() });
      await this.#moves.bringAll(home);
    });
  }

  /** Brings everybody home in so long, or when the time is over, whichever comes first; a draft is dropped. */
  closeAfter(warningMs: number): Promise<void> {
    return this.#changes.run(async () => {
      const { desk } = this.#plan;
      if (desk === null) return;
      if (!desk.isOpen || warningMs === 0) {
        await this.#end();
        return;
      }
      const closesAt = Math.min(desk.closesAt ?? Infinity, this.#parts.clock.now() + warningMs);
      await this.#save({ ...desk, closesAt }, []);
      this.#watchTime();
    });
  }

  say(text: string, by: Participant | null): Promise<void> {
    return this.#changes.run(async () => {
      const desk = this.#plan.assert(true);
      const announcement = { text, by: by && { id: by.id, name: by.name }, at: this.#parts.clock.now() };
      await this.#save({ ...desk, announcement }, []);
    });
  }

  /** Throws `conflict` in a room that is none of them. A repeat does nothing. */
  callForHelp({ id, name }: Participant, roomId: RoomId): void {
    if (!this.#plan.assert(true).rooms.some((room) => room.id === roomId)) {
      throw new ProtocolError('conflict', 'Help is called to one of the rooms.');
    }
    if (this.#calls.has(roomId)) return;
    this.#calls.set(roomId, { participantId: id, name, roomId, at: this.#parts.clock.now() });
    this.#parts.announce('breakouts.helpCalled', { participant: { id, name }, breakoutId: roomId });
    this.#tellCalls();
  }

  answerCall(roomId: RoomId): void {
    if (this.#calls.delete(roomId)) this.#tellCalls();
  }

  /** Lets the bearer of a token of this room in, here or where they belong ([F3]); `null` where the link broke meanwhile. */
  async admit(home: Room, options: JoinOptions): Promise<Joined | null> {
    if (!this.isOpen || options.claims.isComposer) return joinRoom(home, options);
    return this.#changes.run(async () => {
      const { claims: bearer } = options;
      const isNew = this.#moves.find(bearer.participantId) === null;
      if (isNew && home.features.lobby.keepsOut(bearer, home.door.admit(bearer))) return joinRoom(home, options);
      await this.#sendLatecomer(home, options);
      const { room, claims } = await this.#moves.route(home, options.claims);
      return options.link.isOpen ? joinRoom(room, { ...options, claims }) : null;
    });
  }

  /** With the room that they belong to. */
  endRooms(): Promise<void> {
    return this.#changes.run(async () => {
      const { roomId, rooms, stores } = this.#parts;
      const { desk, roomIds } = this.#plan;
      if (desk === null) return;
      await stores.breakouts.clear(roomId);
      this.#plan.clear();
      if (desk.isOpen) await Promise.allSettled(roomIds.map((id) => rooms.end(id)));
    });
  }

  handleJoined(participant: Participant): void {
    const { home, roomId } = this.#parts;
    if (participant.may('breakout.manage')) home?.answerCall(roomId);
    this.deciding.#countSoon();
  }

  handleLeft(): void {
    this.deciding.#countSoon();
  }

  close(): void {
    this.#cancelTimer?.();
    this.#pace.close();
  }

  #countSoon(): void {
    if (this.isOpen) this.#pace.due();
  }

  #home(): Promise<Room> {
    return this.#parts.rooms.open(this.#parts.roomId);
  }

  #view(): BreakoutsView | null {
    const { roomId, rooms } = this.#parts;
    return this.#plan.view(roomId, (id) => rooms.peek(id)?.roster.size ?? 0);
  }

  #assertView(): BreakoutsView {
    const view = this.#view();
    if (view === null) throw new ProtocolError('conflict', 'There are no rooms.');
    return view;
  }

  /** Stores what is to be, and then it is. */
  async #save(desk: StoredDesk, people: readonly BreakoutPerson[]): Promise<void> {
    await this.#parts.stores.breakouts.save(this.#parts.roomId, desk, people);
    this.#plan.apply(desk, people);
    for (const { participantId } of people) this.#peopleDue.add(participantId);
    this.#pace.due();
  }

  async #createRoom({ id, name }: StoredDesk['rooms'][number]): Promise<void> {
    try {
      await this.#parts.rooms.create({ id, title: name, template: this.#parts.template });
    } catch (error) {
      // It was made before the server went down.
      if (!(error instanceof ProtocolError) || error.code !== 'conflict') throw error;
    }
  }

  /** Who comes late is sent somewhere too, where chance decides. */
  async #sendLatecomer(home: Room, { claims, name }: JoinOptions): Promise<void> {
    const { participantId: id, permissions } = claims;
    const role = home.door.admit(claims);
    if ([...role.permissions, ...permissions].includes('breakout.manage') || home.roster.get(id)) return;
    const desk = this.#plan.assert();
    const drawn = this.#plan.drawLots(desk, [{ id, name: chooseName(claims, name) }]);
    if (drawn.length > 0) await this.#save(desk, drawn);
  }

  #watchTime(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const { clock, logger, roomId } = this.#parts;
    const { desk } = this.#plan;
    if (!desk?.isOpen || desk.closesAt === null) return;
    this.#cancelTimer = clock.after(Math.max(0, desk.closesAt - clock.now()), () => {
      this.#changes
        .run(() => this.#end())
        .catch((error: unknown) => {
          logger.warn({ err: error, roomId }, 'breakouts are not closed yet');
          this.#cancelTimer = clock.after(RETRY_MS, () => this.#watchTime());
        });
    });
  }

  async #end(): Promise<void> {
    const { roomId, stores, rooms, announce } = this.#parts;
    const { isOpen, roomIds } = this.#plan;
    const home = await this.#home();
    const inMemory = isOpen ? roomIds.flatMap((id) => rooms.peek(id) ?? []) : [];
    await stores.breakouts.clear(roomId);
    this.#cancelTimer?.();
    this.#plan.clear();
    this.#peopleDue.clear();
    this.#calls.clear();
    await this.#moves.bringHome(home, inMemory);
    this.#pace.due();
    if (!isOpen) return;
    announce('breakouts.closed', {});
    await Promise.allSettled(roomIds.map((id) => rooms.end(id)));
    rooms.letGo(roomId);
  }

  #tell(): void {
    const breakouts = this.#view();
    const people = [...this.#peopleDue].flatMap((id) => this.#plan.person(id) ?? []);
    this.#peopleDue.clear();
    for (const room of this.#moves.present) {
      if (breakouts === null || breakouts.isOpen) room.channel.signal('breakoutsChanged', { breakouts });
      else tellPermitted(room, 'breakout.manage', 'breakoutsChanged', { breakouts });
      if (people.length > 0) tellPermitted(room, 'breakout.manage', 'breakoutPeopleChanged', { people });
    }
  }

  #tellCalls(): void {
    const calls = [...this.#calls.values()];
    for (const room of this.#moves.present) tellPermitted(room, 'breakout.manage', 'helpCallsChanged', { calls });
  }
}

function joinRoom(room: Room, options: JoinOptions): Joined {
  return { room, ...room.join(options) };
}

/** Those whom chance may send somewhere: not those who manage the rooms. */
function eligible({ roster }: Room): Participant[] {
  return [...roster].filter((participant) => !participant.isHidden && !participant.may('breakout.manage'));
}
