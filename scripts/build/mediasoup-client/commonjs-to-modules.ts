import MagicString from 'magic-string';
import type { ESTree } from 'vite';
import { walkSyntax } from '../walk-syntax.ts';

/** `require('x')`, also as TypeScript wraps it: the `x`. */
function requiredBy(node: ESTree.Expression | null | undefined): string | undefined {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const [argument] = node.arguments;
  if (node.callee.name === '__importStar' && argument?.type === 'CallExpression') return requiredBy(argument);
  if (node.callee.name !== 'require' || argument?.type !== 'Literal') return undefined;
  return typeof argument.value === 'string' ? argument.value : undefined;
}

/** `exports.name`: the `name`. */
function exportedBy(node: ESTree.Node): string | undefined {
  if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier') return undefined;
  return node.object.name === 'exports' && node.property.type === 'Identifier' ? node.property.name : undefined;
}

/** `Object.defineProperty(exports, 'name', { get: function () { return of.that; } })`: the name, `of` and `that`. */
const reexport = /^Object\.defineProperty\(exports, "(\w+)", \{.*return (\w+)\.(\w+);/;
const esModuleMark = /^Object\.defineProperty\(exports, "__esModule"/;

/**
 * Makes a module of what TypeScript has written as CommonJS, so that the bundler sees which parts are used and can rename them.
 * Throws where the text holds anything that such files do not.
 */
export function moduleOfCommonJs(code: string, program: ESTree.Program): MagicString {
  const edited = new MagicString(code);
  const exported: string[] = [];
  const required = new Map<string, string>();
  for (const statement of program.body) {
    if (statement.type === 'ExpressionStatement') {
      const { expression, start, end } = statement;
      const text = code.slice(start, end);
      const [, name, source = '', original] = reexport.exec(text) ?? [];
      if (name !== undefined) {
        edited.update(start, end, `export { ${original} as ${name} } from ${JSON.stringify(required.get(source))};`);
      } else if (esModuleMark.test(text) || isMarker(expression)) {
        edited.remove(start, end);
      } else if (expression.type === 'AssignmentExpression' && expression.right.type === 'Identifier') {
        const as = exportedBy(expression.left);
        if (as === undefined) continue;
        exported.push(`${expression.right.name} as ${as}`);
        edited.remove(start, end);
      }
    } else if (statement.type === 'VariableDeclaration') {
      const [declarator] = statement.declarations;
      if (declarator?.id.type !== 'Identifier') continue;
      const { name } = declarator.id;
      const source = requiredBy(declarator.init);
      if (source !== undefined) {
        required.set(name, source);
        edited.update(statement.start, statement.end, `import * as ${name} from ${JSON.stringify(source)};`);
      } else if (name.startsWith('__')) {
        edited.remove(statement.start, statement.end);
      }
    }
  }
  // The end of an enumeration: `(exports.Profile = Profile = {})`.
  walkSyntax(program, (node) => {
    if (node.type !== 'AssignmentExpression' || node.right.type !== 'AssignmentExpression') return;
    const name = exportedBy(node.left);
    if (name === undefined || node.right.left.type !== 'Identifier') return;
    edited.remove(node.start, node.right.start);
    exported.push(`${node.right.left.name} as ${name}`);
  });
  if (exported.length > 0) edited.append(`\nexport { ${exported.join(', ')} };\n`);
  const left = /(?<![.\w])(?:exports|module|require)\b[.([].{0,40}/.exec(
    edited.toString().replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
  );
  if (left) throw new Error(`no module can be made of: ${left[0]}`);
  return edited;
}

/** `'use strict'` and `exports.one = exports.other = void 0`. */
function isMarker(node: ESTree.Expression): boolean {
  if (node.type === 'Literal') return node.value === 'use strict';
  let last: ESTree.Expression = node;
  while (last.type === 'AssignmentExpression' && exportedBy(last.left) !== undefined) last = last.right;
  return last.type === 'UnaryExpression' && last.operator === 'void';
}
