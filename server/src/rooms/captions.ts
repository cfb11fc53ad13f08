import {
  CAPTIONS_INTERVAL_MS,
  LATEST_CAPTIONS,
  type Caption,
  type CaptionDraft,
  type CaptionInput,
} from '../../../src/protocol/index.ts';
import type { Feature, FeatureParts } from './features.ts';

/** After so long without a word a draft is forgotten ([K1]). Milliseconds. */
const DRAFT_LIFE_MS = 10_000;
/** More speak at one time than anybody can read: the oldest draft goes. */
const MAXIMUM_DRAFTS = 20;
/** Segments whose end is remembered, so that no draft comes after it. */
const REMEMBERED_ENDS = 200;

export type Speaker = CaptionDraft['speaker'];

type Parts = Pick<FeatureParts, 'roomId' | 'channel' | 'clock' | 'stores'>;

interface Draft {
  readonly draft: CaptionDraft;
  readonly heardAt: number;
}

/** What is said in the room, as text: drafts are told in batches, finals stored first ([K1]–[K4]). */
export class Captions implements Feature {
  readonly #parts: Parts;
  readonly #drafts = new Map<string, Draft>();
  readonly #ended = new Set<string>();
  #latest: Promise<Caption[]> | null = null;
  #settled: Promise<unknown> = Promise.resolve();
  #cancelTelling: (() => void) | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get settled(): Promise<unknown> {
    return this.#settled;
  }

  /** Takes a piece of speech in; a final resolves once it is stored. */
  async hear(speaker: Speaker, { segmentId, text, final, language }: CaptionInput): Promise<void> {
    const id = `${speaker?.participantId ?? ''}/${segmentId}/${language.toLowerCase()}`;
    if (this.#ended.has(id)) return;
    const now = this.#parts.clock.now();
    const startedAt = this.#drafts.get(id)?.draft.startedAt ?? now;
    const draft: CaptionDraft = { id, language, speaker, text, startedAt };
    if (final) return this.#end(draft, now);
    // The one heard last is the last of the map.
    this.#drafts.delete(id);
    this.#drafts.set(id, { draft, heardAt: now });
    const [oldest] = this.#drafts.keys();
    if (this.#drafts.size > MAXIMUM_DRAFTS && oldest !== undefined) this.#drafts.delete(oldest);
    this.#tellSoon();
  }

  async latest(): Promise<{ captions: readonly Caption[]; drafts: readonly CaptionDraft[] }> {
    return { captions: [...(await this.#loadLatest())], drafts: this.#livingDrafts() };
  }

  load(before: number, limit: number): Promise<readonly Caption[]> {
    return this.#parts.stores.captions.loadCaptions(this.#parts.roomId, before, limit);
  }

  close(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = null;
  }

  async #end(draft: CaptionDraft, endedAt: number): Promise<void> {
    const { stores, roomId, channel } = this.#parts;
    const latest = await this.#loadLatest();
    // The store answers in the order of index, so what follows each answer at once is in that order too.
    const stored = stores.captions.appendCaption(roomId, { ...draft, endedAt });
    this.#settled = stored.catch(() => {});
    const caption = await stored;
    this.#drafts.delete(draft.id);
    this.#rememberEnd(draft.id);
    if (!caption) return;
    latest.push(caption);
    if (latest.length > LATEST_CAPTIONS) latest.shift();
    channel.publish('captionSpoken', { caption });
  }

  #rememberEnd(id: string): void {
    this.#ended.add(id);
    const [oldest] = this.#ended;
    if (this.#ended.size > REMEMBERED_ENDS && oldest !== undefined) this.#ended.delete(oldest);
  }

  #loadLatest(): Promise<Caption[]> {
    this.#latest ??= this.load(Number.MAX_SAFE_INTEGER, LATEST_CAPTIONS).then(
      (captions) => [...captions],
      (error: unknown) => {
        // The next one asks again.
        this.#latest = null;
        throw error;
      },
    );
    return this.#latest;
  }

  #livingDrafts(): CaptionDraft[] {
    const deadBefore = this.#parts.clock.now() - DRAFT_LIFE_MS;
    for (const [id, { heardAt }] of this.#drafts) if (heardAt < deadBefore) this.#drafts.delete(id);
    return [...this.#drafts.values()].map(({ draft }) => draft);
  }

  #tellSoon(): void {
    this.#cancelTelling ??= this.#parts.clock.after(CAPTIONS_INTERVAL_MS, () => {
      this.#cancelTelling = null;
      this.#parts.channel.signal('captionsHeard', { drafts: this.#livingDrafts() });
    });
  }
}
