import type { ESTree } from 'vite';

/** Visits every node of a syntax tree, the outer ones first. */
export function walkSyntax(node: unknown, visit: (node: ESTree.Node) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) walkSyntax(one, visit);
  } else if (typeof node === 'object' && node !== null && 'type' in node) {
    visit(node as ESTree.Node);
    for (const child of Object.values(node)) walkSyntax(child, visit);
  }
}
