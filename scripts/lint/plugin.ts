import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { definePlugin, defineRule, type Context, type ESTree } from '@oxlint/plugins';
import { explainForbiddenImport, explainForbiddenPackage } from './import-direction.ts';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const belowRepository = (path: string) => relative(repository, path).split(sep).join('/');

function checkImport(context: Context, node: ESTree.Node, specifier: string, how: 'static' | 'dynamic' | 'types') {
  const importer = belowRepository(context.filename);
  const message = specifier.startsWith('.')
    ? explainForbiddenImport(importer, belowRepository(resolve(dirname(context.filename), specifier)), how === 'types')
    : explainForbiddenPackage(importer, specifier, how);
  if (message) context.report({ node, message });
}

/** Imports point one way, folder by folder. */
const importDirection = defineRule({
  create: (context) => ({
    ImportDeclaration(node) {
      const typesOnly =
        node.importKind === 'type' ||
        (node.specifiers.length > 0 &&
          node.specifiers.every(
            (specifier) => specifier.type === 'ImportSpecifier' && specifier.importKind === 'type',
          ));
      checkImport(context, node, node.source.value, typesOnly ? 'types' : 'static');
    },
    ExportAllDeclaration(node) {
      checkImport(context, node, node.source.value, node.exportKind === 'type' ? 'types' : 'static');
    },
    ExportNamedDeclaration(node) {
      if (!node.source) return;
      const typesOnly =
        node.exportKind === 'type' ||
        (node.specifiers.length > 0 && node.specifiers.every((specifier) => specifier.exportKind === 'type'));
      checkImport(context, node, node.source.value, typesOnly ? 'types' : 'static');
    },
    ImportExpression(node) {
      const { source } = node;
      if (source.type === 'Literal' && typeof source.value === 'string') {
        checkImport(context, node, source.value, 'dynamic');
      }
    },
    TSImportType(node) {
      if (node.source.type === 'Literal') checkImport(context, node, node.source.value, 'types');
    },
  }),
});

/** A cast through `unknown` hides that a value has another shape: write a fake, or parse. */
const noDoubleCast = defineRule({
  create: (context) => ({
    TSAsExpression(node) {
      let inner: ESTree.Expression = node.expression;
      while (inner.type === 'ParenthesizedExpression') inner = inner.expression;
      if (inner.type === 'TSAsExpression' && inner.typeAnnotation.type === 'TSUnknownKeyword') {
        context.report({ node, message: 'no cast through unknown: fix the type or parse the value' });
      }
    },
  }),
});

/** The browser's gates that strict CSP and Trusted Types close. */
const noHtmlSinks = defineRule({
  create: (context) => ({
    AssignmentExpression(node) {
      const { left } = node;
      if (left.type !== 'MemberExpression' || left.property.type !== 'Identifier') return;
      if (['innerHTML', 'outerHTML', 'srcdoc', 'cssText'].includes(left.property.name)) {
        context.report({
          node,
          message: `no ${left.property.name}: the kit stays clean under strict CSP and Trusted Types`,
        });
      }
    },
    CallExpression(node) {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (['insertAdjacentHTML', 'setHTMLUnsafe'].includes(callee.property.name)) {
        context.report({
          node,
          message: `no ${callee.property.name}: the kit stays clean under strict CSP and Trusted Types`,
        });
      }
    },
  }),
});

export default definePlugin({
  meta: { name: 'ils' },
  rules: {
    'import-direction': importDirection,
    'no-double-cast': noDoubleCast,
    'no-html-sinks': noHtmlSinks,
  },
});
