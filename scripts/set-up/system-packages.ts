import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { SetUpError, step } from './progress.mjs';
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

/** Installs the browsers and tools that tests drive, where they are missing. Asks nothing. */
export async function ensureTestPrograms(): Promise<void> {
  const missing = testPrograms.filter((program) => !isInstalled(program) || !hasLibraries(program));
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
