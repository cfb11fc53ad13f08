import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { say, SetUpError, step } from './progress.mjs';
import { runQuietly } from './run-command.mjs';

/** A program that tests need, and Debian's package of it. */
interface SystemProgram {
  readonly program: string;
  readonly debianPackage: string;
  /** Names a program elsewhere. */
  readonly variable?: string;
  /** What the package starts unasked: it is stopped again. */
  readonly service?: string;
  /** Where the program alone is not enough: what else must be there, and parameters with which it says so. */
  readonly libraries?: { readonly debianPackages: readonly string[]; readonly check: readonly string[] };
  /** What the program needs beside it. */
  readonly file?: string;
}

const GSTREAMER_CHECK = `
import gi
for name in ("Gst", "GstSdp", "GstWebRTC"): gi.require_version(name, "1.0")
from gi.repository import Gst, GstSdp, GstWebRTC
Gst.init(None)
for name in ("webrtcbin", "nicesrc", "dtlsenc", "srtpenc", "openh264enc", "opusenc", "rtph264pay"):
    assert Gst.ElementFactory.find(name)
`;

const testPrograms: readonly SystemProgram[] = [
  { program: 'chromium', debianPackage: 'chromium', variable: 'CHROME_PATH' },
  { program: 'firefox-esr', debianPackage: 'firefox-esr', variable: 'FIREFOX_PATH' },
  { program: 'WebKitWebDriver', debianPackage: 'webkit2gtk-driver' },
  { program: 'Xvfb', debianPackage: 'xvfb' },
  { program: 'ip', debianPackage: 'iproute2' },
  { program: 'ffmpeg', debianPackage: 'ffmpeg' },
  {
    program: 'nginx',
    debianPackage: 'libnginx-mod-rtmp',
    service: 'nginx',
    file: '/usr/lib/nginx/modules/ngx_rtmp_module.so',
  },
  { program: 'turnserver', debianPackage: 'coturn', service: 'coturn' },
  {
    // Debian's own, whatever else is called so: it alone sees the packages.
    program: '/usr/bin/python3',
    debianPackage: 'python3',
    libraries: {
      debianPackages: [
        'python3-gi',
        'gir1.2-gst-plugins-bad-1.0',
        'gstreamer1.0-nice',
        'gstreamer1.0-plugins-base',
        'gstreamer1.0-plugins-good',
        'gstreamer1.0-plugins-bad',
      ],
      check: ['-c', GSTREAMER_CHECK],
    },
  },
  gstreamerPlugin('playbin3', 'gstreamer1.0-plugins-base'),
  gstreamerPlugin('hlsdemux2', 'gstreamer1.0-plugins-good'),
  gstreamerPlugin('h264parse', 'gstreamer1.0-plugins-bad'),
  gstreamerPlugin('avdec_h264', 'gstreamer1.0-libav'),
];

function gstreamerPlugin(element: string, debianPackage: string): SystemProgram {
  return {
    program: 'gst-inspect-1.0',
    debianPackage: 'gstreamer1.0-tools',
    libraries: { debianPackages: [debianPackage], check: ['--exists', element] },
  };
}

const wordPressPrograms: readonly SystemProgram[] = [
  { program: 'php', debianPackage: 'php-cli' },
  { program: 'mariadbd', debianPackage: 'mariadb-server', service: 'mariadb' },
  {
    program: 'php',
    debianPackage: 'wordpress',
    file: '/usr/share/wordpress/wp-load.php',
    libraries: {
      debianPackages: ['wordpress-theme-twentytwentythree', 'php-mysql', 'php-curl', 'php-xml', 'php-mbstring'],
      check: [
        '-r',
        'exit( extension_loaded( "mysqli" ) && is_dir( "/usr/share/wordpress/wp-content/themes/twentytwentythree" ) ? 0 : 1 );',
      ],
    },
  },
];

/** Without it a browser draws boxes for emoji: on screenshots, and in a broadcast that it composes. */
const emojiFont: SystemProgram = { program: 'a font with emoji', debianPackage: 'fonts-noto-color-emoji' };

