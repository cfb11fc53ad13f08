import type { ParsedPlaylist } from './parse-playlist.ts';
import { Violations, type Violation } from './violation.ts';

type DateRange = ParsedPlaylist['dateRanges'][number];

/** EXT-X-DATERANGE (4.4.5.1). */
const SECTION = '4.4.5.1';
const KNOWN =
  /^(ID|CLASS|START-DATE|CUE|END-DATE|DURATION|PLANNED-DURATION|SCTE35-(CMD|OUT|IN)|END-ON-NEXT|X-[A-Z0-9-]+)$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
const DECIMAL = /^\d+(\.\d+)?$/;

/** Rules for the date ranges of one playlist. */
export function checkDateRanges({ dateRanges, segments, skipped }: ParsedPlaylist, violations: Violations): void {
  if (dateRanges.length === 0) return;
  violations.check(
    skipped > 0 || segments.some(({ dateTime }) => dateTime !== null),
    SECTION,
    'there are date ranges and no EXT-X-PROGRAM-DATE-TIME',
  );
  const known = new Map<string, DateRange>();
  for (const range of dateRanges) {
    const { ID: id = '', 'START-DATE': start = '', 'END-DATE': end, DURATION: duration, CLASS: kind } = range;
    const name = `date range ${id}`;
    violations.check(id !== '', SECTION, 'a date range has no ID');
    violations.check(DATE.test(start), SECTION, `the START-DATE of ${name} is "${start}"`);
    violations.check(duration === undefined || DECIMAL.test(duration), SECTION, `${name} lasts ${duration}`);
    violations.check(
      end === undefined || Date.parse(end) >= Date.parse(start),
      SECTION,
      `${name} ends before it starts`,
    );
    violations.check(
      range['END-ON-NEXT'] === undefined || (kind !== undefined && end === undefined && duration === undefined),
      SECTION,
      `${name} has END-ON-NEXT without a CLASS, or with an end`,
    );
    for (const attribute of Object.keys(range)) {
      violations.check(KNOWN.test(attribute), SECTION, `${name} has the attribute ${attribute}`);
    }
    compareRanges(known.get(id), range, violations);
    known.set(id, range);
  }
}

/** Rules for the date ranges of a playlist and of the same one later. */
export function compareDateRanges(before: ParsedPlaylist, after: ParsedPlaylist, violations: Violations): void {
  const firstAt = after.segments[0]?.dateTime ?? 0;
  for (const range of before.dateRanges) {
    const again = after.dateRanges.find(({ ID }) => ID === range['ID']);
    if (again !== undefined) compareRanges(range, again, violations);
    else {
      const endsAt = Date.parse(range['START-DATE'] ?? '') + Number(range['DURATION'] ?? 0) * 1_000;
      violations.check(
        after.type === null && endsAt < firstAt,
        '6.2.1',
        `date range ${range['ID']} was removed though it is not over`,
      );
    }
  }
}

/** What has been said of a range stays; more may be said. */
function compareRanges(before: DateRange | undefined, after: DateRange, violations: Violations): void {
  for (const [name, value] of Object.entries(before ?? {})) {
    violations.check(after[name] === value, SECTION, `${name} of date range ${after['ID']} changed`);
  }
}

/** Whether two renditions tell of the same ranges. */
export function validateSameDateRanges(one: ParsedPlaylist, other: ParsedPlaylist): readonly Violation[] {
  const violations = new Violations();
  const plain = ({ dateRanges }: ParsedPlaylist) => JSON.stringify(dateRanges);
  violations.check(plain(one) === plain(other), SECTION, 'the renditions have other date ranges');
  return violations.found;
}
