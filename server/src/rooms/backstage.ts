import {
  BACKSTAGE_PLACES,
  ProtocolError,
  type BackstageView,
  type ParticipantId,
  type StreamId,
} from '../../../src/protocol/index.ts';
import type { Feature, FeatureParts } from './features.ts';
import { Lane } from './lane.ts';
import type { Participant } from './participant.ts';

/** Who publishes without being on stage: seen and heard by those alone who call people up ([Z4], [Z5]). */
export class Backstage implements Feature {
  readonly #parts: FeatureParts;
  readonly #changes = new Lane();
  #people: Set<ParticipantId> | null = null;
  #handleHidden: (streamIds: readonly StreamId[]) => void = () => {};
  #handleGone: (participantId: ParticipantId) => void = () => {};

  constructor(parts: FeatureParts) {
    this.#parts = parts;
    parts.stage.watchHidden(() => this.#tell());
  }

  get settled(): Promise<unknown> {
    return this.#changes.idle;
  }

  /** Reads what is stored; before that nobody is known to be here. */
  async open(): Promise<ReadonlySet<ParticipantId>> {
    if (this.#people) return this.#people;
    const stored = await this.#parts.stores.hands.loadBackstage(this.#parts.roomId);
    this.#people ??= new Set(stored);
    return this.#people;
  }

  has(participantId: ParticipantId): boolean {
    return this.#people?.has(participantId) ?? false;
  }

  /** Calls back with streams that some may watch no longer. */
  watchHidden(handle: (streamIds: readonly StreamId[]) => void): void {
    this.#handleHidden = handle;
  }

  /** Calls back with who is backstage no longer. */
  watchGone(handle: (participantId: ParticipantId) => void): void {
    this.#handleGone = handle;
  }

  async viewFor(participant: Participant): Promise<{ isBackstage: boolean; backstage: BackstageView[] }> {
    await this.#changes.idle;
    const people = await this.open();
    return {
      isBackstage: people.has(participant.id),
      backstage: participant.may('hand.manage') ? this.#views() : [],
    };
  }

  /** Throws `conflict` where there is no place for one more ([Z5]). */
  async assertPlaceFor(participantId: ParticipantId): Promise<void> {
    const people = await this.open();
    if (people.has(participantId) || people.size < BACKSTAGE_PLACES) return;
    throw new ProtocolError('conflict', `The backstage has ${BACKSTAGE_PLACES} places.`);
  }

  /** Stores where somebody will be; `enter` says so once all that belongs to it is stored. */
  async keep(participantId: ParticipantId, isBackstage: boolean): Promise<void> {
    const people = await this.open();
    if (people.has(participantId) === isBackstage) return;
    await this.#parts.stores.hands.keepBackstage(this.#parts.roomId, participantId, isBackstage);
  }

  /** The same in one transaction with something else. Throws `conflict` where there is no place. */
  async keepWith(save: () => Promise<void>, participantId: ParticipantId, isBackstage: boolean): Promise<void> {
    if (isBackstage) await this.assertPlaceFor(participantId);
    await Promise.all([save(), this.keep(participantId, isBackstage)]);
  }

  /** What was stored takes effect, once the role's own streams have ended: what is published is shown to all, or to few. */
  enter(participantId: ParticipantId, isBackstage: boolean): void {
    const people = this.#people;
    if (!people || people.has(participantId) === isBackstage) return;
    const { stage, roster, channel } = this.#parts;
    if (isBackstage) people.add(participantId);
    else people.delete(participantId);
    if (!isBackstage) this.#handleGone(participantId);
    const link = roster.get(participantId)?.link;
    if (link) channel.signalTo(link, 'ownBackstageChanged', { isBackstage });
    if (isBackstage) this.#handleHidden(stage.hide(participantId));
    else stage.reveal(participantId);
    this.#tell();
  }

  /** Throws `notFound` for somebody who is neither here nor in the room. */
  bringOnStage(participantId: ParticipantId): Promise<void> {
    return this.#changes.run(async () => {
      const people = await this.open();
      if (!people.has(participantId)) {
        this.#parts.roster.assertPresent(participantId);
        return;
      }
      await this.keep(participantId, false);
      this.enter(participantId, false);
    });
  }

  /** Throws `notFound` for somebody who is not in the room, `conflict` where they publish nothing. */
  bringBackstage(participantId: ParticipantId, broughtBy: Participant): Promise<void> {
    return this.#changes.run(async () => {
      await this.open();
      const assertOnStage = () => {
        const participant = this.#parts.roster.assertPresent(participantId);
        broughtBy.assertReaches(participant);
        if (participant.role.publish.length > 0) return;
        throw new ProtocolError('conflict', 'Their role publishes nothing.');
      };
      assertOnStage();
      await this.assertPlaceFor(participantId);
      await this.keep(participantId, true);
      this.enter(participantId, true);
    });
  }

  handleJoined({ id }: Participant): void {
    void this.open().then(
      (people) => people.has(id) && this.#tell(),
      () => undefined,
    );
  }

  handleLeft({ id }: Participant): void {
    if (this.has(id)) this.#tell();
  }

  handleRoleChanged({ id, role }: Participant): void {
    // Who may no longer look behind the stage stops seeing it.
    this.#handleHidden(this.#parts.stage.hiddenIds);
    if (role.publish.length > 0 || !this.has(id)) return;
    this.#changes
      .run(async () => {
        await this.keep(id, false);
        this.enter(id, false);
      })
      .catch((error: unknown) => {
        this.#parts.logger.warn({ err: error, roomId: this.#parts.roomId }, 'a place backstage was kept');
      });
  }

  #views(): BackstageView[] {
    const { roster, stage } = this.#parts;
    return [...(this.#people ?? [])].map((id) => {
      const participant = roster.get(id);
      return {
        participantId: id,
        name: participant?.name ?? id,
        isAway: participant === undefined || participant.lost,
        streams: stage.hiddenOf(id),
      };
    });
  }

  #tell(): void {
    const { channel, roster } = this.#parts;
    const backstage = this.#views();
    for (const participant of roster) {
      if (participant.link && participant.may('hand.manage')) {
        channel.signalTo(participant.link, 'backstageChanged', { backstage });
      }
    }
  }
}
