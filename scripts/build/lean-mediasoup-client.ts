import MagicString from 'magic-string';
import type { ESTree, Plugin } from 'vite';
import { walkSyntax } from './walk-syntax.ts';

/** What stands in for parts of mediasoup-client that no page needs. */
const replacements: readonly (readonly [file: RegExp, code: string])[] = [
  // Another platform's handler, and fakes for its own tests.
  [/\/mediasoup-client\/lib\/handlers\/ReactNative106\.js$/, 'exports.ReactNative106 = undefined;'],
  [/\/mediasoup-client\/lib\/handlers\/FakeHandler\.js$/, 'exports.FakeHandler = undefined;'],
  [/\/mediasoup-client\/lib\/test\/fakeParameters\.js$/, 'exports.testFakeParameters = undefined;'],
  // Chromium of before 2023, which lacks much of what the elements' styles stand on.
  [/\/mediasoup-client\/lib\/handlers\/Chrome74\.js$/, 'exports.Chrome74 = undefined;'],
  // Its log is for those who work on it; they use the unbundled package.
  [/\/debug\/src\/browser\.js$/, 'module.exports = () => () => {};'],
];

/** `logger.debug('…')`: without a log it only makes sentences that nobody reads. */
const isLogCall = (node: ESTree.Expression): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.object.type === 'Identifier' &&
  node.callee.object.name === 'logger';

/** Bundles mediasoup-client without what it carries along for React Native, for tests and for its log. */
export function leanMediasoupClient(): Plugin {
  return {
    name: 'ils-lean-mediasoup-client',
    enforce: 'pre',
    load: (id) => replacements.find(([file]) => file.test(id))?.[1],
    transform(code, id) {
      if (!/\/(mediasoup-client|awaitqueue|h264-profile-level-id)\/lib\//.test(id)) return undefined;
      const edited = new MagicString(code);
      walkSyntax(this.parse(code), (node) => {
        if (node.type === 'ExpressionStatement' && isLogCall(node.expression)) edited.update(node.start, node.end, ';');
      });
      return { code: edited.toString(), map: edited.generateMap({ hires: true }) };
    },
  };
}
