import * as v from 'valibot';
import {
  LOBBY_ROLE_NAME,
  ProtocolError,
  roleDefinition,
  type LobbyView,
  type ParticipantId,
  type RequestData,
  type RoleName,
  type RoomId,
  type WaitingParticipant,
  type WelcomeFrame,
} from '../../../src/protocol/index.ts';
import type { TokenClaims } from '../auth/token.ts';
import type { StoredLobby } from '../store/lobby-store.ts';
import { encodeFrame } from './channel.ts';
import { chooseName } from './display-name.ts';
import type { Feature, FeatureParts } from './features.ts';
import { Lane } from './lane.ts';
import { createEntry, type Act } from './moderation-entry.ts';
import type { RoomFacts } from './opening.ts';
import { Pace } from './pace.ts';
import { Participant } from './participant.ts';
import type { JoinOptions } from './room-options.ts';
import { tellPermitted } from './tell-permitted.ts';
import { COMPOSER_ROLE, findRole, isLesser, type Role } from './templates.ts';

type Parts = Pick<
  FeatureParts,
  'roomId' | 'channel' | 'roster' | 'clock' | 'limits' | 'announce' | 'stores' | 'roles'
> & { readonly stored: StoredLobby };

const PAGE = 50;
const TOLD_INTERVAL_MS = 250;

/** What one may while one waits: nothing. */
const LOBBY_ROLE: Role = v.parse(roleDefinition, {
  name: LOBBY_ROLE_NAME,
  publish: [],
  watch: 'none',
  permissions: [],
});

