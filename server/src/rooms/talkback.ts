import { ProtocolError, type ParticipantId, type StreamId, type TalkbackVoice } from '../../../src/protocol/index.ts';
import type { Backstage } from './backstage.ts';
import type { Feature, FeatureParts } from './features.ts';
import type { Participant } from './participant.ts';

/** What one who talks back publishes, and for whom. */
interface Talk {
  streamId: StreamId | null;
  hearers: ReadonlySet<ParticipantId>;
}

/** What becomes of the streams. */
export interface TalkbackWatcher {
  /** Some may receive it no longer. */
  restricted(streamId: StreamId): void;
  /** Its talker may not publish it any more. */
  ended(streamId: StreamId): void;
}

const NOBODY: ReadonlySet<ParticipantId> = new Set();

/** Voices for some who are backstage, and for nobody else ([Z6]). Nothing of it is kept: who talks holds a button. */
export class Talkback implements Feature {
  readonly #parts: Pick<FeatureParts, 'channel' | 'roster'>;
  readonly #backstage: Backstage;
  readonly #talks = new Map<ParticipantId, Talk>();
  #watcher: TalkbackWatcher | null = null;

  constructor(parts: FeatureParts, backstage: Backstage) {
    this.#parts = parts;
    this.#backstage = backstage;
    backstage.watchGone((participantId) => this.#forget(participantId));
  }

  watch(watcher: TalkbackWatcher): void {
    this.#watcher = watcher;
  }

  /** Throws `notFound` for who is not backstage, `conflict` for oneself and for who receives nothing by WebRTC. */
  async address(talker: Participant, participantIds: readonly ParticipantId[]): Promise<void> {
    await this.#backstage.open();
    for (const id of participantIds) {
      const participant = this.#backstage.has(id) ? this.#parts.roster.get(id) : undefined;
      if (!participant) throw new ProtocolError('notFound', 'They are not backstage.');
      if (id === talker.id) throw new ProtocolError('conflict', 'One does not talk to oneself.');
      if (participant.role.watch !== 'webrtc') throw new ProtocolError('conflict', 'They would not hear it.');
    }
    // They may have left, or may other things, while the backstage was read.
    if (!this.#parts.roster.has(talker) || !talker.may('hand.manage')) return;
    this.#setHearers(talker.id, new Set(participantIds));
  }

  isOpenFor(talkerId: ParticipantId): boolean {
    return (this.#talks.get(talkerId)?.streamId ?? null) !== null;
  }

  /** Talks, or did since they came. */
  hasTalked(talkerId: ParticipantId): boolean {
    return this.#talks.has(talkerId);
  }

  /** Who may receive a stream; `undefined` where it is no talkback. */
  hearersOf(streamId: StreamId): ReadonlySet<ParticipantId> | undefined {
    for (const talk of this.#talks.values()) if (talk.streamId === streamId) return talk.hearers;
    return undefined;
  }

  add(talkerId: ParticipantId, streamId: StreamId): void {
    const talk = this.#talkOf(talkerId);
    talk.streamId = streamId;
    this.#tell(talk.hearers);
  }

  /** Whether it was a talkback of theirs. */
  remove(talkerId: ParticipantId, streamId: StreamId): boolean {
    const talk = this.#talks.get(talkerId);
    if (talk?.streamId !== streamId) return false;
    talk.streamId = null;
    this.#tell(talk.hearers);
    return true;
  }

  /** The SFU lost it. */
  lose(streamId: StreamId): void {
    for (const talkerId of this.#talks.keys()) this.remove(talkerId, streamId);
  }

  /** All that somebody publishes has ended. */
  end(talkerId: ParticipantId): void {
    const talk = this.#talks.get(talkerId);
    if (!talk) return;
    talk.streamId = null;
    this.#setHearers(talkerId, NOBODY);
    this.#talks.delete(talkerId);
  }

  viewFor({ id }: Participant): { talkback: TalkbackVoice[]; talkingTo: ParticipantId[] } {
    return { talkback: this.#voicesFor(id), talkingTo: [...(this.#talks.get(id)?.hearers ?? NOBODY)] };
  }

  /** Whoever cannot let go of the button is heard no longer. */
  handleLost(participant: Participant): void {
    this.#setHearers(participant.id, NOBODY);
  }

  handleLeft({ id }: Participant): void {
    this.end(id);
    this.#forget(id);
  }

  handleRoleChanged(participant: Participant): void {
    if (participant.may('hand.manage')) return;
    const streamId = this.#talks.get(participant.id)?.streamId;
    this.end(participant.id);
    if (streamId) this.#watcher?.ended(streamId);
  }

  #talkOf(talkerId: ParticipantId): Talk {
    const talk = this.#talks.get(talkerId) ?? { streamId: null, hearers: NOBODY };
    this.#talks.set(talkerId, talk);
    return talk;
  }

  /** Somebody is backstage no longer: nobody talks to them there. */
  #forget(hearerId: ParticipantId): void {
    for (const [talkerId, { hearers }] of this.#talks) {
      if (hearers.has(hearerId)) this.#setHearers(talkerId, new Set([...hearers].filter((id) => id !== hearerId)));
    }
  }

  #setHearers(talkerId: ParticipantId, hearers: ReadonlySet<ParticipantId>): void {
    if (hearers.size === 0 && !this.#talks.has(talkerId)) return;
    const talk = this.#talkOf(talkerId);
    const before = talk.hearers;
    talk.hearers = hearers;
    if (talk.streamId !== null) this.#watcher?.restricted(talk.streamId);
    const link = this.#parts.roster.get(talkerId)?.link;
    if (link) this.#parts.channel.signalTo(link, 'ownTalkbackChanged', { participantIds: [...hearers] });
    this.#tell(new Set([...before, ...hearers]));
  }

  #voicesFor(hearerId: ParticipantId): TalkbackVoice[] {
    return [...this.#talks].flatMap(([participantId, { streamId, hearers }]) => {
      if (streamId === null || !hearers.has(hearerId)) return [];
      return [{ streamId, participantId, name: this.#parts.roster.get(participantId)?.name ?? participantId }];
    });
  }

  #tell(hearers: ReadonlySet<ParticipantId>): void {
    for (const id of hearers) {
      const link = this.#parts.roster.get(id)?.link;
      if (link) this.#parts.channel.signalTo(link, 'talkbackChanged', { talkback: this.#voicesFor(id) });
    }
  }
}
