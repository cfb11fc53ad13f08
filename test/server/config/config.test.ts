import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ConfigError, createConfig, DEVELOPMENT_API_KEY, readConfig } from '../../../server/src/config/config.ts';
import { createHelp } from '../../../server/src/config/help.ts';
import { namedSettings } from '../../../server/src/config/settings.ts';

const secret = 'a secret of more than 32 characters';

function problemsOf(flags: string[], environment: Record<string, string> = {}): string {
  try {
    readConfig({ flags, environment });
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
  return assert.fail('the configuration was accepted');
}

describe('configuration', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ils-config-'));
  });
  after(() => rm(folder, { recursive: true }));

  const writeSettings = async (name: string, content: string) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  it('takes flags before environment before file before default', async () => {
    const file = await writeSettings(
      'order.json',
      JSON.stringify({ port: 1001, workers: 2, maxParticipants: 30, turnUrls: [], secret }),
    );
    const config = readConfig({
      flags: ['--config', file, '--port=3003'],
      environment: { ILS_PORT: '2002', ILS_WORKERS: '5', ILS_HOST: '' },
    });
    assert.equal(config.port, 3003, 'flag');
    assert.equal(config.workers, 5, 'environment');
    assert.equal(config.maxParticipants, 30, 'file');
    assert.equal(config.host, '0.0.0.0', 'default; an empty variable counts as none');
  });

  it('finds the file by the environment as well', async () => {
    const file = await writeSettings('environment.json', JSON.stringify({ port: 1001, secret }));
    assert.equal(readConfig({ flags: [], environment: { ILS_CONFIG: file } }).port, 1001);
  });

  it('reads switches and lists in each of their spellings', () => {
    const config = readConfig({
      flags: ['--dev', '--no-demo', '--media-tcp=false', '--stun-urls=stun:a', '--stun-urls', 'stun:b, stun:c'],
      environment: { ILS_ALLOWED_ORIGINS: 'https://shop.example,http://localhost:6006' },
    });
    assert.equal(config.dev, true);
    assert.equal(config.demo, false);
    assert.equal(config.mediaTcp, false);
    assert.deepEqual(config.stunUrls, ['stun:a', 'stun:b', 'stun:c']);
    assert.deepEqual(config.allowedOrigins, ['https://shop.example', 'http://localhost:6006']);
  });

  it('names each wrong value, what is allowed and where it came from', () => {
    const problems = problemsOf(['--port', 'many', '--log-level=loud'], {
      ILS_MEDIA_PORTS: '50-20',
      ILS_SECRET: secret,
    });
    assert.match(problems, /^port: "many" is not allowed, only a port from 0 to 65535 \(--port\)$/m);
    assert.match(problems, /^logLevel: "loud" is not allowed, only one of fatal, .*silent \(--log-level\)$/m);
    assert.match(problems, /^mediaPorts: "50-20" is not allowed, only two ports .* \(ILS_MEDIA_PORTS\)$/m);
  });

  it('never shows a secret, not even a wrong one', () => {
    const problems = problemsOf(['--secret', 'hunter2'], { ILS_API_KEYS: 'hunter3' });
    assert.match(problems, /^secret: the value given is not allowed, only at least 32 characters/m);
    assert.match(problems, /^apiKeys: the value given/m);
    assert.doesNotMatch(problems, /hunter/);
  });

  it('refuses what it does not know', async () => {
    assert.match(problemsOf(['--prot', '80', '--dev']), /^--prot: there is no such setting/m);
    assert.match(problemsOf(['--dev', '--no-port']), /^--no-port: there is no such setting/m);
    assert.match(problemsOf(['--dev', 'serve']), /^serve: settings are given as --name value$/m);
    assert.match(problemsOf(['--data', '--dev']), /^data: --data needs a value/m);
    const file = await writeSettings('unknown.json', JSON.stringify({ prot: 80, secret }));
    assert.match(problemsOf(['--config', file]), /^prot: there is no such setting \(.*unknown\.json\)$/m);
  });

  it('says why a file cannot be read', async () => {
    assert.match(
      problemsOf(['--dev', '--config', join(folder, 'absent.json')]),
      /^config: cannot read .*absent\.json: ENOENT/m,
    );
    const broken = await writeSettings('broken.json', '{');
    assert.match(problemsOf(['--dev', '--config', broken]), /^config: cannot read .*broken\.json/m);
    const list = await writeSettings('list.json', '3');
    assert.match(problemsOf(['--dev', '--config', list]), /must hold one object/);
  });

  it('refuses addresses that are none', () => {
    for (const [flag, value] of [
      ['--trusted-proxies', '999.1.1.1'],
      ['--trusted-proxies', '10.0.0.0/99'],
      ['--trusted-proxies', '10.0.0.0/8/8'],
      ['--trusted-proxies', 'proxy.example'],
      ['--media-listen', '300.1.1.1'],
      ['--jwks', 'https://'],
    ] as const) {
      assert.match(problemsOf([...(flag === '--jwks' ? [] : ['--dev']), flag, value]), / is not allowed, only /, value);
    }
    for (const network of ['10.0.0.0/8', '127.0.0.1', '::1', 'fd00::/8'])
      assert.deepEqual(createConfig({ dev: true, trustedProxies: [network] }).trustedProxies, [network]);
  });

  it('refuses settings that cannot stand together', () => {
    const refused: [Parameters<typeof createConfig>[0], RegExp][] = [
      [{}, /^secret: needed/],
      [{ secret, https: true }, /^https: only with --dev/],
      [{ secret, apiKeys: [DEVELOPMENT_API_KEY] }, /^apiKeys:/],
      [{ dev: true, workers: 4, mediaPorts: { from: 40_000, to: 40_002 } }, /^mediaPorts: .*4/],
      [{ dev: true, mediaUdp: false, mediaTcp: false }, /^mediaUdp:/],
      [{ dev: true, https: true, port: 80, httpsPort: 80 }, /^httpsPort:/],
      [{ dev: true, turnUrls: ['turn:turn.example'] }, /^turnUrls:/],
      [{ dev: true, turnSecret: 'x', turnUsername: 'y' }, /^turnSecret:/],
    ];
    for (const [settings, problem] of refused) {
      assert.throws(
        () => createConfig(settings),
        (error) => error instanceof ConfigError && problem.test(error.message),
        JSON.stringify(settings),
      );
    }
  });

  it('takes as many ports as workers, or any free ones', () => {
    for (const mediaPorts of [
      { from: 40_000, to: 40_003 },
      { from: 0, to: 0 },
    ]) {
      assert.deepEqual(createConfig({ dev: true, workers: 4, mediaPorts }).mediaPorts, mediaPorts);
    }
  });

  it('is closed in public and open in development', () => {
    const live = createConfig({ secret });
    assert.deepEqual(live.apiKeys, []);
    assert.deepEqual(live.allowedOrigins, []);
    assert.equal(live.demo, false);
    assert.equal(live.logFormat, 'json');
    const development = createConfig({ dev: true });
    assert.deepEqual(development.apiKeys, [DEVELOPMENT_API_KEY]);
    assert.equal(development.demo, true);
    assert.equal(development.logFormat, 'lines');
    assert.ok(development.mediaAnnounced.includes('127.0.0.1'));
  });

  it('keeps the media where the host is', () => {
    const loopback = createConfig({ dev: true, host: '127.0.0.1' });
    assert.equal(loopback.mediaListen, '127.0.0.1');
    assert.deepEqual(loopback.mediaAnnounced, ['127.0.0.1']);
    const one = createConfig({ dev: true, host: '192.0.2.7' });
    assert.equal(one.mediaListen, '192.0.2.7');
    assert.deepEqual(one.mediaAnnounced, ['192.0.2.7']);
    const announced = createConfig({ secret, mediaAnnounced: ['203.0.113.9'] });
    assert.equal(announced.mediaListen, '0.0.0.0');
    assert.deepEqual(announced.mediaAnnounced, ['203.0.113.9']);
  });

  it('explains every setting in its help: flag, environment, default, what is allowed', () => {
    const help = createHelp();
    for (const { name, flag, environment, notes } of namedSettings) {
      const entry = help.slice(help.indexOf(`  ${flag} `.trimEnd()));
      assert.ok(help.includes(`  ${flag}`), flag);
      assert.ok(entry.includes(environment), environment);
      assert.ok(entry.includes(`"${name}"`), name);
      assert.ok(entry.includes(notes.about), notes.about);
      assert.ok(entry.includes(`Allowed: ${notes.allowed}`), notes.allowed);
    }
    assert.match(help, /--port <port>\n.*\n.*Default: 7888\./);
    assert.doesNotMatch(help, /undefined|\[object/);
  });
});
