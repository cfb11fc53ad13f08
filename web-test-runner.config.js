import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, summaryReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { countReporter } from './scripts/suites/browser-test-counts.ts';
import { prebundlePlugin } from './scripts/web-test-runner/prebundle.ts';

const pattern = 'test/{elements,room,store,actions,media,protocol,testing,controllers,events,locales}/**/*.test.ts';

/** One named group per test file: `npm run test:unit -- --group elements/chat`. */
const groups = globSync(pattern)
  .toSorted()
  .map((file) => ({
    name: file.replace(/^test\//, '').replace(/(\/([^/]+))?\/\2\.test\.ts$|\.test\.ts$/, '$1'),
    files: file,
  }));

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...(process.argv.includes('--files') ? {} : { groups }),
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  nodeResolve: { exportConditions: ['browser', 'development'] },
  concurrency: 2,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { ui: 'bdd', timeout: '15000' } },
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
        headless: true,
        args: [
          '--headless=new',
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-background-timer-throttling',
          '--disable-renderer-backgrounding',
          '--disable-backgrounding-occluded-windows',
          '--no-first-run',
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          '--autoplay-policy=no-user-gesture-required',
        ],
      },
      // A window each: of two tabs in one window one is hidden, and a hidden page gets no animation frames.
      createPage: async ({ context }) => (await context.browser().createBrowserContext()).newPage(),
    }),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  plugins: [
    prebundlePlugin(['mediasoup-client', 'axe-core']),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('src/tsconfig.json', import.meta.url)),
    }),
  ],
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY }),
    summaryReporter(),
    countReporter(),
  ],
};
