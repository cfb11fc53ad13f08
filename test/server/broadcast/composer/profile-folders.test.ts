import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, beforeEach, describe, it } from 'node:test';
import { createProfile, sweepProfiles } from '../../../../server/src/broadcast/composer/profile-folders.ts';

const MODULE = new URL('../../../../server/src/broadcast/composer/profile-folders.ts', import.meta.url).href;

describe('profiles of composers', { timeout: 120_000 }, () => {
  let folder: string;
  const folders: string[] = [];
  const running: ChildProcess[] = [];

  /** A server that has made a profile, and goes on. */
  const startServer = async () => {
    const script = `const { createProfile } = await import(${JSON.stringify(MODULE)});
      console.log(await createProfile(${JSON.stringify(folder)}));
      setInterval(() => {}, 1_000);`;
    const server = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(server);
    const [profile] = await once(createInterface({ input: server.stdout }), 'line');
    await writeFile(join(profile, 'Cookies'), 'of the page');
    const kill = async () => {
      server.kill('SIGKILL');
      await once(server, 'exit');
    };
    return { profile: String(profile), kill };
  };
  const kept = async () => (await readdir(folder)).toSorted();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ils-profiles-'));
    folders.push(folder);
  });
  after(async () => {
    for (const one of running) one.kill('SIGKILL');
    for (const one of folders) await rm(one, { recursive: true, force: true });
  });

  it('stay while their server runs, this one or another', async () => {
    const own = await createProfile(folder);
    const { profile } = await startServer();
    await sweepProfiles(folder);
    assert.deepEqual(await kept(), [own, profile].map((path) => basename(path)).toSorted());
  });

  it('are removed when their server was killed', async () => {
    const { kill } = await startServer();
    await kill();
    await sweepProfiles(folder);
    assert.deepEqual(await kept(), []);
  });

  it('stay while their browser runs', async () => {
    const { profile, kill } = await startServer();
    const browser = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)', '--', `--user-data-dir=${profile}`]);
    running.push(browser);
    await symlink(`${hostname()}-${browser.pid}`, join(profile, 'SingletonLock'));
    await kill();
    await sweepProfiles(folder);
    assert.deepEqual(await kept(), [basename(profile)]);
    browser.kill('SIGKILL');
    await once(browser, 'exit');
    await sweepProfiles(folder);
    assert.deepEqual(await kept(), []);
  });

  it('are removed though another process has got the number of theirs', async () => {
    const { profile, kill } = await startServer();
    await kill();
    const [machine = '', , began = ''] = basename(profile).replace('ils-composer-', '').split(/[.-]/);
    await mkdir(join(folder, `ils-composer-${machine}.${process.pid}.${began}-again`));
    await symlink(`${hostname()}-${process.pid}`, join(profile, 'SingletonLock'));
    await sweepProfiles(folder);
    assert.deepEqual(await kept(), []);
  });

  it('are those of this machine alone, and nothing else that is called so', async () => {
    const { profile, kill } = await startServer();
    await kill();
    const name = basename(profile);
    const others = [
      'ils-composer-abcdef',
      name.replace(/-[0-9a-f]{8}\./, '-00000000.'),
      `my-${name}`,
      name.replace(/-\w+$/, '-linked'),
      name.replace(/-\w+$/, '-file'),
    ];
    const [plain = '', foreign = '', longer = '', link = '', file = ''] = others;
    for (const each of [plain, foreign, longer]) await mkdir(join(folder, each));
    await symlink(join(folder, plain), join(folder, link));
    await writeFile(join(folder, file), '');
    await sweepProfiles(folder);
    assert.deepEqual(await kept(), others.toSorted());
  });
});
