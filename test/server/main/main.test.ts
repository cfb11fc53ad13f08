import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { createHelp } from '../../../server/src/config/help.ts';
import { joinRoom } from '../http/test-server.ts';
import { MAIN, ServerProcess } from './server-process.ts';

describe('ils-kit-server', () => {
  let folder: string;
  const started: ServerProcess[] = [];

  before(async () => {
    assert.ok(process.env['MEDIASOUP_WORKER_BIN'], 'MEDIASOUP_WORKER_BIN names the media worker; npm test sets it');
    folder = await mkdtemp(join(tmpdir(), 'ils-main-'));
  });
  afterEach(() => Promise.all(started.splice(0).map((server) => server.kill())));
  after(() => rm(folder, { recursive: true }));

  const start = (flags: string[], environment: Record<string, string> = {}, nodeFlags: string[] = []) => {
    const server = new ServerProcess(flags, environment, nodeFlags);
    started.push(server);
    return server;
  };
  const development = (data: string, ...flags: string[]) =>
    `--dev --host 127.0.0.1 --port 0 --workers 1 --media-ports 0-0 --data ${join(folder, data)}`
      .split(' ')
      .concat(flags);
  const fetchToken = async (origin: string, query: string): Promise<string> =>
    (await (await fetch(`${origin}/dev/token?${query}`)).json()).token;

  describe('what it says', () => {
    it('explains itself', async () => {
      const help = await start(['--help']).ended;
      assert.equal(help.code, 0);
      assert.equal(help.stdout, createHelp());
      const version = await start(['--version']).ended;
      assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
    });

    it('stops at a wrong value with its name and what is allowed', async () => {
      const { code, stderr, stdout } = await start(['--dev', '--port', 'many'], { ILS_WORKERS: '0' }).ended;
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /^ {2}port: "many" is not allowed, only a port from 0 to 65535 \(--port\)$/m);
      assert.match(stderr, /^ {2}workers: "0" is not allowed.*\(ILS_WORKERS\)$/m);
      assert.doesNotMatch(stderr, /at .*\.ts/);
    });

    it('stops with a clear word where the machine does not fit', async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      const file = join(folder, 'a-file');
      await writeFile(file, '');
      try {
        const [inUse, noFolder, noWorker, noTemplates, notHere] = await Promise.all([
          start([...development('taken'), `--port=${port}`]).ended,
          start([...development('taken'), '--data', file]).ended,
          start(development('none'), { MEDIASOUP_WORKER_BIN: join(folder, 'absent') }).ended,
          start([...development('none'), '--templates', join(folder, 'absent.json')]).ended,
          start([...development('elsewhere'), '--media-listen', '203.0.113.7', '--media-ports', '40000-40099']).ended,
        ]);
        assert.match(inUse.stderr, new RegExp(`^ {2}port: ${port} is in use`, 'm'));
        assert.match(noFolder.stderr, /^ {2}data: .*a-file/m);
        assert.match(noWorker.stderr, /^ {2}MEDIASOUP_WORKER_BIN names .*absent, which is not an executable file/m);
        assert.match(noTemplates.stderr, /^ {2}templates: cannot use .*absent\.json/m);
        assert.match(notHere.stderr, /EADDRNOTAVAIL.*203\.0\.113\.7[\s\S]*mediaListen or mediaPorts do not fit/);
        assert.doesNotMatch(notHere.stdout, /error/, 'one reason, not one for each port');
        for (const { code, stderr } of [inUse, noFolder, noWorker, noTemplates, notHere]) {
          assert.equal(code, 1);
          assert.doesNotMatch(stderr, /at .*\.ts/);
        }
      } finally {
        taken.close();
      }
    });

    it('ends its start at "ready", with the addresses and a loud warning in development', async () => {
      const server = start(development('loud'));
      const origin = await server.ready();
      const port = new URL(origin).port;
      assert.match(server.stdout, new RegExp(`on this machine +http://localhost:${port}\n`));
      assert.match(server.stdout, /DEVELOPMENT MODE.*host of any room/);
      assert.match(server.stdout, /development-api-key/);
      assert.match(server.stdout.trimEnd().split('\n').at(-1) ?? '', /^ready: http.*\/studio .*\/watch .*\/embed/);
      assert.equal((await fetch(`${origin}/readyz`)).status, 200);
    });

    it('logs one object a line in public, and says ready there', async () => {
      const server = start(['--host', '127.0.0.1', '--port', '0', '--workers', '1', '--media-ports', '0-0'], {
        ILS_DATA: join(folder, 'public'),
        ILS_SECRET: 'a secret of more than 32 characters',
      });
      const origin = await server.ready();
      assert.equal((await fetch(`${origin}/`)).status, 404);
      server.signal('SIGTERM');
      const { stdout } = await server.ended;
      const lines = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.ok(lines.some(({ msg }) => String(msg).startsWith('ready: http')));
      assert.ok(lines.every(({ level, time }) => typeof level === 'string' && !Number.isNaN(Date.parse(time))));
      assert.doesNotMatch(stdout, /a secret/);
    });
  });

  describe('how it ends', () => {
    it('drains on SIGTERM: clients are told to come back, then it exits with 0', async () => {
      const server = start(development('drain'));
      const origin = await server.ready();
      const clients = await Promise.all(
        ['host', 'viewer'].map(async (role) => joinRoom(origin, 'demo', await fetchToken(origin, `role=${role}`))),
      );
      const signalledAt = performance.now();
      server.signal('SIGTERM');
      for (const client of clients) {
        const bye = (await client.next('bye')) as { error: { code: string } };
        assert.equal(bye.error.code, 'unavailable');
        await client.closed;
      }
      const { code, stdout } = await server.ended;
      assert.equal(code, 0);
      assert.ok(performance.now() - signalledAt < 5_000);
      assert.match(stdout, /drained/);
      await assert.rejects(fetch(`${origin}/healthz`));
    });

    it('takes a signal that comes several times at once for one', async () => {
      const server = start(development('burst'));
      await server.ready();
      for (let count = 0; count < 3; count += 1) server.signal('SIGINT');
      assert.equal((await server.ended).code, 0);
    });

    it('drains when the npm that started it is gone', async () => {
      const flags = JSON.stringify([MAIN, ...development('orphan')]);
      const parent = spawn(
        process.execPath,
        ['-e', `require('child_process').spawn(process.execPath, ${flags}, { stdio: 'inherit' })`],
        { env: { ...process.env, npm_command: 'exec' } },
      );
      let output = '';
      const closed = once(parent, 'close');
      parent.stdout.on('data', (chunk) => {
        output += String(chunk);
        if (/^ready/m.test(output)) parent.kill('SIGKILL');
      });
      // The server holds its output open until it ends.
      await closed;
      assert.match(output, /draining[\s\S]*drained/);
    });

    it('leaves in time although a client does not answer, and at once on a second signal', async () => {
      const stuckServer = async (data: string) => {
        const server = start(development(data));
        const origin = await server.ready();
        const client = await joinRoom(origin, 'demo', await fetchToken(origin, 'role=viewer'));
        client.socket.pause();
        return { server, client };
      };
      const [patient, hasty] = await Promise.all([stuckServer('patient'), stuckServer('hasty')]);
      const signalledAt = performance.now();
      patient.server.signal('SIGTERM');
      const repeating = setInterval(() => hasty.server.signal('SIGTERM'), 100);
      const [{ code: hastyCode }, { code: patientCode }] = await Promise.all([
        hasty.server.ended,
        patient.server.ended,
      ]);
      clearInterval(repeating);
      assert.ok(performance.now() - signalledAt < 5_000);
      assert.equal(patientCode, 0);
      assert.equal(hastyCode, 1);
      for (const { client } of [patient, hasty]) client.socket.terminate();
    });

    it('logs what nobody foresaw and exits with 1', async () => {
      const trap = `data:text/javascript,process.on('SIGUSR2',()=>void Promise.reject(new Error('boom')))`;
      const server = start(development('boom'), {}, ['--import', trap]);
      await server.ready();
      server.signal('SIGUSR2');
      const { code, stdout } = await server.ended;
      assert.equal(code, 1);
      assert.match(stdout, /fatal unforeseen failure[\s\S]*boom/);
    });
  });

  describe('what it keeps', () => {
    it('takes the tokens of the run before, after a kill', async () => {
      const first = start(development('kept'));
      const token = await fetchToken(await first.ready(), 'role=host&participant=ada');
      await first.kill();
      const origin = await start(development('kept')).ready();
      const client = await joinRoom(origin, 'demo', token);
      client.socket.terminate();
      const { mode } = await stat(join(folder, 'kept', 'development-secret'));
      assert.equal(mode & 0o077, 0, 'nobody else reads the secret');
    });

    it('makes rooms of the templates of its file', async () => {
      const templates = join(folder, 'templates.json');
      const teacher = { name: 'teacher', publish: ['camera'], watch: 'webrtc', permissions: ['room.end'] };
      await writeFile(templates, JSON.stringify([{ name: 'school', roles: [teacher], withoutBuiltInRoles: true }]));
      const origin = await start(development('school', '--templates', templates)).ready();
      const response = await fetch(`${origin}/api/v1/rooms`, {
        method: 'POST',
        headers: { authorization: 'Bearer development-api-key', 'content-type': 'application/json' },
        body: JSON.stringify({ id: 'class', template: 'school' }),
      });
      assert.deepEqual((await response.json()).roles, { teacher });
      await writeFile(templates, JSON.stringify([{ name: 'school', roles: [{ ...teacher, publish: ['drone'] }] }]));
      const { stderr } = await start(development('school', '--templates', templates)).ended;
      assert.match(stderr, /templates: cannot use .*: 0\.roles\.0\.publish\.0: /);
    });
  });
});
