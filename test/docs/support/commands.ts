interface ElsewhereRun {
  /** The test that runs it. */
  readonly test?: string;
  /** Why none can, where none does. */
  readonly reason?: string;
}

const freshStart = 'test/package/fresh-start.test.ts';
const deployment = 'test/docs/deployment.test.ts';
const changesTheMachine = 'changes the machine that it runs on: users, units, certificates';
const noContainers =
  'needs a container engine; the commands within the Containerfile are run by test/package/fresh-start.test.ts';

/** Commands of the pages that are not run against the started server: who runs them, or why nobody does. */
export const runElsewhere: Readonly<Record<string, ElsewhereRun>> = {
  'npm start': { test: 'test/docs/live.test.ts' },
  'npm test': { reason: 'is what runs this' },
  'npm install ils-kit-server': { test: freshStart },
  'npx ils-kit-server --dev': { test: freshStart },
  'npm install ils-kit': { test: freshStart },
  'npm install ils-kit @lit-labs/ssr': { test: 'test/scripts/ssr.test.ts' },
  'python3 -m http.server 8080': { test: freshStart },
  'ILS_SECRET=… ILS_API_KEYS=… npx ils-kit-server --media-announced 203.0.113.7': { test: freshStart },
  'node node_modules/ils-kit-server/dist/worker/obtain-worker.js': { test: freshStart },
  'npm run build && npm run build:server': { reason: 'prepares the suite "package"' },
  'ILS_SECRET=… ILS_API_KEYS=… node server/dist/main.js --media-announced 203.0.113.7': {
    reason: 'the same program as npx ils-kit-server, before it is packed',
  },
  'nginx -t && systemctl reload nginx': { test: deployment },
  'useradd --system --home-dir /opt/ils-kit --create-home ils-kit': { reason: changesTheMachine },
  'cd /opt/ils-kit && npm init -y && npm install ils-kit-server': { test: freshStart },
  'install -D -m 600 docs/deployment/environment /etc/ils-kit/environment': { reason: changesTheMachine },
  'install -D -m 644 docs/deployment/settings.json /etc/ils-kit/settings.json': { reason: changesTheMachine },
  'install -m 644 docs/deployment/ils-kit-server.service /etc/systemd/system/': { reason: changesTheMachine },
  'XDG_CACHE_HOME=/var/cache/ils-kit node node_modules/ils-kit-server/dist/worker/obtain-worker.js': {
    test: freshStart,
  },
  'systemctl enable --now ils-kit-server': { reason: changesTheMachine },
  'certbot certonly --webroot -w /var/www/html -d live.example': { reason: changesTheMachine },
  'podman build -t ils-kit-server docs/deployment': { reason: noContainers },
  'podman run -d --name ils-kit --network host -v ils-kit:/var/lib/ils-kit -e ILS_SECRET -e ILS_API_KEYS -e ILS_MEDIA_ANNOUNCED=203.0.113.7 ils-kit-server':
    { reason: noContainers },
};

/** The commands of a snippet, each in one line. */
export const listCommands = (text: string): readonly string[] =>
  text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const asksServer = (command: string): boolean => command.startsWith('curl ');
