import { randomUUID } from 'node:crypto';
import {
  ProtocolError,
  type ChatMessage,
  type ChatPin,
  type MessageId,
  type ModerationEntry,
  type ParticipantId,
  type ReplyData,
  type RoleName,
  type Sanction,
} from '../../../src/protocol/index.ts';
import type { TokenClaims } from '../auth/token.ts';
import type { ModerationChange, StoredModeration } from '../store/moderation-store.ts';
import type { Feature, FeatureParts } from './features.ts';
import { Lane } from './lane.ts';
import { createEntry, type Act } from './moderation-entry.ts';
import type { Participant } from './participant.ts';
import { Pins } from './pins.ts';
import { Sanctions } from './sanctions.ts';
import { SlowMode } from './slow-mode.ts';
import { COMPOSER_ROLE, type Role } from './templates.ts';

type Parts = Pick<FeatureParts, 'roomId' | 'channel' | 'roster' | 'clock' | 'logger' | 'announce'> & {
  readonly store: FeatureParts['stores']['moderation'];
  readonly stored: StoredModeration;
};

type ReplyRules = Pick<ReplyData<'getModeration'>, 'locked' | 'slowModeMs' | 'writers' | 'pins'> & {
  sanctions: Sanction[];
};
type Person = NonNullable<ModerationEntry['target']>;

