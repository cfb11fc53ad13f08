import type { TestEvent } from 'node:test/reporters';
import { writeCounts } from './write-counts.ts';

/** A reporter for `node --test` that counts and prints nothing. */
export default async function* countTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string, void> {
  for await (const event of events) {
    // The last summary, which names no file, speaks of the whole run.
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { tests, passed, skipped, todo } = event.data.counts;
    writeCounts({ passed, failed: tests - passed - skipped - todo, skipped: skipped + todo });
  }
  yield '';
}
