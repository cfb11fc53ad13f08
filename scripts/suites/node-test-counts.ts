import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';
import { repository } from '../set-up/paths.mjs';
import { writeCounts } from './write-counts.ts';

/** A reporter for `node --test` that counts and prints nothing. */
export default async function* countTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string, void> {
  const failures: string[] = [];
  for await (const event of events) {
    if (event.type === 'test:fail') failures.push(...describeFailure(event.data));
    // The last summary, which names no file, speaks of the whole run.
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { tests, passed, skipped, todo } = event.data.counts;
    writeCounts({ passed, failed: tests - passed - skipped - todo, skipped: skipped + todo, failures });
  }
  yield '';
}

type Failure = Extract<TestEvent, { type: 'test:fail' }>['data'];

/** A suite that failed because something in it did is not told again. */
function describeFailure({ name, file = '', details: { error } }: Failure): string[] {
  if ('failureType' in error && error.failureType === 'subtestsFailed') return [];
  return [`${relative(repository, file)}: ${name}\n${inspect(error.cause ?? error)}`];
}
