import { fileURLToPath } from 'node:url';
import type MagicString from 'magic-string';
import type { ESTree, Plugin } from 'vite';
import { walkSyntax } from '../walk-syntax.ts';
import { moduleOfCommonJs } from './commonjs-to-modules.ts';
import { moduleOfSdpTransform } from './lean-sdp-transform.ts';
import { unusedEvents, unusedMethods } from './unused.ts';

const emitterFile = fileURLToPath(new URL('./enhanced-events.ts', import.meta.url));
const logger = 'export class Logger {\n  debug() {}\n  warn() {}\n  error() {}\n}';

/** What stands in for parts of mediasoup-client that no page needs. */
const replacements: readonly (readonly [file: RegExp, code: string])[] = [
  [/\/mediasoup-client\/lib\/index\.js$/, "export { Device } from './Device.js';"],
  // Another platform's handler.
  [/\/mediasoup-client\/lib\/handlers\/ReactNative106\.js$/, 'export const ReactNative106 = undefined;'],
  // Chromium of before 2023, which lacks much of what the elements' styles stand on.
  [/\/mediasoup-client\/lib\/handlers\/Chrome74\.js$/, 'export const Chrome74 = undefined;'],
  // The room's data go over the socket.
  [/\/mediasoup-client\/lib\/DataProducer\.js$/, 'export const DataProducer = undefined;'],
  [/\/mediasoup-client\/lib\/DataConsumer\.js$/, 'export const DataConsumer = undefined;'],
  // Its log is for those who work on it; they use the unbundled package.
  [/\/(mediasoup-client|awaitqueue|h264-profile-level-id)\/lib\/Logger\.js$/, logger],
];

/** `logger.debug('…')`: without a log it only makes sentences that nobody reads. */
const isLogCall = (node: ESTree.Expression): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.object.type === 'Identifier' &&
  node.callee.object.name === 'logger';

/** `producer.on('@pause', …)`: the `@pause`. */
function listenedTo(node: ESTree.Expression): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { property } = node.callee;
  const [event] = node.arguments;
  if (property.type !== 'Identifier' || property.name !== 'on' || event?.type !== 'Literal') return undefined;
  return String(event.value);
}

/** Takes out of a file of the library what {@link unusedMethods} and {@link unusedEvents} name. */
function cutUnused(edited: MagicString, program: ESTree.Program, file: string): void {
  const cut: string[] = [];
  walkSyntax(program, (node) => {
    if (node.type === 'ExpressionStatement') {
      const event = listenedTo(node.expression);
      if (isLogCall(node.expression)) edited.update(node.start, node.end, ';');
      else if (event !== undefined && unusedEvents.includes(event)) edited.remove(node.start, node.end);
    } else if (node.type === 'MethodDefinition' && node.key.type === 'Identifier') {
      if (unusedMethods[file]?.includes(node.key.name) !== true) return;
      cut.push(node.key.name);
      edited.remove(node.start, node.end);
    } else if (node.type === 'NewExpression' && node.callee.type === 'MemberExpression') {
      // Only the makers of logs are surely without effect.
      const { property } = node.callee;
      if (property.type === 'Identifier' && property.name === 'Logger')
        edited.prependLeft(node.start, '/* @__PURE__ */ ');
    }
  });
  for (const name of unusedMethods[file] ?? []) {
    if (!cut.includes(name)) throw new Error(`mediasoup-client has no ${file}.${name} to leave out`);
  }
}

/** What our own files call the library's objects. */
const ourNames = /(?:^|\.)(?:device|transport|producer|consumer)$/;

/** Fails the build when something calls what has been left out. */
function assertUncalled(text: string, program: ESTree.Program, isCallee: (object: string) => boolean): void {
  const missing = new Set(Object.values(unusedMethods).flat());
  walkSyntax(program, (node) => {
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return;
    const object = text.slice(node.object.start, node.object.end);
    if (!missing.has(node.property.name) || !isCallee(object)) return;
    throw new Error(`this is left out of mediasoup-client: ${text.slice(node.start, node.end)}`);
  });
}

/**
 * Bundles mediasoup-client as modules, without what it carries along for React Native, for tests, for its log, for data
 * channels and for whatever else nothing of ours calls.
 */
export function leanMediasoupClient(): Plugin {
  return {
    name: 'ils-lean-mediasoup-client',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('/enhancedEvents') ? emitterFile : undefined),
    load: (id) => replacements.find(([file]) => file.test(id))?.[1],
    transform(code, id) {
      if (/\/src\/media\/mediasoup\/.*\.ts$/.test(id)) {
        assertUncalled(code, this.parse(code, { lang: 'ts' }), (object) => ourNames.test(object));
      }
      if (replacements.some(([file]) => file.test(id))) return undefined;
      if (/\/sdp-transform\/lib\//.test(id)) return moduleOfSdpTransform(code, id, (text) => this.parse(text));
      const theirs = /\/(?:mediasoup-client|awaitqueue|h264-profile-level-id)\/lib\/(?:.+\/)?(\w+)\.js$/.exec(id);
      if (!theirs) return undefined;
      const [, file = ''] = theirs;
      const program = this.parse(code);
      const edited = moduleOfCommonJs(code, program);
      cutUnused(edited, program, file);
      const text = edited.toString();
      // Media sections have a `pause` of their own.
      assertUncalled(text, this.parse(text), (object) => file !== 'RemoteMediaSection' || object !== 'this');
      return { code: text, map: edited.generateMap({ hires: true }) };
    },
  };
}
