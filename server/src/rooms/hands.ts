import { HANDS_INTERVAL_MS, type HandView, type OwnHand, type ParticipantId } from '../../../src/protocol/index.ts';
import type { StoredHand } from '../store/hand-store.ts';
import type { Feature, FeatureParts } from './features.ts';
import { Lane } from './lane.ts';
import { Pace } from './pace.ts';
import type { Participant } from './participant.ts';

/** The queue of those who want to speak, in the order of their hands ([Z1]–[Z3]). */
export class Hands implements Feature {
  readonly #parts: FeatureParts;
  readonly #changes = new Lane();
  readonly #pace: Pace;
  /** What each was last told of their place. */
  readonly #toldPlaces = new Map<ParticipantId, number>();
  readonly #raisedDue = new Set<ParticipantId>();
  readonly #loweredDue = new Set<ParticipantId>();
  #hands: Map<ParticipantId, StoredHand> | null = null;

  constructor(parts: FeatureParts) {
    this.#parts = parts;
    this.#pace = new Pace(parts.clock, HANDS_INTERVAL_MS, () => this.#tell());
  }

  get settled(): Promise<unknown> {
    return this.#changes.idle;
  }

  /** How many are raised, one's own, and the queue for those who may see it. */
  async viewFor(participant: Participant): Promise<{ count: number; own: OwnHand | null; queue: HandView[] }> {
    await this.#changes.idle;
    const hands = await this.#open();
    const place = [...hands.keys()].indexOf(participant.id) + 1;
    const hand = hands.get(participant.id);
    return {
      count: hands.size,
      own: hand ? toOwn(hand, place) : null,
      queue: participant.may('hand.manage') ? [...hands.values()].map((each) => this.#toView(each)) : [],
    };
  }

  /** Whether this participant's request with that key was carried out before, whatever became of the hand ([Q2]). */
  hasRaised({ id }: Participant, key: string): Promise<boolean> {
    return this.#parts.stores.hands.hasRaisedHand(this.#parts.roomId, id, key);
  }

  raise({ id, name }: Participant, key: string, note: string): Promise<void> {
    return this.#changes.run(async () => {
      const { roomId, stores, clock, roster } = this.#parts;
      const hands = await this.#open();
      const before = hands.get(id);
      const hand = { participantId: id, name, note, raisedAt: before?.raisedAt ?? clock.now() };
      await stores.hands.raiseHand(roomId, hand, key);
      if (before?.note === note) return;
      hands.set(id, hand);
      this.#loweredDue.delete(id);
      this.#raisedDue.add(id);
      if (before) this.#toldPlaces.delete(id);
      this.#pace.due();
      // Who left while it was stored lowers it after all.
      const participant = roster.get(id);
      if (!participant || participant.role.publish.length > 0) void this.lower(id);
    });
  }

  /** `null`: all of them. */
  lower(participantId: ParticipantId | null): Promise<void> {
    return this.#changes.run(async () => {
      const hands = await this.#open();
      const lowered = participantId === null ? [...hands.keys()] : [participantId].filter((id) => hands.has(id));
      if (lowered.length === 0) return;
      await this.#parts.stores.hands.lowerHand(this.#parts.roomId, participantId);
      for (const id of lowered) {
        hands.delete(id);
        this.#raisedDue.delete(id);
        this.#loweredDue.add(id);
      }
      this.#pace.due();
    });
  }

  handleJoined({ id }: Participant): void {
    if (this.#hands?.has(id)) this.#changeAway(id);
  }

  handleLeft({ id }: Participant): void {
    this.#lowerSilently(id);
  }

  /** Who is called up has been heard. */
  handleRoleChanged({ id, role }: Participant): void {
    if (role.publish.length > 0) this.#lowerSilently(id);
  }

  close(): void {
    this.#pace.close();
  }

  #lowerSilently(id: ParticipantId): void {
    const { logger, roomId } = this.#parts;
    this.lower(id).catch((error: unknown) => logger.warn({ err: error, roomId }, 'a hand was not lowered'));
  }

  #changeAway(id: ParticipantId): void {
    this.#raisedDue.add(id);
    this.#pace.due();
  }

  async #open(): Promise<Map<ParticipantId, StoredHand>> {
    if (this.#hands) return this.#hands;
    const stored = await this.#parts.stores.hands.loadHands(this.#parts.roomId);
    this.#hands ??= new Map(stored.map((hand) => [hand.participantId, hand]));
    return this.#hands;
  }

  #toView({ participantId, name, note, raisedAt }: StoredHand): HandView {
    return { participantId, name, note, raisedAt, isAway: this.#parts.roster.get(participantId) === undefined };
  }

  /** One walk along the queue and one through the room, however much has changed. */
  #tell(): void {
    const { channel, roster } = this.#parts;
    const hands = this.#hands;
    if (!hands) return;
    channel.signal('handsCounted', { count: hands.size });
    let place = 0;
    for (const hand of hands.values()) {
      place += 1;
      if (this.#toldPlaces.get(hand.participantId) === place) continue;
      this.#toldPlaces.set(hand.participantId, place);
      const link = roster.get(hand.participantId)?.link;
      if (link) channel.signalTo(link, 'ownHandChanged', { own: toOwn(hand, place) });
    }
    for (const id of this.#loweredDue) {
      this.#toldPlaces.delete(id);
      const link = roster.get(id)?.link;
      if (link) channel.signalTo(link, 'ownHandChanged', { own: null });
    }
    const changed = [...this.#raisedDue].flatMap((id) => hands.get(id) ?? []);
    const change = { raised: changed.map((hand) => this.#toView(hand)), lowered: [...this.#loweredDue] };
    this.#raisedDue.clear();
    this.#loweredDue.clear();
    for (const participant of roster) {
      if (participant.link && participant.may('hand.manage')) {
        channel.signalTo(participant.link, 'handQueueChanged', change);
      }
    }
  }
}

function toOwn({ note, raisedAt }: StoredHand, place: number): OwnHand {
  return { note, raisedAt, place };
}
