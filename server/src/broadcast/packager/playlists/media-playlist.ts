import type { CuttingLimits } from '../packager-options.ts';
import type { Part, RenditionName, Segment } from '../segment.ts';
import type { Mark } from './mark.ts';
import { MarkList } from './mark-list.ts';
import { attributes, decimal, duration as seconds, isoTime, quoted } from './playlist-text.ts';

/** A delta update needs this much of the playlist to stay (RFC 8216bis, 4.4.3.8), in target durations. */
const SKIP_BOUNDARY = 6;
/** Parts are listed this near to the end (4.4.4.9), in target durations. */
const PARTS_LISTED = 3;
const HOLD_BACK = 3;
const PLAYLIST_VERSION = 9;

/** `live` forgets what is older than its window, `event` nothing. */
export type PlaylistKind = { readonly type: 'live'; readonly window: number } | { readonly type: 'event' };

interface MediaPlaylistOptions {
  readonly track: RenditionName;
  readonly kind: PlaylistKind;
  readonly limits: CuttingLimits;
  /** EXT-X-MEDIA-SEQUENCE of the first segment. */
  readonly firstSequence: number;
}

interface Entry {
  readonly segment: Segment;
  readonly sequence: number;
  readonly isDiscontinuous: boolean;
}

export interface RenderContext {
  /** A delta update is asked for. */
  readonly skip: boolean;
  /** The part that comes next, if one is expected. */
  readonly nextPart: string | null;
  /** The other renditions, as this playlist names them. */
  readonly others: readonly { readonly uri: string; readonly position: Position | null }[];
}

/** The newest part, by the sequence number of its segment and its index there. */
export interface Position {
  readonly sequence: number;
  readonly part: number;
}

/** One media playlist of a stream that grows. URIs are written as seen from a folder below the room's address. */
export class MediaPlaylist {
  readonly #options: MediaPlaylistOptions;
  readonly #entries: Entry[] = [];
  readonly #gaps = new Set<string>();
  readonly #marks = new MarkList();
  #nextSequence: number;
  #discontinuitySequence = 0;
  /** Segments so old that a delta update leaves them out, of an event as text: there may be thousands. */
  #old = { text: '', count: 0 };
  #lastSection: Segment['section'] | null = null;
  #hasEnded = false;

  constructor(options: MediaPlaylistOptions) {
    this.#options = options;
    this.#nextSequence = options.firstSequence;
  }

  /** A playlist of parts alone is good by the specification, but hls.js gives up on it: there must be a segment. */
  get isPlayable(): boolean {
    return this.#old.count > 0 || this.#entries.some(({ segment }) => segment.isComplete);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get position(): Position | null {
    const last = this.#entries.findLast(({ segment }) => segment.parts.length > 0);
    return last === undefined ? null : { sequence: last.sequence, part: last.segment.parts.length - 1 };
  }

  /** The sequence number that a segment after the last complete one has. */
  get openSequence(): number {
    const last = this.#entries.at(-1);
    return last !== undefined && !last.segment.isComplete ? last.sequence : this.#nextSequence;
  }

  get firstSequence(): number {
    return this.#entries[0]?.sequence ?? this.#nextSequence;
  }

  begin(segment: Segment): void {
    const isDiscontinuous = this.#lastSection !== null && this.#lastSection !== segment.section;
    this.#lastSection = segment.section;
    this.#entries.push({ segment, sequence: this.#nextSequence, isDiscontinuous });
    this.#nextSequence += 1;
  }

