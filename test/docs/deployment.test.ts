import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { readConfig } from '../../server/src/config/config.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { findFreePort } from '../e2e/support/free-port.ts';
import { startTestServer, type TestServer } from '../server/http/test-server.ts';
import { repository } from './support/repository.ts';
import { scratchFolder, writeScratch } from './support/scratch.ts';

const run = promisify(execFile);
const read = (name: string) => readFileSync(join(repository, 'docs/deployment', name), 'utf8');
/** Programs of the system lie where a user's PATH may not lead. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin` };

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      resolve(true);
      socket.destroy();
    });
  });

/** The settings of a file such as `/etc/ils-kit/environment`. */
const readEnvironment = (text: string) =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

async function startProxiedServer(): Promise<TestServer & AsyncDisposable> {
  const server = await startTestServer({ trustedProxies: ['127.0.0.1'], allowedOrigins: ['https://shop.example'] });
  return { ...server, [Symbol.asyncDispose]: server.close };
}

describe('the files for deployment', { timeout: 120_000 }, () => {
  const certificate = join(scratchFolder(), 'fullchain.pem');
  const key = join(scratchFolder(), 'privkey.pem');

  before(async () => {
    const subject = ['-subj', '/CN=live.example', '-days', '2', '-nodes'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    await run('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', certificate], { env });
  });

  it('settings and environment start a server', () => {
    const config = readConfig({
      flags: ['--config', join(repository, 'docs/deployment/settings.json')],
      environment: readEnvironment(read('environment')),
    });
    assert.deepEqual([config.host, config.mediaListen], ['127.0.0.1', '0.0.0.0']);
  });

  it('nginx takes its file (nginx -t), hands pages and sockets on with TLS, and tells the client’s address', async () => {
    await using server = await startProxiedServer();
    const [plain, secure] = [await findFreePort(), await findFreePort()];
    const folder = join(scratchFolder(), 'nginx');
    mkdirSync(folder);
    const site = read('nginx.conf')
      .replaceAll('/etc/letsencrypt/live/live.example', scratchFolder())
      .replaceAll('127.0.0.1:7888', new URL(server.origin).host)
      .replace('listen 80;', `listen 127.0.0.1:${plain};`)
      .replace('listen 443 ssl http2;', `listen 127.0.0.1:${secure} ssl http2;`);
    const file = writeScratch(
      'nginx.conf',
      `daemon off; pid nginx.pid; error_log stderr warn; worker_processes 1; user root; events {}
       http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
         uwsgi_temp_path uwsgi; scgi_temp_path scgi; ${site} }`,
    );
    await run('nginx', ['-t', '-p', folder, '-c', file], { env });
    const nginx = spawn('nginx', ['-p', folder, '-c', file], { env, stdio: 'inherit' });
    try {
      await eventually('nginx', () => isListening(secure), Boolean);
      const redirected = await fetch(`http://127.0.0.1:${plain}/watch`, { redirect: 'manual' });
      assert.equal(redirected.status, 301);
      const { stdout } = await run('curl', ['-sk', `https://127.0.0.1:${secure}/healthz`], { env });
      assert.deepEqual(JSON.parse(stdout), { status: 'ok' });
      const options = { rejectUnauthorized: false, origin: 'https://shop.example' };
      const socket = new WebSocket(`wss://127.0.0.1:${secure}/ws`, options);
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'hello', room: 'launch', versions: [1], token: 'none' }));
      const [answer] = (await once(socket, 'message')) as [Buffer];
      assert.equal(JSON.parse(answer.toString()).type, 'bye');
      socket.close();
    } finally {
      const ended = once(nginx, 'exit');
      nginx.kill();
      await ended;
    }
  });

  it('coturn starts by its file and relays for a client with a credential of the room server’s making', async () => {
    const [port, securePort] = [await findFreePort(), await findFreePort()];
    const text = read('turnserver.conf');
    const secret = /^static-auth-secret=(.+)$/m.exec(text)?.[1] ?? '';
    assert.equal(secret, readEnvironment(read('environment'))['ILS_TURN_SECRET']);
    const file = writeScratch(
      'turnserver.conf',
      `${text
        .replaceAll('203.0.113.8', '127.0.0.1')
        .replace('listening-port=3478', `listening-port=${port}`)
        .replace('tls-listening-port=5349', `tls-listening-port=${securePort}`)
        .replaceAll('/etc/letsencrypt/live/live.example', scratchFolder())
        .replace('\nsyslog', '\nlog-file=stdout')}
       allow-loopback-peers
       userdb=${join(scratchFolder(), 'turn.db')}
       pidfile=${join(scratchFolder(), 'turn.pid')}\n`.replaceAll(/^ +/gm, ''),
    );
    const turn = spawn('turnserver', ['-c', file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [turn.stdout, turn.stderr]) stream.on('data', (said) => (output += String(said)));
    try {
      await eventually('coturn', () => isListening(port), Boolean);
      assert.ok(await isListening(securePort), `TLS too\n${output}`);
      assert.doesNotMatch(output, /Bad configuration format|unknown option/i);
      const user = `${Math.floor(Date.now() / 1_000) + 600}:ada`;
      const password = createHmac('sha1', secret).update(user).digest('base64');
      const client = ['-y', '-n', '1', '-m', '1', '-p', String(port), '-u', user, '-w', password, '127.0.0.1'];
      const { stdout } = await run('turnutils_uclient', client, { env, timeout: 60_000 });
      assert.match(stdout, /tot_send_msgs=[1-9].*tot_recv_msgs=[1-9]|Total lost packets 0/s);
    } finally {
      const ended = once(turn, 'exit');
      turn.kill('SIGKILL');
      await ended;
    }
  });

  it('systemd takes the unit, where there is a systemd', async (context) => {
    const hasSystemd = await run('systemd-analyze', ['--version'], { env }).then(
      () => true,
      () => false,
    );
    if (!hasSystemd) {
      context.diagnostic('systemd-analyze is not installed: the unit is read by eye alone');
      return;
    }
    // Its program and its folder are where the machine in the page has them.
    const unit = read('ils-kit-server.service').replace('/usr/bin/node', process.execPath);
    const file = writeScratch('ils-kit-server.service', unit);
    const { stderr } = await run('systemd-analyze', ['verify', '--man=no', file], { env }).catch(
      (error: Error & { stderr: string }) => ({ stderr: `${error.stderr}\n${error.message}` }),
    );
    const complaints = stderr.split('\n').filter((line) => line.includes('ils-kit-server.service'));
    assert.deepEqual(complaints, []);
  });
});
