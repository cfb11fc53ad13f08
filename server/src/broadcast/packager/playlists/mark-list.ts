import { joinTags, markLine, toTag, type Mark, type MarkTag } from './mark.ts';

interface Entry {
  readonly tag: MarkTag;
  readonly line: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** The marks of one stream. */
export class MarkList {
  readonly #entries = new Map<string, Entry>();
  #text: string | null = null;

  get size(): number {
    return this.#entries.size;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** `false` where the mark is there and says otherwise. */
  add(mark: Mark): boolean {
    const before = this.#entries.get(mark.id);
    const tag = before === undefined ? toTag(mark) : joinTags(before.tag, toTag(mark));
    if (tag === null) return false;
    const endsAt = Math.max(before?.endsAt ?? 0, mark.startedAt + (mark.durationMs ?? 0));
    this.#entries.set(mark.id, { tag, line: markLine(tag), endsAt });
    this.#text = null;
    return true;
  }

  /** What ended before the first segment is of no use to a player. */
  forgetBefore(startsAt: number): void {
    for (const [id, { endsAt }] of this.#entries) {
      if (endsAt >= startsAt) continue;
      this.#entries.delete(id);
      this.#text = null;
    }
  }

  get text(): string {
    return (this.#text ??= [...this.#entries.values()].map(({ line }) => line).join(''));
  }
}
