import { relative } from 'node:path';
import type { Reporter, TestResultError, TestSuiteResult } from '@web/test-runner-core';
import { repository } from '../set-up/paths.mjs';
import { writeCounts } from './write-counts.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
  readonly failures: string[];
}

function countTests({ name, tests, suites }: TestSuiteResult, path: string, count: Count): void {
  const place = `${path} ${name}`.trimEnd();
  for (const test of tests) {
    count[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
    if (!test.skipped && !test.passed) count.failures.push(`${place} ${test.name}\n${describe(test.error)}`);
  }
  for (const inner of suites) countTests(inner, place, count);
}

const describe = (error: TestResultError | undefined): string =>
  `${error?.message ?? ''}\n${error?.stack ?? ''}`.trim();

/** A reporter for web-test-runner that counts and prints nothing. A file that broke outside its tests counts as one failure. */
export const countReporter = (): Reporter => ({
  onTestRunFinished({ sessions }) {
    const count: Count = { passed: 0, failed: 0, skipped: 0, failures: [] };
    for (const { testFile, testResults, passed, errors } of sessions) {
      const before = count.failed;
      const file = relative(repository, testFile ?? '');
      if (testResults) countTests(testResults, `${file}:`, count);
      if (passed || count.failed > before) continue;
      count.failed += 1;
      count.failures.push(`${file}: broke outside its tests\n${errors.map(describe).join('\n')}`);
    }
    writeCounts(count);
  },
});