/** Where fontconfig cannot tell, apt does. */
function hasEmojiFont(): boolean {
  try {
    return execFileSync('fc-list', [':lang=und-zsye'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return succeeds('dpkg', ['-s', emojiFont.debianPackage]);
  }
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** System folders are looked through even where the user's PATH leaves them out. */
function isInstalled({ program, variable, file }: SystemProgram): boolean {
  if (file !== undefined && !existsSync(file)) return false;
  const named = variable === undefined ? undefined : process.env[variable];
  if (named !== undefined) return isRunnable(named);
  if (isAbsolute(program)) return isRunnable(program);
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/bin'];
  return folders.some((folder) => isRunnable(join(folder, program)));
}

function hasLibraries({ program, libraries }: SystemProgram): boolean {
  return libraries === undefined || succeeds(program, libraries.check);
}

function succeeds(command: string, parameters: readonly string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What broadcasting needs on the server: a browser that draws the picture, ffmpeg for the sound, and a font with emoji. */
const broadcastPrograms = testPrograms.filter(({ program }) => program === 'chromium' || program === 'ffmpeg');

/**
 * Installs what broadcasting needs, where it is missing and that can be done without asking. Everything else works
 * without it, so nothing fails here, and after `limitMs` nobody waits any longer: the server looks again at each start
 * of a broadcast.
 */
export async function tryBroadcastPrograms(limitMs: number): Promise<void> {
  const missing = broadcastPrograms.filter((program) => !isInstalled(program));
  if (missing.length > 0 && !hasEmojiFont()) missing.push(emojiFont);
  if (missing.length === 0) return;
  const packages = missing.map(({ debianPackage }) => debianPackage);
  const later = `Broadcasts want ${packages.join(' and ')}: install them when you need them; all else works without.`;
  const isRoot = process.getuid?.() === 0;
  if (!succeeds('apt-get', ['--version']) || (!isRoot && !succeeds('sudo', ['-n', 'true']))) {
    say(later);
    return;
  }
  await step(`Installing ${packages.join(', ')} for broadcasts`, async ({ log }) => {
    const apt = 'apt-get update -qq && apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends "$@"';
    const shell = ['sh', '-c', apt, 'sh', ...packages];
    const [command = 'sh', ...parameters] = isRoot ? shell : ['sudo', '-n', ...shell];
    // On its own, so that it comes to its end whoever waits for it.
    const child = spawn(command, parameters, {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'a' },
    });
    child.unref();
    const ended = new Promise<string>((resolve) => {
      child.once('error', () => resolve(later));
      child.once('exit', (code) => resolve(code === 0 ? '' : later));
      setTimeout(() => resolve('It goes on in the background.'), limitMs).unref();
    });
    const keepWaiting = setInterval(() => {}, limitMs);
    const words = await ended;
    clearInterval(keepWaiting);
    if (words !== '') log(words);
  });
}

/** Installs the browsers and tools that tests drive, where they are missing. Asks nothing. */
export const ensureTestPrograms = () => ensurePrograms(testPrograms);

/** Installs what the test of the plugin for WordPress drives besides, where it is missing. Asks nothing. */
export const ensureWordPress = () => ensurePrograms(wordPressPrograms);

async function ensurePrograms(programs: readonly SystemProgram[]): Promise<void> {
  const missing = programs.filter((program) => !isInstalled(program) || !hasLibraries(program));
  if (!hasEmojiFont()) missing.push(emojiFont);
  if (missing.length === 0) return;
  const packages = missing.flatMap(({ debianPackage, libraries }) => [
    debianPackage,
    ...(libraries?.debianPackages ?? []),
  ]);
  const advice = `Install them yourself (Debian's names: ${packages.join(' ')}) and run the same command again.`;
  if (!succeeds('apt-get', ['--version'])) {
    throw new SetUpError(`The tests need ${missing.map(({ program }) => program).join(', ')}.`, advice);
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !succeeds('sudo', ['-n', 'true'])) {
    throw new SetUpError(`The tests need ${packages.join(', ')}, and installing them needs root.`, advice);
  }
  const apt = async (...parameters: string[]) =>
    runQuietly(isRoot ? 'apt-get' : 'sudo', isRoot ? parameters : ['-n', 'apt-get', ...parameters], {
      name: `apt-${parameters[0]}`,
      env: { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_MODE: 'a' },
      advice,
    });
  await step(`Installing ${packages.join(', ')} (usually one to three minutes)`, async () => {
    await apt('update', '-qq');
    await apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
    stopServices(missing);
  });
}

function stopServices(installed: readonly SystemProgram[]): void {
  if (!existsSync('/run/systemd/system')) return;
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const { service } of installed) {
    if (service === undefined) continue;
    const [command = '', ...parameters] = [...root, 'systemctl', 'disable', '--now', service];
    succeeds(command, parameters);
  }
}
