import { attributes, isoTime, quoted } from './playlist-text.ts';

/** Something that happens at a time of the programme, for players to act on: EXT-X-DATERANGE (RFC 8216bis, 4.4.5.1). */
export interface Mark {
  /** Unique in its broadcast. The same again adds to the mark, and changes nothing of it. */
  readonly id: string;
  /** What marks of one kind have in common, such as `com.example.poll`. */
  readonly class?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds; 0 is a moment. Unknown until told. */
  readonly durationMs?: number | undefined;
  /** Written in capitals behind `X-`: `poll-id` is `X-POLL-ID`. */
  readonly attributes?: Readonly<Record<string, string | number>> | undefined;
}

/** Text that players can read back: a quoted string holds no quotes and no control characters (4.1, 4.2). */
export const MARK_TEXT = /^[^"\p{Cc}]{1,1024}$/u;
export const MARK_ATTRIBUTE = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/** Attributes of the tag, as they are written. */
export type MarkTag = Readonly<Record<string, string>>;

export function toTag(mark: Mark): MarkTag {
  const own = Object.entries(mark.attributes ?? {}).map(([name, value]) => [
    `X-${name.toUpperCase()}`,
    typeof value === 'number' ? plainNumber(value) : text(value),
  ]);
  return {
    ID: text(mark.id),
    ...(mark.class === undefined ? {} : { CLASS: text(mark.class) }),
    'START-DATE': quoted(isoTime(mark.startedAt)),
    ...(mark.durationMs === undefined ? {} : { DURATION: plainNumber(mark.durationMs / 1_000) }),
    ...Object.fromEntries(own),
  };
}

/** The tag with what is new in the other; `null` where the other says otherwise: a range never changes (4.4.5.1). */
export function joinTags(before: MarkTag, next: MarkTag): MarkTag | null {
  const isSame = Object.entries(next).every(([name, value]) => before[name] === undefined || before[name] === value);
  return isSame ? { ...before, ...next } : null;
}

export const markLine = (tag: MarkTag): string => `#EXT-X-DATERANGE:${attributes(tag)}\n`;

const text = (value: string): string => quoted(value.normalize('NFC'));
/** Without an exponent, which the format does not know; of the accuracy that a double has. */
const plainNumber = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 6 });
