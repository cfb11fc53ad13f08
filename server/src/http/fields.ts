import * as v from 'valibot';
import { LIMITS, participantId } from '../../../src/protocol/index.ts';

/** What somebody is called. */
export const displayName = v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.nameLength));

/** A whole number of a query, where everything arrives as text. */
export function queryNumber(minimum: number, maximum: number) {
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.decimal(), v.transform(Number))]),
    v.number(),
    v.integer(),
    v.minValue(minimum),
    v.maxValue(maximum),
  );
}

export const pageLimit = v.pipe(
  v.optional(queryNumber(1, LIMITS.pageSize), 50),
  v.description(`How many at most, 1 to ${LIMITS.pageSize}.`),
);

export const queryFlag = v.pipe(
  v.union([
    v.boolean(),
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((word) => word === 'true'),
    ),
  ]),
  v.boolean(),
);

/** Somebody who need not be in the room. */
export const somebody = v.object({ id: participantId, name: v.pipe(displayName, v.minLength(1)) });

/** A point in time: milliseconds since the epoch. */
export const time = v.pipe(v.number(), v.description('Milliseconds since the epoch.'));

export const nextPage = v.pipe(
  v.nullable(v.string()),
  v.description('Give it as `after` for the next page; null on the last.'),
);
