import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { repository } from '../set-up/paths.mjs';

const source = join(repository, 'node_modules/hls.js/src');
const { version }: { version: string } = JSON.parse(readFileSync(join(source, '../package.json'), 'utf8'));

/** What the kit's own broadcast needs of hls.js; every other part stays out. */
const wanted: ReadonlySet<string> = new Set(['__USE_ALT_AUDIO__']);

const constants: Readonly<Record<string, string>> = {
  __VERSION__: `'${version}'`,
  __IN_WORKER__: 'false',
  // Without a bundle to put into a blob there is no worker.
  __HLS_WORKER_BUNDLE__: 'undefined',
};

const nothing = 'export default undefined;';
/** Whole modules that go, with what stands in for them; those that only a constant keeps away go by themselves. */
const standIns: readonly (readonly [file: RegExp, text: string])[] = [
  [/\/controller\/(cmcd|eme|content-steering|interstitials|fps|id3-track)-controller\.ts$/, nothing],
  [/\/utils\/cues\.ts$/, nothing],
  [/\/controller\/iframe-controller\.ts$/, 'export const IFrameController = undefined;'],
  [/\/demux\/(tsdemuxer|audio\/(aac|mp3)demuxer)\.ts$/, nothing],
  // Nothing is encrypted, and files come whole.
  [
    /\/loader\/key-loader\.ts$/,
    'export default class KeyLoader { abort() {} destroy() {} loadClear() { return null; } load() { return Promise.reject(new Error("encrypted")); } }',
  ],
  [/\/crypt\/decrypter\.ts$/, 'export default class Decrypter { reset() {} destroy() {} }'],
  [/\/utils\/fetch-loader\.ts$/, `${nothing} export const fetchSupported = () => false;`],
];

/** Parts that stay in however the constants are, as their modules name them. */
const cuts: readonly (readonly [file: RegExp, part: RegExp, replacement: string])[] = [
  [/\/demux\/inject-worker\.ts$/, /^import '\.\/transmuxer-worker';$/m, ''],
  // The packager makes CMAF: no transport streams, no raw AAC or MP3.
  [/\/demux\/transmuxer\.ts$/, /^ {2}\{ demux: (TS|AAC|MP3)Demuxer, remux: MP4Remuxer \},$/gm, ''],
];

/**
 * Bundles, for what `load-lean-hls.ts` imports, a hls.js made of its published sources: CMAF, low latency and a separate
 * rendition of sound, which its light build cannot play, but no captions, DRM, advertisements or transport streams.
 */
export function leanHls(): Plugin {
  return {
    name: 'ils-lean-hls',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === 'hls.js' && importer?.endsWith('/load-lean-hls.ts')) return join(source, 'exports-default.ts');
      return undefined;
    },
    load: (id) => (id.startsWith(source) ? standIns.find(([file]) => file.test(id))?.[1] : undefined),
    transform(code, id) {
      if (!id.startsWith(source)) return undefined;
      let text = code.replaceAll(/\b__(USE_\w+|VERSION|IN_WORKER|HLS_WORKER_BUNDLE)__/g, (name) =>
        name.startsWith('__USE_') ? String(wanted.has(name)) : (constants[name] ?? name),
      );
      for (const [file, part, replacement] of cuts) {
        if (!file.test(id)) continue;
        if (!new RegExp(part, part.flags.replace('g', '')).test(text))
          throw new Error(`hls.js has changed: ${id} lacks ${String(part)}`);
        text = text.replace(part, replacement);
      }
      // What nobody uses may go.
      return { code: text, map: null, moduleSideEffects: false };
    },
  };
}
