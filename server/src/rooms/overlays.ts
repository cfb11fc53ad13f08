import { randomUUID } from 'node:crypto';
import {
  MAXIMUM_CUES,
  OVERLAY_LAYER_OF,
  ProtocolError,
  type CueId,
  type LiveOverlay,
  type MessageId,
  type OverlayContent,
  type OverlayCue,
  type OverlayId,
  type OverlayLayer,
  type OverlayState,
  type RunOfShow,
} from '../../../src/protocol/index.ts';
import type { StoredShow } from '../store/overlay-store.ts';
import type { Feature, FeatureParts } from './features.ts';
import { Lane } from './lane.ts';
import type { Participant } from './participant.ts';

/** Changes whose keys are kept ([O2]). */
const REMEMBERED_CHANGES = 100;

const EMPTY_SHOW: StoredShow = { revision: 0, cues: [], current: null, live: [], changes: [] };

/** Who wants a change, and under which key; `by` is `null` for the site's back end. */
export interface Change {
  readonly by: string | null;
  /** Without one the change is made each time. */
  readonly key: string | undefined;
}

type Parts = Pick<FeatureParts, 'roomId' | 'channel' | 'roster' | 'clock' | 'logger' | 'announce' | 'stores'>;

/** What lies over the picture, and what shall: stored first, then told ([O1]–[O6]). */
export class Overlays implements Feature {
  readonly #parts: Parts;
  readonly #lane = new Lane();
  readonly #watchers = new Set<() => void>();
  #show: StoredShow | null = null;
  #cancelClearing: (() => void) | null = null;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Something lies over the picture, as far as anybody has asked. */
  get isLive(): boolean {
    return (this.#show?.live.length ?? 0) > 0;
  }

  /** Calls `handle` after each change of what is live, until the returned function is called. */
  watch(handle: () => void): () => void {
    this.#watchers.add(handle);
    return () => this.#watchers.delete(handle);
  }

  get settled(): Promise<unknown> {
    return this.#lane.idle;
  }

  async stateFor(participant: Participant): Promise<OverlayState> {
    const show = await this.#load();
    const runOfShow = participant.may('overlay.control') ? toRunOfShow(show) : null;
    return { revision: show.revision, live: [...show.live], runOfShow };
  }

  /** The same for the site's back end. */
  async state(): Promise<OverlayState & { readonly runOfShow: RunOfShow }> {
    const show = await this.#load();
    return { revision: show.revision, live: [...show.live], runOfShow: toRunOfShow(show) };
  }

  /** Whether that change was made, by this process or one before it. */
  async knows(change: Change): Promise<boolean> {
    const name = nameOf(change);
    return name !== null && (await this.#load()).changes.includes(name);
  }

  /** Throws `notFound` where there is no cue `before`, `conflict` where there are too many. */
  saveCue(change: Change, cue: OverlayCue, before?: CueId | null): Promise<void> {
    return this.#change(change, (show) => {
      const place = show.cues.findIndex(({ id }) => id === cue.id);
      if (place >= 0 && before === undefined) return { ...show, cues: show.cues.with(place, cue) };
      if (place < 0 && show.cues.length >= MAXIMUM_CUES) {
        throw new ProtocolError('conflict', `A run of show has ${MAXIMUM_CUES} cues at most.`);
      }
      return { ...show, cues: insert(show.cues, cue, before ?? null) };
    });
  }

  /** Throws `notFound`. */
  moveCue(change: Change, cueId: CueId, before: CueId | null): Promise<void> {
    return this.#change(change, (show) => ({ ...show, cues: insert(show.cues, assertCue(show, cueId), before) }));
  }

  /** Throws `notFound`. */
  removeCue(change: Change, cueId: CueId): Promise<void> {
    return this.#change(change, (show) => withoutCues(show, [assertCue(show, cueId)]));
  }

  /** Throws `notFound`. */
  takeCue(change: Change, cueId: CueId): Promise<void> {
    return this.#change(change, (show) => this.#take(show, assertCue(show, cueId)));
  }

