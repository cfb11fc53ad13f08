import { globSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../set-up/paths.mjs';
import type { Suite } from './suite.ts';

const seconds = 1000;
const minutes = 60 * seconds;

const program = (name: string) => join(repository, 'node_modules/.bin', name);
const script = (name: string) => [process.execPath, join(repository, 'scripts', name)] as const;
const findTests = (pattern: string) => globSync(pattern, { cwd: repository }).toSorted();

const browserTests = findTests(
  'test/{elements,room,store,actions,media,protocol,testing,controllers,events,locales}/**/*.test.ts',
);
const serverTests = findTests('test/server/**/*.test.ts');
const packageTests = findTests('test/{scripts,package}/**/*.test.ts');
const docsTests = findTests('test/docs/**/*.test.ts');
const frameworkTests = findTests('test/frameworks/*.test.ts');
const wordPressTests = findTests('test/wordpress/**/*.test.ts');
const endToEndTests = findTests('test/e2e/**/*.test.ts');

/** @param atOnce how many files run at the same time */
const nodeTests = (files: readonly string[], atOnce: number): Suite['command'] => [
  process.execPath,
  '--test',
  `--test-concurrency=${atOnce}`,
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  `--test-reporter=${join(repository, 'scripts/suites/node-test-counts.ts')}`,
  '--test-reporter-destination=stderr',
  ...files,
];

/** Everything that `npm test` runs, the quick things first. */
export const allSuites: readonly Suite[] = [
  {
    name: 'format',
    command: [program('prettier'), '--check', '--log-level=warn', '.'],
    needs: [],
    timeLimitMs: 2 * minutes,
    fast: true,
  },
  { name: 'lint', command: [program('oxlint')], needs: [], timeLimitMs: 2 * minutes, fast: true },
  { name: 'types', command: [program('tsc'), '-b'], needs: [], timeLimitMs: 3 * minutes, fast: true },
  { name: 'manifest', command: script('check-manifest.ts'), needs: [], timeLimitMs: 2 * minutes, fast: true },
  { name: 'languages', command: script('check-locales.ts'), needs: [], timeLimitMs: 2 * minutes, fast: true },
  {
    name: 'unit',
    command: [program('wtr')],
    needs: ['programs'],
    timeLimitMs: 15 * minutes,
    fast: true,
    files: browserTests,
  },
  {
    name: 'server',
    command: nodeTests(serverTests, 2),
    needs: ['programs', 'worker'],
    timeLimitMs: 15 * minutes,
    files: serverTests,
  },
  {
    name: 'package',
    command: nodeTests(packageTests, 1),
    needs: ['programs', 'worker', 'kit', 'serverBuild'],
    timeLimitMs: 10 * minutes,
    files: packageTests,
  },
  {
    name: 'docs',
    command: nodeTests(docsTests, 1),
    needs: ['programs', 'worker', 'kit'],
    timeLimitMs: 5 * minutes,
    files: docsTests,
  },
  { name: 'sizes', command: script('size-budgets.ts'), needs: ['programs', 'worker', 'kit'], timeLimitMs: 3 * minutes },
  { name: 'stories', command: script('check-stories.ts'), needs: ['programs'], timeLimitMs: 15 * minutes },
  {
    name: 'e2e',
    command: nodeTests(endToEndTests, 1),
    needs: ['programs', 'worker', 'kit'],
    timeLimitMs: 45 * minutes,
    files: endToEndTests,
  },
  {
    name: 'wordpress',
    command: nodeTests(wordPressTests, 1),
    needs: ['programs', 'wordPress', 'worker', 'kit'],
    timeLimitMs: 15 * minutes,
    files: wordPressTests,
    onlyNamed: true,
  },
  {
    name: 'frameworks',
    command: nodeTests(frameworkTests, 1),
    needs: ['programs', 'worker', 'kit'],
    timeLimitMs: 60 * minutes,
    files: frameworkTests,
    onlyNamed: true,
  },
];
