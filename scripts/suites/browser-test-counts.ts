import type { Reporter, TestSuiteResult } from '@web/test-runner-core';
import { writeCounts } from './write-counts.ts';

function countTests(suite: TestSuiteResult): { passed: number; failed: number; skipped: number } {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, skipped } of suite.tests) counts[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
  for (const inner of suite.suites) {
    const { passed, failed, skipped } = countTests(inner);
    counts.passed += passed;
    counts.failed += failed;
    counts.skipped += skipped;
  }
  return counts;
}

/** A reporter for web-test-runner that counts and prints nothing. A file that broke outside its tests counts as one failure. */
export const countReporter = (): Reporter => ({
  onTestRunFinished({ sessions }) {
    let passed = 0;
    let failed = 0;
    let skipped = 0;
    for (const session of sessions) {
      const counts = session.testResults ? countTests(session.testResults) : { passed: 0, failed: 0, skipped: 0 };
      passed += counts.passed;
      skipped += counts.skipped;
      failed += session.passed ? counts.failed : Math.max(1, counts.failed);
    }
    writeCounts({ passed, failed, skipped });
  },
});