  /** Takes the cue after the one taken last. Throws `notFound` after the last. */
  takeNext(change: Change): Promise<void> {
    return this.#change(change, (show) => {
      const cue = show.cues[show.cues.findIndex(({ id }) => id === show.current) + 1];
      if (!cue) throw new ProtocolError('notFound', 'There is no next cue.');
      return this.#take(show, cue);
    });
  }

  take(change: Change, content: OverlayContent, staysMs: number | null): Promise<void> {
    return this.#change(change, (show) => withLive(show, this.#toLive(content, staysMs, null)));
  }

  clear(change: Change, layer: OverlayLayer | null): Promise<void> {
    return this.#change(change, (show) => ({
      ...show,
      live: layer === null ? [] : show.live.filter((overlay) => overlay.layer !== layer),
    }));
  }

  /** A message of the chat was deleted: what quotes it goes ([O6]). */
  async dropMessage(messageId: MessageId): Promise<void> {
    const quotes = ({ content }: { readonly content: OverlayContent }) =>
      content.kind === 'message' && content.messageId === messageId;
    const { live, cues } = await this.#load();
    if (!live.some(quotes) && !cues.some(quotes)) return;
    await this.#change({ by: null, key: undefined }, (show) => ({
      ...withoutCues(show, show.cues.filter(quotes)),
      live: show.live.filter((overlay) => !quotes(overlay)),
    }));
  }

  /** Who was made a producer learns of the run of show. */
  handleRoleChanged(participant: Participant): void {
    if (participant.may('overlay.control') && this.#show) this.#tellRunOfShow(this.#show, [participant]);
  }

  close(): void {
    this.#closed = true;
    this.#cancelClearing?.();
    this.#cancelClearing = null;
  }

  async #load(): Promise<StoredShow> {
    if (this.#show) return this.#show;
    return this.#lane.run(() => this.#loadFirst());
  }

  async #loadFirst(): Promise<StoredShow> {
    if (this.#show) return this.#show;
    const { stores, roomId, clock } = this.#parts;
    const stored = (await stores.overlays.loadShow(roomId)) ?? EMPTY_SHOW;
    // What should have gone while nobody was here is gone.
    const live = stored.live.filter(({ clearsAt }) => clearsAt === null || clearsAt > clock.now());
    const show = { ...stored, live };
    this.#show = show;
    for (const handle of this.#watchers) handle();
    this.#watchTime(show);
    return show;
  }

  /** One change after another; what is stored is told at once, so all is told in the order of `revision`. */
  #change(change: Change, edit: (show: StoredShow) => StoredShow): Promise<void> {
    const { stores, roomId } = this.#parts;
    return this.#lane.run(async () => {
      const before = await this.#loadFirst();
      const name = nameOf(change);
      if (name !== null && before.changes.includes(name)) return;
      const edited = edit(before);
      const changes = name === null ? edited.changes : [...edited.changes, name].slice(-REMEMBERED_CHANGES);
      const after = { ...edited, changes, revision: before.revision + 1 };
      await stores.overlays.saveShow(roomId, after);
      this.#show = after;
      this.#tell(before, after);
      this.#watchTime(after);
    });
  }

  #tell(before: StoredShow, after: StoredShow): void {
    const { channel, announce, roster, clock } = this.#parts;
    const { revision } = after;
    const gone = before.live.filter(({ layer }) => !after.live.some((overlay) => overlay.layer === layer));
    if (gone.length > 0) {
      const overlayIds = gone.map(({ id }) => id);
      channel.publish('overlaysCleared', { revision, overlayIds, clearedAt: clock.now() });
      announce('overlay.cleared', { overlayIds });
    }
    for (const overlay of after.live) {
      if (before.live.includes(overlay)) continue;
      channel.publish('overlayTaken', { revision, overlay });
      announce('overlay.taken', { overlay });
    }
    for (const handle of this.#watchers) handle();
    if (before.cues !== after.cues || before.current !== after.current) this.#tellRunOfShow(after, roster);
  }

  #tellRunOfShow(show: StoredShow, participants: Iterable<Participant>): void {
    const told = { revision: show.revision, runOfShow: toRunOfShow(show) };
    for (const participant of participants) {
      if (!participant.link || !participant.may('overlay.control')) continue;
      this.#parts.channel.signalTo(participant.link, 'runOfShowChanged', told);
    }
  }

  /** Wakes when the next overlay goes by itself ([O4]). */
  #watchTime({ live }: StoredShow): void {
    const { clock, logger, roomId } = this.#parts;
    this.#cancelClearing?.();
    this.#cancelClearing = null;
    const times = live.flatMap(({ clearsAt }) => clearsAt ?? []);
    if (times.length === 0 || this.#closed) return;
    this.#cancelClearing = clock.after(Math.max(0, Math.min(...times) - clock.now()), () => {
      this.#clearExpired().catch((error: unknown) => logger.warn({ err: error, roomId }, 'an overlay stays on screen'));
    });
  }

  async #clearExpired(): Promise<void> {
    const now = this.#parts.clock.now();
    await this.#change({ by: null, key: undefined }, (show) => ({
      ...show,
      live: show.live.filter(({ clearsAt }) => clearsAt === null || clearsAt > now),
    }));
  }

  #take(show: StoredShow, { id, content, staysMs }: OverlayCue): StoredShow {
    return { ...withLive(show, this.#toLive(content, staysMs, id)), current: id };
  }

  #toLive(content: OverlayContent, staysMs: number | null, cueId: CueId | null): LiveOverlay {
    const takenAt = this.#parts.clock.now();
    return {
      id: randomUUID() as OverlayId,
      cueId,
      layer: OVERLAY_LAYER_OF[content.kind],
      content: 'afterMs' in content ? startCountdown(content, takenAt) : content,
      takenAt,
      clearsAt: staysMs === null ? null : takenAt + staysMs,
    };
  }
}