/** How order is kept in a room: every act is stored with its entry of the log, then takes effect ([D1]–[D9]). */
export class Moderation implements Feature {
  readonly #parts: Parts;
  readonly #changes = new Lane();
  readonly #slowMode: SlowMode;
  readonly #sanctions: Sanctions;
  readonly #pins: Pins;
  /** `<participant> <message>` of what was reported since the room is in memory. */
  readonly #reported = new Set<string>();
  #locked: boolean;
  /** Roles that may write; `null`: all. */
  #writers: readonly RoleName[] | null;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { clock, stored } = parts;
    this.#slowMode = new SlowMode(clock, stored.rules.slowModeMs);
    this.#sanctions = new Sanctions(clock, stored.sanctions);
    this.#pins = new Pins(clock, stored.rules.pins, () => this.#handleExpired());
    this.#locked = stored.rules.locked;
    this.#writers = stored.rules.writers;
  }

  get settled(): Promise<unknown> {
    return this.#changes.idle;
  }

  get locked(): boolean {
    return this.#locked;
  }

  get slowModeMs(): number {
    return this.#slowMode.intervalMs;
  }

  get writers(): RoleName[] | null {
    return this.#writers && [...this.#writers];
  }

  /** All of it, for the site's back end. */
  get rules(): ReplyRules {
    return { ...this.#rules, sanctions: this.sanctions };
  }

  get sanctions(): Sanction[] {
    return this.#sanctions.inForce;
  }

  viewFor(
    participant: Participant,
  ): Omit<ReplyData<'getModeration'>, 'hasDirectChat' | 'held' | 'refused' | 'sampled'> {
    const timeOut = this.#timeOutOf(participant);
    return {
      pins: this.#pins.view,
      slowModeMs: this.slowModeMs,
      writers: this.writers,
      locked: this.#locked,
      timedOutUntil: timeOut?.until ?? null,
      timeOutReason: timeOut?.reason ?? '',
      wroteAt: this.#slowMode.wroteAt(participant.id),
    };
  }

  /** Tells them that there is something to ask for ([D1]). */
  handleJoined(participant: Participant): void {
    const { pins, slowModeMs, writers, locked, timedOutUntil } = this.viewFor(participant);
    if (pins.length === 0 && slowModeMs === 0 && writers === null && !locked && timedOutUntil === null) return;
    if (participant.link) this.#parts.channel.signalTo(participant.link, 'chatModerated', {});
  }

  /** Whether one who has no place yet may come in. Throws `removed` ([D5]) or `roomLocked` ([D6]). */
  assertAdmits({ participantId, permissions }: TokenClaims, role: Role): void {
    if (role === COMPOSER_ROLE) return;
    const all = [...role.permissions, ...permissions];
    if (this.#sanctions.find('ban', participantId, all)) {
      throw new ProtocolError('removed', 'You are banned from the room.');
    }
    if (this.#locked && !all.includes('participant.remove')) {
      throw new ProtocolError('roomLocked', 'The room is locked.');
    }
  }

  /** Throws `forbidden` ([D4], [D10]) or `rateLimited` ([D3]); else the message counts. */
  assertMayWrite(participant: Participant): void {
    if (this.#timeOutOf(participant)) throw new ProtocolError('forbidden', 'You may not write for a while.');
    if (participant.may('chat.moderate')) return;
    if (this.#writers && !this.#writers.includes(participant.role.name)) {
      throw new ProtocolError('forbidden', 'The chat is closed for this role.');
    }
    this.#slowMode.take(participant.id);
  }

  pin(by: Participant, { id, index, author, text }: ChatMessage, expiresInMs: number | undefined): Promise<ChatPin> {
    return this.#addPin(by, { message: { id, index, author }, text }, expiresInMs, {
      action: 'pinned',
      target: author,
      messageId: id,
    });
  }

  announce(by: Participant, text: string, expiresInMs: number | undefined): Promise<ChatPin> {
    return this.#addPin(by, { message: null, text }, expiresInMs, { action: 'announced' });
  }

  unpin(by: Participant, pinId: string): Promise<void> {
    return this.#changes.run(async () => {
      const pins = this.#pins.without(pinId);
      await this.#record(by, { rules: { ...this.#rules, pins } }, { action: 'unpinned' });
      this.#showPins(pins);
    });
  }

  setSlowMode(by: Participant | null, intervalMs: number): Promise<void> {
    return this.#changes.run(async () => {
      if (intervalMs === this.slowModeMs) return;
      const act: Act = { action: 'slowModeChanged', durationMs: intervalMs };
      await this.#record(by, { rules: { ...this.#rules, slowModeMs: intervalMs } }, act);
      this.#slowMode.intervalMs = intervalMs;
      this.#tellRules();
    });
  }

  /** Closes the chat for those of other roles; `null` opens it ([D10]). */
  setWriters(by: Participant | null, roles: readonly RoleName[] | null): Promise<void> {
    return this.#changes.run(async () => {
      const writers = roles && [...new Set(roles)].sort();
      if (JSON.stringify(writers) === JSON.stringify(this.#writers)) return;
      await this.#record(by, { rules: { ...this.#rules, writers } }, { action: 'chatWritersChanged' });
      this.#writers = writers;
      this.#tellRules();
    });
  }

  setLocked(by: Participant | null, locked: boolean): Promise<void> {
    return this.#changes.run(async () => {
      if (locked === this.#locked) return;
      await this.#record(by, { rules: { ...this.#rules, locked } }, { action: locked ? 'roomLocked' : 'roomUnlocked' });
      this.#locked = locked;
      this.#parts.channel.publish('roomLocked', { locked, changedBy: by?.id ?? null });
    });
  }

  timeOut(by: Participant | null, participantId: ParticipantId, durationMs: number, reason: string): Promise<void> {
    return this.#changes.run(async () => {
      const until = await this.#sanction('timeOut', by, participantId, durationMs, reason);
      this.#tell(participantId, until, reason);
    });
  }

  /** Closes the door; to remove one who is there is the room's. Without a duration for good. */
  async ban(
    by: Participant | null,
    participantId: ParticipantId,
    durationMs: number | undefined,
    reason: string,
  ): Promise<void> {
    await this.#changes.run(() => this.#sanction('ban', by, participantId, durationMs, reason));
  }

  lift(by: Participant | null, kind: Sanction['kind'], participantId: ParticipantId): Promise<void> {
    return this.#changes.run(async () => {
      const sanction = this.#sanctions.assertFound(kind, participantId);
      if (sanction.reach === null) by?.assertReaches({ permissions: ['room.end'] });
      const action = kind === 'ban' ? 'banLifted' : 'timeOutLifted';
      await this.#record(by, { lifted: { kind, participantId } }, { action, target: sanction.participant });
      this.#sanctions.lift(kind, participantId);
      if (kind === 'timeOut') this.#tell(participantId, null, '');
    });
  }

  /** Logged and told to those who moderate; a repeat does nothing ([D8]). */
  report(by: Participant, { id, index, author }: ChatMessage, reason: string): Promise<void> {
    return this.#changes.run(async () => {
      const key = `${by.id} ${id}`;
      if (this.#reported.has(key)) return;
      await this.#record(by, {}, { action: 'messageReported', target: author, messageId: id, reason });
      this.#reported.add(key);
      const { channel, roster, announce } = this.#parts;
      const report = { messageId: id, index, reportedBy: personOf(by), reason };
      for (const { link, role, extraPermissions } of roster) {
        const moderates = role.permissions.includes('chat.moderate') || extraPermissions.includes('chat.moderate');
        if (link && moderates) channel.signalTo(link, 'chatReported', report);
      }
      announce('chat.reported', { messageId: id, author, reportedBy: report.reportedBy, reason });
    });
  }

  /** What another part of the room did: only the log is written. */
  log(by: Participant | null, act: Act): Promise<void> {
    return this.#changes.run(() => this.#record(by, {}, act));
  }

  /** A deleted message stands nowhere any more ([C3]). */
  forgetMessage(messageId: MessageId): Promise<void> {
    return this.#changes.run(async () => {
      const pins = this.#pins.withoutMessage(messageId);
      if (pins === null) return;
      await this.#parts.store.saveRules(this.#parts.roomId, { ...this.#rules, pins });
      this.#showPins(pins);
    });
  }

  listLog(before: number | undefined, limit: number): Promise<readonly ModerationEntry[]> {
    return this.#parts.store.listLog(this.#parts.roomId, before ?? Number.MAX_SAFE_INTEGER, limit);
  }

  close(): void {
    this.#pins.close();
  }

  get #rules() {
    return { slowModeMs: this.slowModeMs, writers: this.writers, locked: this.#locked, pins: this.#pins.view };
  }

  #timeOutOf({ id, permissions }: Participant): Sanction | undefined {
    return this.#sanctions.find('timeOut', id, permissions);
  }

  #addPin(
    by: Participant,
    content: Pick<ChatPin, 'message' | 'text'>,
    expiresInMs: number | undefined,
    act: Act,
  ): Promise<ChatPin> {
    return this.#changes.run(async () => {
      const pinnedAt = this.#parts.clock.now();
      const expiresAt = expiresInMs === undefined ? null : pinnedAt + expiresInMs;
      const pin = { id: randomUUID(), ...content, pinnedBy: personOf(by), pinnedAt, expiresAt };
      const pins = this.#pins.with(pin);
      await this.#record(by, { rules: { ...this.#rules, pins } }, { ...act, durationMs: expiresInMs ?? null });
      this.#showPins(pins);
      return pin;
    });
  }

  #showPins(pins: readonly ChatPin[]): void {
    this.#pins.set(pins);
    this.#tellPins();
  }

  #tellRules(): void {
    this.#parts.channel.publish('chatRulesChanged', { slowModeMs: this.slowModeMs, writers: this.writers });
  }

  #tellPins(): void {
    const { channel, clock } = this.#parts;
    channel.publish('pinsChanged', { pins: this.#pins.view, at: clock.now() });
  }

  #handleExpired(): void {
    const { store, roomId, logger } = this.#parts;
    this.#tellPins();
    this.#changes
      .run(() => store.saveRules(roomId, this.#rules))
      .catch((error: unknown) => logger.warn({ err: error, roomId }, 'expired pins not stored'));
  }

  async #sanction(
    kind: Sanction['kind'],
    by: Participant | null,
    participantId: ParticipantId,
    durationMs: number | undefined,
    reason: string,
  ): Promise<number | null> {
    const present = this.#parts.roster.get(participantId);
    if (present?.isHidden || participantId === by?.id) throw new ProtocolError('badRequest', 'Not that participant.');
    if (present) by?.assertReaches(present);
    const until = durationMs === undefined ? null : this.#parts.clock.now() + durationMs;
    const participant: Person = { id: participantId, name: present?.name ?? participantId };
    const givenBy = by && personOf(by);
    const sanction = { kind, participant, until, reason, givenBy, reach: by && by.permissions };
    const action = kind === 'ban' ? 'banned' : 'timedOut';
    await this.#record(by, { sanction }, { action, target: participant, durationMs: durationMs ?? null, reason });
    this.#sanctions.add(sanction);
    return until;
  }

  #tell(participantId: ParticipantId, until: number | null, reason: string): void {
    const { channel, roster } = this.#parts;
    const link = roster.get(participantId)?.link;
    if (link) channel.signalTo(link, 'timedOut', { until, reason });
  }

  #record(by: Participant | null, change: ModerationChange, act: Act): Promise<void> {
    const { store, roomId, clock } = this.#parts;
    return store.record(roomId, change, createEntry(by, act, clock.now()));
  }
}

const personOf = ({ id, name }: Participant): Person => ({ id, name });
