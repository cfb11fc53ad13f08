import { parseArgs } from 'node:util';
import { ensureKitBuild } from './build/kit-build.ts';
import { buildServer } from './build/server-build.ts';
import { reportFailure, say, SetUpError, step } from './set-up/progress.mjs';
import { ensureTestPrograms, ensureWordPress } from './set-up/system-packages.ts';
import { obtainWorkerPath } from './set-up/worker.ts';
import { allSuites } from './suites/all-suites.ts';
import { runSuite } from './suites/run-suite.ts';
import type { Requirement, Suite } from './suites/suite.ts';

const prepare: Record<Requirement, () => Promise<void>> = {
  programs: ensureTestPrograms,
  wordPress: ensureWordPress,
  worker: async () => {
    process.env['MEDIASOUP_WORKER_BIN'] = await obtainWorkerPath();
  },
  kit: () => ensureKitBuild({ declarations: true }),
  serverBuild: async () => {
    await ensureKitBuild({ declarations: true });
    await step('Building the server', () => buildServer());
  },
};

/** `--fast` takes what needs no server; `--only unit,e2e` takes those named. */
function chooseSuites(): readonly Suite[] {
  const { values } = parseArgs({ options: { fast: { type: 'boolean' }, only: { type: 'string' } } });
  if (values.only === undefined) return allSuites.filter(({ fast, onlyNamed }) => !onlyNamed && (!values.fast || fast));
  return values.only.split(',').map((name) => {
    const suite = allSuites.find((one) => one.name === name);
    if (!suite) throw new SetUpError(`There is no suite "${name}": ${allSuites.map((one) => one.name).join(', ')}.`);
    return suite;
  });
}

/** Puts in place what the suites need; what cannot be had fails the suites that need it, and only those. */
async function prepareFor(suites: readonly Suite[]): Promise<ReadonlySet<Requirement>> {
  const missing = new Set<Requirement>();
  for (const requirement of new Set(suites.flatMap(({ needs }) => needs))) {
    try {
      await prepare[requirement]();
    } catch (error) {
      reportFailure(error);
      missing.add(requirement);
    }
  }
  return missing;
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());

async function runAll(suites: readonly Suite[]): Promise<void> {
  const missing = await prepareFor(suites);
  let passed = 0;
  let failed = 0;
  const lines: string[] = [];
  const failures: string[] = [];
  for (const suite of suites) {
    if (interrupted.signal.aborted) break;
    say(`\n━━ ${suite.name}`);
    const lacking = suite.needs.filter((requirement) => missing.has(requirement));
    if (lacking.length > 0) {
      failed += 1;
      lines.push(`✗ ${suite.name}: not run, for want of ${lacking.join(', ')}`);
      continue;
    }
    const startedAt = performance.now();
    const counts = await runSuite(suite, interrupted.signal);
    const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    passed += counts.passed;
    failed += counts.failed;
    for (const failure of counts.failures ?? []) failures.push(`✗ ${suite.name}: ${failure}`);
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    const mark = counts.failed > 0 ? '✗' : '✓';
    lines.push(`${mark} ${suite.name}: ${counts.passed} passed, ${counts.failed} failed${skipped} (${took})`);
  }
  if (interrupted.signal.aborted) {
    failed += 1;
    lines.push('✗ interrupted');
  }
  // Once more where they are found: the output above is long.
  if (failures.length > 0) say(`\n━━ what failed\n${failures.join('\n\n')}`);
  say(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

try {
  await runAll(chooseSuites());
} catch (error) {
  reportFailure(error);
}