  /** Lists, as gaps, the segments of another rendition that have not come in this one: those after them count alike. */
  catchUp(other: MediaPlaylist): void {
    for (const { segment, sequence } of other.#entries) {
      if (sequence < this.#nextSequence) continue;
      this.begin(segment);
      this.markGap(segment.path);
    }
  }

  /** Forgets or condenses what has grown old; call it when a segment is complete. */
  trim(): void {
    const { kind, limits } = this.#options;
    const keep = kind.type === 'live' ? kind.window : limits.targetDuration * (SKIP_BOUNDARY + 1);
    let total = this.#entries.reduce((sum, { segment }) => sum + segment.duration, 0);
    for (let first = this.#entries[0]; first && total - first.segment.duration > keep; first = this.#entries[0]) {
      total -= first.segment.duration;
      this.#entries.shift();
      if (kind.type === 'event') {
        this.#old.text += this.#describe(first, this.#sectionBefore, false);
        this.#old.count += 1;
        this.#sectionBefore = first.segment.section;
      } else if (first.isDiscontinuous) this.#discontinuitySequence += 1;
    }
    // An event keeps them as it keeps its segments.
    if (kind.type === 'live') this.#marks.forgetBefore(this.#entries[0]?.segment.startsAt ?? 0);
  }
  #sectionBefore: Segment['section'] | null = null;

  /** Whether it can be: a mark that is there never changes. */
  mark(mark: Mark): boolean {
    return this.#marks.add(mark);
  }

  /** A segment that is nowhere to be had any more. */
  markGap(path: string): void {
    this.#gaps.add(path);
  }

  end(): void {
    this.#hasEnded = true;
  }

  /** Whether it holds that segment, or part of it: what a blocking reload waits for (6.2.5.2). */
  has(sequence: number, part: number | null): boolean {
    if (this.#hasEnded || sequence < this.firstSequence) return true;
    const entry = this.#entries[sequence - this.firstSequence];
    if (entry === undefined) return false;
    const { isComplete, parts } = entry.segment;
    if (part === null) return isComplete;
    if (part < parts.length) return true;
    return isComplete && this.has(sequence + 1, 0);
  }

  render({ skip, nextPart, others }: RenderContext): string {
    const { kind, limits } = this.#options;
    const { targetDuration, partTarget } = limits;
    const total = this.#entries.reduce((sum, { segment }) => sum + segment.duration, 0);
    const lines = [
      '#EXTM3U',
      `#EXT-X-VERSION:${PLAYLIST_VERSION}`,
      `#EXT-X-TARGETDURATION:${targetDuration}`,
      `#EXT-X-SERVER-CONTROL:${attributes({
        'CAN-BLOCK-RELOAD': 'YES',
        'CAN-SKIP-UNTIL': decimal(targetDuration * SKIP_BOUNDARY),
        'HOLD-BACK': decimal(targetDuration * HOLD_BACK),
        'PART-HOLD-BACK': decimal(partTarget * HOLD_BACK),
      })}`,
      `#EXT-X-PART-INF:PART-TARGET=${decimal(partTarget)}`,
      `#EXT-X-MEDIA-SEQUENCE:${kind.type === 'event' ? this.#options.firstSequence : this.firstSequence}`,
      ...(kind.type === 'event' ? ['#EXT-X-PLAYLIST-TYPE:EVENT'] : []),
      `#EXT-X-DISCONTINUITY-SEQUENCE:${this.#discontinuitySequence}`,
    ];
    // Delta updates leave none out (4.4.5.2): CAN-SKIP-DATERANGES is not offered.
    let text = `${lines.join('\n')}\n${this.#marks.text}`;
    let rest = this.#entries;
    let section: Segment['section'] | null = null;
    let remaining = total;
    const live = this.#countSkippable(total);
    const skipped = this.#old.count + live;
    if (skip && skipped > 0 && !this.#hasEnded) {
      text += `#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}\n`;
      // Named again, though it holds on: not every player carries it over what is skipped.
      section = null;
      remaining -= this.#entries.slice(0, live).reduce((sum, { segment }) => sum + segment.duration, 0);
      rest = this.#entries.slice(live);
    } else {
      text += this.#old.text;
      section = this.#sectionBefore;
    }
    for (const entry of rest) {
      const withParts = !this.#hasEnded && remaining <= limits.targetDuration * PARTS_LISTED + entry.segment.duration;
      text += this.#describe(entry, section, withParts);
      ({ section } = entry.segment);
      remaining -= entry.segment.duration;
    }
    if (this.#hasEnded) return `${text}#EXT-X-ENDLIST\n`;
    if (nextPart !== null) {
      text += `#EXT-X-PRELOAD-HINT:${attributes({ TYPE: 'PART', URI: quoted(this.#uri(nextPart)) })}\n`;
    }
    for (const { uri, position } of others) {
      if (position === null) continue;
      const { sequence, part } = position;
      text += `#EXT-X-RENDITION-REPORT:${attributes({ URI: quoted(uri), 'LAST-MSN': String(sequence), 'LAST-PART': String(part) })}\n`;
    }
    return text;
  }

  /** How many of the entries lie beyond the skip boundary. */
  #countSkippable(total: number): number {
    const boundary = this.#options.limits.targetDuration * SKIP_BOUNDARY;
    let remaining = total;
    let count = 0;
    for (const { segment } of this.#entries) {
      remaining -= segment.duration;
      if (remaining < boundary) break;
      count += 1;
    }
    return count;
  }

  #describe({ segment, isDiscontinuous }: Entry, before: Segment['section'] | null, withParts: boolean): string {
    const { section, startsAt, parts, isComplete, path } = segment;
    if (parts.length === 0) return '';
    const lines: string[] = [];
    if (isDiscontinuous) lines.push('#EXT-X-DISCONTINUITY');
    if (section !== before) {
      // A smaller rendition that is not encoded shows the largest.
      const init = section.inits[this.#options.track] ?? section.inits.video;
      lines.push(`#EXT-X-MAP:URI=${quoted(this.#uri(init.path))}`);
    }
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${isoTime(startsAt)}`);
    if (this.#gaps.has(path)) lines.push('#EXT-X-GAP');
    else if (withParts || !isComplete) lines.push(...parts.map((part) => this.#describePart(part)));
    if (isComplete) lines.push(`#EXTINF:${seconds(segment.duration)},`, this.#uri(path));
    return `${lines.join('\n')}\n`;
  }

  #describePart({ path, duration, independent }: Part): string {
    return `#EXT-X-PART:${attributes({
      DURATION: seconds(duration),
      URI: quoted(this.#uri(path)),
      ...(independent ? { INDEPENDENT: 'YES' } : {}),
    })}`;
  }

  #uri(path: string): string {
    return `../${path}`;
  }
}