/** Who waits to be let in ([I1]–[I4]). They are in no roster, hear no event and are told of nothing. */
export class Lobby implements Feature {
  readonly #parts: Parts;
  readonly #changes = new Lane();
  readonly #pace: Pace;
  /** By how long they wait. */
  readonly #waiting = new Map<ParticipantId, Participant>();
  readonly #admitted: Set<ParticipantId>;
  #waitBelow: RoleName | null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#admitted = new Set(parts.stored.admitted);
    this.#waitBelow = parts.stored.waitBelow;
    this.#pace = new Pace(parts.clock, TOLD_INTERVAL_MS, () => this.#tell());
  }

  get settled(): Promise<unknown> {
    return this.#changes.idle;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  has(participant: Participant): boolean {
    return this.#waiting.get(participant.id) === participant;
  }

  /** Keeps a newcomer at the door, where they have to wait. Throws `roomLocked` for a client that could not, `roomFull`. */
  receive({ claims, name, link, version }: JoinOptions, role: Role, facts: RoomFacts): Participant | null {
    if (!this.keepsOut(claims, role)) return null;
    if (link.isDeaf === true) throw new ProtocolError('roomLocked', 'One has to be let in, which takes a page.');
    const { clock, limits } = this.#parts;
    const before = this.#waiting.get(claims.participantId);
    if (!before && this.#waiting.size >= limits.participantsPerRoom)
      throw new ProtocolError('roomFull', 'The lobby is full.');
    this.#letGo(before);
    const participant = new Participant({
      id: claims.participantId,
      name: chooseName(claims, name),
      role,
      extraPermissions: claims.permissions,
      joinedAt: before?.joinedAt ?? clock.now(),
      tokenExpiresAt: claims.expiresAt,
      tokenRoomId: claims.roomId,
    });
    participant.link = link;
    // In the place of the one before, who waited as long.
    this.#waiting.set(participant.id, participant);
    link.open([encodeFrame(welcome(this.#parts.roomId, participant, facts, { version, at: clock.now() }))]);
    if (!before) this.#parts.announce('lobby.waiting', { participant: describe(participant) });
    this.#pace.due();
    return participant;
  }

  /** Their link broke: their place in the line is kept for a while. */
  handleLost(participant: Participant): void {
    if (!this.has(participant)) return;
    const { clock, limits } = this.#parts;
    participant.cancelGrace = clock.after(limits.resumeGraceMs, () => this.leave(participant));
  }

  /** The link closes without a word: the client of one who is let in comes back at once, into the room. */
  leave(participant: Participant): void {
    if (!this.has(participant)) return;
    this.#waiting.delete(participant.id);
    participant.cancelGrace?.();
    participant.cancelGrace = null;
    // What was asked on it is answered first.
    this.#parts.channel.afterTurn(() => participant.link?.close());
    this.#pace.due();
  }

  /** `page` names where to begin. */
  view({ after, limit = PAGE }: RequestData<'getLobby'> = {}): LobbyView {
    const waiting: WaitingParticipant[] = [];
    let begun = after === undefined || !this.#waiting.has(after);
    for (const participant of this.#waiting.values()) {
      if (waiting.length === limit) break;
      if (begun) waiting.push(toView(participant));
      else begun = participant.id === after;
    }
    return { waitBelow: this.#waitBelow, waiting, total: this.#waiting.size };
  }

  /** Throws `notFound` where the room has no such role. */
  change(by: Participant | null, waitBelow: RoleName | null): Promise<void> {
    return this.#changes.run(async () => {
      if (waitBelow === this.#waitBelow) return;
      const { roles, stores, roomId } = this.#parts;
      if (waitBelow !== null && !findRole(roles, waitBelow))
        throw new ProtocolError('notFound', 'The room has no such role.');
      await Promise.all([
        stores.lobby.saveLobby(roomId, waitBelow),
        this.#log(by, { action: waitBelow === null ? 'lobbyClosed' : 'lobbyOpened' }),
      ]);
      this.#waitBelow = waitBelow;
      // They come back at once, and wait again where they still have to.
      for (const participant of this.#waiting.values()) {
        if (!this.#isBelow(participant.role)) this.leave(participant);
      }
      this.#pace.due();
    });
  }

  /** Lets one in, or with `null` all who wait now; gives how many. Throws `notFound` where that one does not wait. */
  admit(by: Participant | null, participantId: ParticipantId | null): Promise<number> {
    return this.#changes.run(async () => {
      const { stores, roomId } = this.#parts;
      const admitted = participantId === null ? [...this.#waiting.values()] : [this.#find(participantId)];
      const [first] = admitted;
      if (!first) return 0;
      const act: Act =
        participantId === null ? { action: 'everyoneAdmitted' } : { action: 'participantAdmitted', target: first };
      await Promise.all([...admitted.map(({ id }) => stores.lobby.saveAdmission(roomId, id)), this.#log(by, act)]);
      for (const participant of admitted) {
        this.#admitted.add(participant.id);
        this.leave(participant);
        this.#parts.announce('lobby.admitted', { participant: describe(participant), by: by?.id ?? null });
      }
      this.#pace.due();
      return admitted.length;
    });
  }

  /** Sends one away; `shut` keeps the door closed to the tokens issued so far. Throws `notFound`. */
  turnAway(
    by: Participant | null,
    participantId: ParticipantId,
    reason: string,
    shut: (id: ParticipantId) => Promise<void>,
  ): Promise<void> {
    return this.#changes.run(async () => {
      const participant = this.#find(participantId);
      await Promise.all([
        shut(participantId),
        this.#log(by, { action: 'participantTurnedAway', target: participant, reason }),
      ]);
      participant.link?.end(new ProtocolError('removed', 'You were not let in.'));
      this.leave(participant);
      this.#parts.announce('lobby.turnedAway', { participant: describe(participant), by: by?.id ?? null, reason });
    });
  }

  /** Who is removed from the room waits when they come back; who waits and is banned goes. */
  async forget(participantId: ParticipantId): Promise<void> {
    const waiting = this.#waiting.get(participantId);
    if (waiting) {
      waiting.link?.end(new ProtocolError('removed', 'You were removed from the room.'));
      this.leave(waiting);
    }
    if (!this.#admitted.delete(participantId)) return;
    await this.#parts.stores.lobby.forgetAdmission(this.#parts.roomId, participantId);
  }

  /** They come back and wait on: to another server too. */
  close(): void {
    for (const participant of this.#waiting.values()) this.leave(participant);
    this.#pace.close();
  }

  /** Whether one who has no place in the room has to wait for one. */
  keepsOut({ participantId, permissions, admit, isComposer }: TokenClaims, role: Role): boolean {
    if (admit === true || isComposer || role === COMPOSER_ROLE || this.#admitted.has(participantId)) return false;
    return this.#isBelow(role) && !permissions.includes('participant.remove');
  }

  #isBelow(role: Role): boolean {
    if (this.#waitBelow === null || role.permissions.includes('participant.remove')) return false;
    const bar = findRole(this.#parts.roles, this.#waitBelow);
    return bar === undefined || (bar.name !== role.name && isLesser(bar, role));
  }

  /** The older client of the same participant lets go. */
  #letGo(before: Participant | undefined): void {
    if (!before) return;
    before.cancelGrace?.();
    before.cancelGrace = null;
    before.link?.end(new ProtocolError('joinedElsewhere', 'The same participant joined from elsewhere.'));
  }

  #find(id: ParticipantId): Participant {
    const participant = this.#waiting.get(id);
    if (!participant) throw new ProtocolError('notFound', 'Nobody of that id waits.');
    return participant;
  }

  #log(by: Participant | null, act: Act): Promise<void> {
    const { stores, roomId, clock } = this.#parts;
    return stores.moderation.record(roomId, {}, createEntry(by, act, clock.now()));
  }

  #tell(): void {
    tellPermitted(this.#parts, 'participant.remove', 'lobbyChanged', this.view());
  }
}

/** Of the room they learn the title. */
function welcome(
  roomId: RoomId,
  participant: Participant,
  { title, createdAt }: RoomFacts,
  { version, at }: { readonly version: number; readonly at: number },
): WelcomeFrame {
  const self = { ...participant.toView(), role: LOBBY_ROLE.name };
  return {
    type: 'welcome',
    version,
    sessionKey: participant.sessionKey,
    participantId: participant.id,
    at,
    seq: 0,
    resumed: false,
    snapshot: {
      room: { id: roomId, title, createdAt },
      roles: { [LOBBY_ROLE.name]: LOBBY_ROLE },
      self: { participant: self, permissions: [] },
      participants: [self],
      counts: {},
      roleOffers: [],
      streams: [],
      spotlight: null,
      activeSpeaker: null,
      chat: { total: 0, messages: [] },
      broadcast: null,
    },
    tokenExpiresAt: participant.tokenExpiresAt,
  };
}

function toView({ id, name, role, joinedAt }: Participant): WaitingParticipant {
  return { id, name, role: role.name, waitingSince: joinedAt };
}

function describe({ id, name, role }: Participant) {
  return { id, name, role: role.name };
}
