import fc from 'fast-check';
import { PERMISSIONS, REQUESTS, SOURCES } from '../../../src/protocol/index.ts';
import { TABLE } from './table.ts';

const poisoned = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty');

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ maxLength: 3_000 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '<script>alert(1)</script>',
    "'; DROP TABLE rooms; --",
    '../../etc/passwd',
  ),
);

const identifier = fc.constantFrom('host', 'attacker', 'none', 'launch', 'director', ...SOURCES, ...PERMISSIONS);

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(identifier, text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

const dataKey = fc.oneof(fc.constantFrom(...new Set(TABLE.flatMap(({ data }) => Object.keys(data)))), poisoned);

/** An object that has its poisoned keys for its own, as JSON from the wire does. */
const object = (key: fc.Arbitrary<string>, arbitrary: fc.Arbitrary<unknown>) =>
  fc.array(fc.tuple(key, arbitrary), { maxLength: 8 }).map((entries) => {
    const made: Record<string, unknown> = Object.create(null);
    for (const [name, each] of entries) made[name] = each;
    return made;
  });

const data = fc.oneof(object(dataKey, value), object(dataKey, object(dataKey, value)), value);

const requestName = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...Object.keys(REQUESTS)) }, poisoned, text);

const key = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[A-Za-z0-9_-]{8,64}$/) },
  { weight: 3, arbitrary: fc.constantFrom('a-repeated-key-1', 'a-repeated-key-2') },
  text,
);

const farOff = fc.record({ type: fc.constant('request'), id: fc.nat(), key, name: requestName, data });

/** What some request takes, and as often as not a little more or other than that. */
const near = fc
  .record({ row: fc.constantFrom(...TABLE), change: fc.option(object(dataKey, value)), id: fc.nat(), key })
  .map(({ row, change, ...rest }) => ({
    ...rest,
    type: 'request',
    name: row.request,
    data: { ...row.data, ...change },
  }));

export const request = fc.oneof(near, farOff);

const frame = object(
  fc.oneof(fc.constantFrom('type', 'id', 'key', 'name', 'data', 'at', 'room', 'token', 'versions', 'resume'), poisoned),
  fc.oneof(fc.constantFrom<unknown>('hello', 'request', 'ping', 'welcome', 'event', 'bye'), value),
);

/** A message from someone who means ill: most near to the protocol, some far off. */
export const message: fc.Arbitrary<string | Buffer> = fc.oneof(
  { weight: 30, arbitrary: request.map((each) => JSON.stringify(each)) },
  { weight: 2, arbitrary: frame.map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);
