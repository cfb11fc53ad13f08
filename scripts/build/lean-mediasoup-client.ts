import type { Plugin } from 'vite';

/** What stands in for parts of mediasoup-client that no page needs. */
const replacements: readonly (readonly [file: RegExp, code: string])[] = [
  // Another platform's handler, and fakes for its own tests.
  [/\/mediasoup-client\/lib\/handlers\/ReactNative106\.js$/, 'exports.ReactNative106 = undefined;'],
  [/\/mediasoup-client\/lib\/handlers\/FakeHandler\.js$/, 'exports.FakeHandler = undefined;'],
  [/\/mediasoup-client\/lib\/test\/fakeParameters\.js$/, 'exports.testFakeParameters = undefined;'],
  // Its log is for those who work on it; they use the unbundled package.
  [/\/debug\/src\/browser\.js$/, 'module.exports = () => () => {};'],
];

/** Bundles mediasoup-client without what it carries along for React Native, for tests and for its log. */
export function leanMediasoupClient(): Plugin {
  return {
    name: 'ils-lean-mediasoup-client',
    enforce: 'pre',
    load: (id) => replacements.find(([file]) => file.test(id))?.[1],
  };
}