function startCountdown<T extends { readonly at: number | null; readonly afterMs: number | null }>(
  content: T,
  takenAt: number,
): T {
  const { at, afterMs } = content;
  return at === null && afterMs !== null ? { ...content, at: takenAt + afterMs } : content;
}

const nameOf = ({ by, key }: Change): string | null => (key === undefined ? null : `${by ?? ''} ${key}`);

const toRunOfShow = ({ cues, current }: StoredShow): RunOfShow => ({ cues: [...cues], current });

const withLive = (show: StoredShow, overlay: LiveOverlay): StoredShow => ({
  ...show,
  live: [...show.live.filter(({ layer }) => layer !== overlay.layer), overlay],
});

/** Whatever is taken next follows the last one taken that is still there. */
function withoutCues(show: StoredShow, gone: readonly OverlayCue[]): StoredShow {
  const cues = show.cues.filter((cue) => !gone.includes(cue));
  if (gone.length === 0) return show;
  if (cues.some(({ id }) => id === show.current)) return { ...show, cues };
  const place = show.cues.findIndex(({ id }) => id === show.current);
  const current = show.cues.slice(0, Math.max(0, place)).findLast((cue) => !gone.includes(cue))?.id ?? null;
  return { ...show, cues, current };
}

function assertCue({ cues }: StoredShow, cueId: CueId): OverlayCue {
  const cue = cues.find(({ id }) => id === cueId);
  if (!cue) throw new ProtocolError('notFound', 'There is no such cue.');
  return cue;
}

function insert(cues: readonly OverlayCue[], cue: OverlayCue, before: CueId | null): readonly OverlayCue[] {
  if (before === cue.id) return cues.map((each) => (each.id === cue.id ? cue : each));
  const others = cues.filter(({ id }) => id !== cue.id);
  if (before === null) return [...others, cue];
  const place = others.findIndex(({ id }) => id === before);
  if (place < 0) throw new ProtocolError('notFound', 'There is no such cue to stand before.');
  return others.toSpliced(place, 0, cue);
}
