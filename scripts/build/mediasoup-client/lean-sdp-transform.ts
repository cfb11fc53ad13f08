import MagicString, { type SourceMap } from 'magic-string';
import type { ESTree } from 'vite';
import { walkSyntax } from '../walk-syntax.ts';

/**
 * Lines of a session description that neither browsers' WebRTC nor mediasoup-client ever look into. sdp-transform keeps what it
 * has no rule for as it is and writes it again.
 */
const unreadLines: readonly string[] = [
  'control',
  'crypto',
  'connectionType',
  'ptime',
  'maxptime',
  'remoteCandidates',
  'imageattrs',
  'framerate',
  'sourceFilter',
  'label',
  'tsRefClocks',
  'mediaClk',
  'keywords',
  'content',
  'bfcpFloorCtrl',
  'bfcpConfId',
  'bfcpUserId',
  'bfcpFloorId',
];

/** By the name of the file: what makes a module of its CommonJS. */
const edits: Readonly<Record<string, readonly (readonly [before: RegExp, after: string])[]>> = {
  index: [
    [
      /^[\s\S]*$/,
      "export { parse, parseParams } from './parser.js';\nexport { default as write } from './writer.js';\n",
    ],
  ],
  grammar: [
    [/^var grammar = module\.exports = \{/, 'const grammar = {'],
    [/$/, '\nexport default grammar;\n'],
  ],
  parser: [
    [/var grammar = require\('\.\/grammar'\);/, "import grammar from './grammar.js';"],
    [/exports\.parse = /, 'export const parse = '],
    [/exports\.parseParams = /, 'export const parseParams = '],
    [/\/\/ For backward compatibility[\s\S]*$/, ''],
  ],
  writer: [
    [/^var grammar = require\('\.\/grammar'\);/, "import grammar from './grammar.js';"],
    [/module\.exports = /, 'export default '],
  ],
};

/** What a grammar rule is about. */
function subjectOf(rule: ESTree.ObjectExpression): unknown {
  for (const property of rule.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.value.type !== 'Literal')
      continue;
    if (property.key.name === 'name' || property.key.name === 'push') return property.value.value;
  }
  return undefined;
}

/** Makes a module of a file of sdp-transform, the grammar with the rules alone that are needed. */
export function moduleOfSdpTransform(
  code: string,
  file: string,
  parse: (text: string) => ESTree.Program,
): { code: string; map: SourceMap } {
  const name = /(\w+)\.js$/.exec(file)?.[1] ?? '';
  const edited = new MagicString(code);
  for (const [before, after] of edits[name] ?? []) {
    if (!before.test(code)) throw new Error(`${file} holds no ${before}`);
    edited.replace(before, after);
  }
  if (name === 'grammar') {
    const cut: unknown[] = [];
    walkSyntax(parse(code), (node) => {
      if (node.type !== 'ArrayExpression') return;
      for (const rule of node.elements) {
        const subject = rule?.type === 'ObjectExpression' ? subjectOf(rule) : undefined;
        if (!rule || typeof subject !== 'string' || !unreadLines.includes(subject)) continue;
        cut.push(subject);
        edited.remove(rule.start, code.indexOf(',', rule.end) + 1);
      }
    });
    const absent = unreadLines.filter((line) => !cut.includes(line));
    if (absent.length > 0) throw new Error(`sdp-transform has no rule for ${absent.join(', ')}`);
  }
  return { code: edited.toString(), map: edited.generateMap({ hires: true }) };
}
