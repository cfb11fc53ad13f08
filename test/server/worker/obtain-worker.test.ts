import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { access, copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { obtainWorker, WorkerUnavailableError } from '../../../server/worker/obtain-worker.ts';
import type { ObtainWorkerOptions } from '../../../server/worker/obtain-worker.ts';
import { createFakeMachine } from './fake-machine.ts';
import type { FakeMachine } from './fake-machine.ts';
import { packWorker, startPrebuiltServer } from './prebuilt-server.ts';

const waitLimitMs = 60_000;

let realWorker = '';

before(async () => {
  ({ path: realWorker } = await obtainWorker({ log: (line) => console.log(line) }));
});

/** A build that takes no time, and how often it was asked for. */
function createBuild(): { build: NonNullable<ObtainWorkerOptions['build']>; count: () => number } {
  let builds = 0;

  return {
    async build(_mediasoupFolder, folder) {
      builds += 1;
      const built = path.join(folder, 'mediasoup-worker');
      await copyFile(realWorker, built);

      return built;
    },
    count: () => builds,
  };
}

async function refusalOf(machine: FakeMachine, options: ObtainWorkerOptions = {}): Promise<WorkerUnavailableError> {
  const { cacheFolder, env } = machine;
  const error: unknown = await obtainWorker({ cacheFolder, env, ...options }).then(
    () => undefined,
    (reason: unknown) => reason,
  );

  assert.ok(error instanceof WorkerUnavailableError, String(error));

  return error;
}

suite('environment', () => {
  test('MEDIASOUP_WORKER_BIN comes before everything else', async (t) => {
    const { cacheFolder, env } = await createFakeMachine(t);
    const { build, count } = createBuild();

    await obtainWorker({ cacheFolder, env, build });
    const obtained = await obtainWorker({ cacheFolder, env: { ...env, MEDIASOUP_WORKER_BIN: realWorker }, build });

    assert.deepEqual(obtained, { path: realWorker, origin: 'environment' });
    assert.equal(count(), 1);
  });

  test('a MEDIASOUP_WORKER_BIN that cannot be run is refused by name', async (t) => {
    const machine = await createFakeMachine(t);
    const nowhere = machine.file('nowhere');
    const { message } = await refusalOf(machine, { env: { ...machine.env, MEDIASOUP_WORKER_BIN: nowhere } });

    assert.match(message, /MEDIASOUP_WORKER_BIN/);
    assert.ok(message.includes(nowhere));
  });
});

suite('cache', () => {
  test('what was built is not built again', async (t) => {
    const { cacheFolder, env } = await createFakeMachine(t);
    const { build, count } = createBuild();

    const first = await obtainWorker({ cacheFolder, env, build });
    const second = await obtainWorker({ cacheFolder, env, build });

    assert.equal(first.origin, 'build');
    assert.deepEqual(second, { path: first.path, origin: 'cache' });
    assert.equal(count(), 1);
    assert.deepEqual(await readFile(first.path), await readFile(realWorker));
  });

  test('it is kept under XDG_CACHE_HOME', async (t) => {
    const machine = await createFakeMachine(t);
    const env = { ...machine.env, XDG_CACHE_HOME: machine.file('home') };
    const obtained = await obtainWorker({ env, build: createBuild().build });

    assert.ok(obtained.path.startsWith(path.join(machine.file('home'), 'ils-kit', 'mediasoup-worker-')));
  });

  test('another version of a linked library asks for another build', async (t) => {
    const machine = await createFakeMachine(t);
    const { cacheFolder, env } = machine;
    const { build, count } = createBuild();
    const first = await obtainWorker({ cacheFolder, env, build });

    await machine.addProgram('pkg-config', 'echo 4.5.6');
    const second = await obtainWorker({ cacheFolder, env, build });

    assert.equal(second.origin, 'build');
    assert.notEqual(second.path, first.path);
    assert.equal(count(), 2);
  });

  test('a cached worker that no longer runs is replaced', async (t) => {
    const { cacheFolder, env } = await createFakeMachine(t);
    const { build } = createBuild();
    const first = await obtainWorker({ cacheFolder, env, build });

    await writeFile(first.path, '#!/bin/sh\nexit 127\n');
    const second = await obtainWorker({ cacheFolder, env, build });

    assert.deepEqual(second, { path: first.path, origin: 'build' });
    assert.deepEqual(await readFile(second.path), await readFile(realWorker));
  });
});

suite('download', () => {
  test('a prebuilt worker that works is taken, and kept', async (t) => {
    const machine = await createFakeMachine(t);
    const { cacheFolder } = machine;
    const packed = machine.file('mediasoup-worker');
    await copyFile(realWorker, packed);
    const archive = await packWorker(packed);
    const server = await startPrebuiltServer(t, (_request, response) => response.end(archive));
    const env = { ...machine.env, ...server.env };
    const { build, count } = createBuild();

    const first = await obtainWorker({ cacheFolder, env, build });
    const second = await obtainWorker({ cacheFolder, env, build });

    assert.equal(first.origin, 'download');
    assert.deepEqual(second, { path: first.path, origin: 'cache' });
    assert.equal(server.requests.length, 1);
    assert.equal(count(), 0);
  });

  test('a machine without tools or libraries is content with the download', async (t) => {
    const machine = await createFakeMachine(t);
    for (const tool of ['c++', 'meson', 'ninja', 'flatc', 'pkg-config']) await machine.removeProgram(tool);
    const packed = machine.file('mediasoup-worker');
    await copyFile(realWorker, packed);
    const archive = await packWorker(packed);
    const server = await startPrebuiltServer(t, (_request, response) => response.end(archive));
    const { cacheFolder } = machine;

    assert.equal((await obtainWorker({ cacheFolder, env: { ...machine.env, ...server.env } })).origin, 'download');
  });

  test('a download that fails leads to the build, and not to that of mediasoup', async (t) => {
    const machine = await createFakeMachine(t);
    const { cacheFolder } = machine;
    await machine.addProgram('python3', `echo called >> ${machine.file('python')}`);
    const server = await startPrebuiltServer(t, (_request, response) => response.writeHead(503).end());

    const env = { ...machine.env, ...server.env };
    const { origin } = await obtainWorker({ cacheFolder, env, build: createBuild().build });

    assert.equal(origin, 'build');
    assert.equal(server.requests.length, 1);
    await assert.rejects(access(machine.file('python')));
  });

  test('a download that creates no router leads to the build', async (t) => {
    const machine = await createFakeMachine(t);
    const { cacheFolder } = machine;
    await machine.addProgram('mediasoup-worker', 'exit 41');
    const archive = await packWorker(path.join(machine.env['PATH'] ?? '', 'mediasoup-worker'));
    const server = await startPrebuiltServer(t, (_request, response) => response.end(archive));

    const env = { ...machine.env, ...server.env };
    const obtained = await obtainWorker({ cacheFolder, env, build: createBuild().build });

    assert.equal(obtained.origin, 'build');
    assert.deepEqual(await machine.listCachedWorkers(), [path.relative(cacheFolder, obtained.path)]);
  });

  test('a download that hangs is cut off', async (t) => {
    const machine = await createFakeMachine(t);
    const { cacheFolder } = machine;
    const server = await startPrebuiltServer(t, () => {});
    const env = { ...machine.env, ...server.env };
    const startedMs = performance.now();

    const { origin } = await obtainWorker({
      cacheFolder,
      env,
      downloadTimeLimitMs: 3000,
      build: createBuild().build,
    });

    assert.equal(origin, 'build');
    assert.ok(performance.now() - startedMs < 20_000);
    assert.equal(server.requests.length, 1);
    assert.equal(await server.countConnections(), 0);
  });
});

suite('what is missing', () => {
  test('is named, with the way around it, where there is no apt', async (t) => {
    const machine = await createFakeMachine(t);
    for (const tool of ['c++', 'meson', 'ninja', 'flatc', 'pkg-config']) await machine.removeProgram(tool);

    const { message, missing, logFile } = await refusalOf(machine, { isRoot: true });

    assert.deepEqual(missing, [
      'c++',
      'meson',
      'ninja',
      'pkg-config',
      'flatc',
      'libuv',
      'openssl',
      'libsrtp2',
      'flatbuffers',
      'abseil',
    ]);
    for (const name of missing) assert.ok(message.includes(name), name);
    assert.match(message, /MEDIASOUP_WORKER_BIN/);
    assert.ok(logFile !== undefined && message.includes(logFile));
    await access(logFile);
  });

  test('is not installed without root: the command is named', async (t) => {
    const machine = await createFakeMachine(t);
    await machine.removeProgram('flatc');
    await machine.addProgram('apt-get', `echo "$@" >> ${machine.file('apt')}`);

    const { message, missing } = await refusalOf(machine, { isRoot: false });

    assert.deepEqual(missing, ['flatc']);
    assert.match(message, /`apt-get install flatbuffers-compiler` as root/);
    await assert.rejects(access(machine.file('apt')));
  });

  test('is installed with apt as root, after an update where its lists are old', async (t) => {
    const machine = await createFakeMachine(t);
    const { cacheFolder, env } = machine;
    await machine.removeProgram('flatc');
    await machine.addProgram(
      'apt-get',
      [
        `echo "$@" >> ${machine.file('apt')}`,
        `if [ "$1" = update ]; then echo > ${machine.file('updated')}; exit 0; fi`,
        `[ -f ${machine.file('updated')} ] || exit 100`,
        `echo '#!/bin/sh' > ${env['PATH']}/flatc`,
        `/bin/chmod +x ${env['PATH']}/flatc`,
      ].join('\n'),
    );

    const { origin } = await obtainWorker({ cacheFolder, env, isRoot: true, build: createBuild().build });
    const calls = (await readFile(machine.file('apt'), 'utf8')).trim().split('\n');

    assert.equal(origin, 'build');
    assert.deepEqual(
      calls.map((call) => call.split(' ')[0]),
      ['install', 'update', 'install'],
    );
    assert.match(calls[2] ?? '', / flatbuffers-compiler$/);
  });
});

suite('failure', () => {
  test('a build that fails says why and where its log is, and leaves nothing behind', async (t) => {
    const machine = await createFakeMachine(t);
    await machine.addProgram('meson', 'echo "ERROR: Dependency lookup failed"; exit 1');

    const { message, logFile } = await refusalOf(machine);

    assert.match(message, /ERROR: Dependency lookup failed/);
    assert.ok(logFile !== undefined);
    assert.match(await readFile(logFile, 'utf8'), /\$ meson setup [^]*ERROR: Dependency lookup failed/);
    assert.deepEqual(await machine.listCachedWorkers(), []);
    assert.deepEqual((await readdir(machine.cacheFolder)).toSorted(), ['lock.sqlite', path.basename(logFile)]);
  });

  test('a built worker that creates no router does not enter the cache', async (t) => {
    const machine = await createFakeMachine(t);
    await machine.addProgram('mediasoup-worker', 'exit 41');

    await refusalOf(machine, {
      async build(_mediasoupFolder, folder) {
        const built = path.join(folder, 'mediasoup-worker');
        await copyFile(path.join(machine.env['PATH'] ?? '', 'mediasoup-worker'), built);

        return built;
      },
    });

    assert.deepEqual(await machine.listCachedWorkers(), []);
  });
});

suite('two processes at once', () => {
  test('one builds, the other waits and takes what the first built', async (t) => {
    const machine = await createFakeMachine(t);
    const first = obtainInChild(t, machine);
    await first.receive('building');

    const second = obtainInChild(t, machine);
    await second.receive('log', 'waiting');
    first.finishBuild();

    const built = await first.receive('obtained');
    const taken = await second.receive('obtained');

    assert.match(JSON.stringify(built), /"origin":"build"/);
    assert.match(JSON.stringify(taken), /"origin":"cache"/);
    assert.equal((await machine.listCachedWorkers()).length, 1);
  });

  test('one that is killed does not keep the other waiting', async (t) => {
    const machine = await createFakeMachine(t);
    const first = obtainInChild(t, machine);
    await first.receive('building');

    const second = obtainInChild(t, machine);
    await second.receive('log', 'waiting');
    first.kill();
    await second.receive('building');
    second.finishBuild();

    assert.match(JSON.stringify(await second.receive('obtained')), /"origin":"build"/);
    assert.ok(!(await readdir(machine.cacheFolder)).some((name) => name.startsWith('work-')));
  });
});

interface ObtainingChild {
  /** The next message that has this key and, if given, holds this text. */
  receive(key: string, text?: string): Promise<unknown>;
  finishBuild(): void;
  kill(): void;
}

function obtainInChild(t: TestContext, machine: FakeMachine): ObtainingChild {
  const script = path.join(import.meta.dirname, 'obtain-in-child.ts');
  const child: ChildProcess = fork(script, [machine.cacheFolder, realWorker], { env: machine.env });
  const messages = on(child, 'message', { signal: AbortSignal.timeout(waitLimitMs), close: ['exit'] });
  t.after(() => child.kill('SIGKILL'));

  return {
    async receive(key, text = '') {
      // Not for await: leaving such a loop would end the iterator.
      for (;;) {
        const { value, done }: IteratorResult<unknown> = await messages.next();
        if (done) throw new Error(`The process ended before it sent ${key}`);
        const [message]: unknown[] = Array.isArray(value) ? value : [];
        if (typeof message !== 'object' || message === null || !(key in message)) continue;
        if (JSON.stringify(message).includes(text)) return message;
      }
    },
    finishBuild: () => void child.send('finish'),
    kill: () => void child.kill('SIGKILL'),
  };
}
