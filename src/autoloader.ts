import { defineElement } from './elements/define-element.ts';
import { elementLoaders, loadMoreLoaders } from './elements/loaders.ts';

const requested = new Set<string>();

function load(tag: string): void {
  if (!tag.startsWith('ils-') || requested.has(tag)) return;
  requested.add(tag);
  define(tag as `ils-${string}`).catch((error: unknown) => {
    // The next tag that comes into the page tries again.
    requested.delete(tag);
    console.error(`<${tag}> could not be loaded.`, error);
  });
}

async function define(tag: `ils-${string}`): Promise<void> {
  const loader = elementLoaders[tag] ?? (await loadMoreLoaders())[tag];
  if (loader !== undefined) defineElement(tag, await loader());
}

function loadWithin(node: ParentNode | Element): void {
  if ('localName' in node) load(node.localName);
  for (const element of node.querySelectorAll(':not(:defined)')) load(element.localName);
}

/**
 * Loads and registers the elements of the kit that stand in `root`, now and whenever one comes into it, until the signal aborts.
 * Shadow roots of the page's own are not looked into: call it with each that holds elements of the kit.
 */
export function autoload(root: Document | ShadowRoot | Element, signal?: AbortSignal): void {
  if (signal?.aborted) return;
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) loadWithin(node as Element);
    }
  });
  observer.observe(root, { childList: true, subtree: true });
  signal?.addEventListener('abort', () => observer.disconnect(), { once: true });
  loadWithin(root);
}
