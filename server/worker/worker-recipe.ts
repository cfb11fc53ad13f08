import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const subprojectsFolder = fileURLToPath(new URL('./subprojects', import.meta.url));

/** Arguments of `meson setup`: nothing may come from the network. */
export const mesonSetupArguments: readonly string[] = [
  '--buildtype=release',
  '-Db_ndebug=true',
  '-Dms_use_builtin_bwe=false',
  '--wrap-mode=nodownload',
];

interface SourcePatch {
  file: string;
  from: string;
  to: string;
}

const patches: readonly SourcePatch[] = [
  // Debian 12 has meson 1.0.1, which is enough.
  { file: 'meson.build', from: "  meson_version: '>= 1.1.0',\n", to: '' },
  // The bit is never alone: a returning control call was answered 1, which an OpenSSL with kernel TLS takes for "on".
  {
    file: 'src/RTC/DtlsTransport.cpp',
    from: '(operationType == BIO_CB_RETURN)',
    to: '((operationType & BIO_CB_RETURN) != 0)',
  },
];

interface SourceList {
  /** The file that declares the list. */
  mesonFile: string;
  variable: string;
}

const groupedLists: readonly SourceList[] = [
  { mesonFile: 'meson.build', variable: 'common_sources' },
  { mesonFile: 'deps/libwebrtc/meson.build', variable: 'libwebrtc_sources' },
];

const groupLength = 10;
const groupBytes = 130_000;

/** Sources whose file-local names collide with those of others, by file name without extension. */
const compiledAlone = new Set([
  'UnixStreamSocketHandle',
  'UdpSocketHandle',
  'TcpServerHandle',
  'TcpConnectionHandle',
  'Settings',
  'Logger',
  'WebRtcTransport',
  'PipeTransport',
  'PlainTransport',
  'TransportCongestionControlServer',
  'SvcProducerStreamManager',
  'TransmissionControlBlock',
  'RtxStream',
  'RtpStreamSend',
  'RtpStreamRecv',
  'TargetRateController',
  'LossBasedController',
  'trendline_estimator',
]);

/**
 * Copies the worker's sources out of mediasoup's package and makes them build against the system's libraries.
 *
 * @throws Error when the sources are not those that this recipe was written for.
 */
export async function prepareSources(mediasoupFolder: string, sourceFolder: string): Promise<void> {
  await cp(path.join(mediasoupFolder, 'worker'), sourceFolder, {
    recursive: true,
    // What mediasoup's own script may have left behind.
    filter: (source) => !/[\\/]worker[\\/](?:out|prebuild|pip_[^\\/]+)$/.test(source),
  });

  await rm(path.join(sourceFolder, 'subprojects'), { recursive: true, force: true });
  await cp(subprojectsFolder, path.join(sourceFolder, 'subprojects'), { recursive: true });

  for (const { file, from, to } of patches) {
    const text = await readFile(path.join(sourceFolder, file), 'utf8');

    if (!text.includes(from)) throw new Error(`${file} of mediasoup's worker no longer holds ${JSON.stringify(from)}`);

    await writeFile(
      path.join(sourceFolder, file),
      text.replace(from, () => to),
    );
  }

  for (const list of groupedLists) await groupSources(sourceFolder, list);
}

/** Compiles about ten sources as one: most of the time goes into reading the same headers again. */
async function groupSources(sourceFolder: string, { mesonFile, variable }: SourceList): Promise<void> {
  const mesonPath = path.join(sourceFolder, mesonFile);
  const folder = path.dirname(mesonPath);
  const text = await readFile(mesonPath, 'utf8');
  const pattern = new RegExp(`^${variable} = \\[([^\\]]*)\\]`, 'm');
  const sources = [...(pattern.exec(text)?.[1] ?? '').matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');

  if (sources.length === 0) throw new Error(`${mesonFile} of mediasoup's worker has no list named ${variable}`);

  const alone = sources.filter((source) => compiledAlone.has(path.parse(source).name));
  const together = sources.filter((source) => !alone.includes(source));
  const groups = await writeGroups(folder, together);
  const list = [...groups, ...alone].map((source) => `  '${source}',\n`).join('');

  await writeFile(
    mesonPath,
    text.replace(pattern, () => `${variable} = [\n${list}]`),
  );
}

async function writeGroups(folder: string, sources: readonly string[]): Promise<string[]> {
  const groups: string[][] = [];
  let bytes = 0;

  for (const source of sources) {
    const { size } = await stat(path.join(folder, source));
    const last = groups.at(-1);

    if (last && last.length < groupLength && bytes + size <= groupBytes) {
      last.push(source);
      bytes += size;
    } else {
      groups.push([source]);
      bytes = size;
    }
  }

  await mkdir(path.join(folder, 'groups'));

  return Promise.all(
    groups.map(async (group, index) => {
      const file = `groups/group-${index + 1}${path.extname(group[0] ?? '')}`;
      const text = group.map((source) => `#include "../${source}"\n#undef MS_CLASS\n`).join('');

      await writeFile(path.join(folder, file), text);

      return file;
    }),
  );
}

/** A short fingerprint of everything here that goes into the binary; the same from source and built. */
export async function readRecipeFingerprint(): Promise<string> {
  const entries = await readdir(subprojectsFolder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  const hash = createHash('sha256');

  for (const file of files) {
    hash.update(path.relative(subprojectsFolder, file)).update('\0');
    hash.update(await readFile(file)).update('\0');
  }
  hash.update(JSON.stringify([mesonSetupArguments, patches]));

  return hash.digest('hex').slice(0, 8);
}
