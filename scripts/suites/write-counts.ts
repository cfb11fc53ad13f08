import { writeFileSync } from 'node:fs';
import { countsFileVariable, type SuiteCounts } from './suite.ts';

/** Tells the runner of all suites how many tests there were; without a runner it does nothing. */
export function writeCounts(counts: SuiteCounts): void {
  const file = process.env[countsFileVariable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
}
