/**
 * The elements rendered on a server as declarative shadow DOM. Wants `@lit-labs/ssr` beside the kit.
 * @packageDocumentation
 */
import { html, LitElementRenderer, render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { html as hydratable, type LitElement, type TemplateResult } from 'lit';
import './define.ts';
import { LazyPart } from './elements/lazy-part.ts';
import { speech } from './locales/speech.ts';
import { prepareWords } from './locales/words.ts';
import { createUnconnectedRoom } from './unconnected-room.ts';

export interface RenderOptions {
  /** Language of the page, as its `lang` says it: a BCP 47 tag. Default: `en`. */
  readonly lang?: string;
  /** The nonce of the page's policy, where that lets in no other style: it is written on each `<style>`. */
  readonly nonce?: string;
}

const NONCE = /^[\w+/-]+={0,2}$/;

/**
 * Writes into `markup` what each `<ils-…>` tag shows before there is a connection, as declarative shadow DOM: complete before any
 * script has run. The page takes it over when it loads `ils-kit/hydrate` before anything else of the kit.
 * @param markup HTML of a page or a part of one; it comes from you: no text of a stranger is made safe here
 * @returns the same with a `<template shadowrootmode>` in each element
 * @throws {RangeError} `nonce` is not written in base64
 */
export async function renderToString(markup: string, { lang = 'en', nonce }: RenderOptions = {}): Promise<string> {
  if (nonce !== undefined && !NONCE.test(nonce)) throw new RangeError('A nonce is written in base64.');
  await prepareWords(lang);
  const elementRenderers = [createRenderer(lang, nonce)];
  return inPlaceOfBrowser(() => collectResultSync(render(html(asTemplate(markup)), { elementRenderers })));
}

const asTemplate = (markup: string) => Object.assign([markup], { raw: [markup] });

/** An icon or a line of it, which elements put together node by node. */
class DrawnShape {
  readonly #tag: string;
  #attributes = '';
  #content = '';
  #drawn: TemplateResult | undefined;

  constructor(tag: string) {
    this.#tag = tag;
  }

  setAttribute(name: string, value: string): void {
    this.#attributes += ` ${name}="${value}"`;
  }

  append(shape: DrawnShape): void {
    this.#content += shape.markup;
  }

  get markup(): string {
    return `<${this.#tag}${this.#attributes}>${this.#content}</${this.#tag}>`;
  }

  /** What stands for a node in a template. */
  cloneNode(): TemplateResult {
    return (this.#drawn ??= hydratable(asTemplate(this.markup)));
  }
}

/** A renderer of our elements which knows the room around each. */
function createRenderer(lang: string, nonce: string | undefined): typeof LitElementRenderer {
  return class extends LitElementRenderer {
    override connectedCallback(): void {
      speakIn(this.element, lang);
      super.connectedCallback();
    }

    override renderShadow(info: Parameters<LitElementRenderer['renderShadow']>[0]) {
      const room = info.customElementInstanceStack.findLast((renderer) => renderer?.tagName === 'ils-room');
      const context =
        room === undefined || this.element.getAttribute('for')
          ? undefined
          : createUnconnectedRoom(this.tagName, room.element?.hasAttribute('auto-join') ?? false);
      if (context !== undefined) Object.defineProperty(this.element, 'room', { value: context });
      speech.peek().prepare?.(this.element);
      const parts = super.renderShadow(info) ?? [];
      return nonce === undefined
        ? parts
        : parts.map((part) => (part === '<style>' ? `<style nonce="${nonce}">` : part));
    }
  };
}

/** Elements look around them for their language; on a server nothing is around them. */
function speakIn(element: LitElement, lang: string): void {
  const page = { getAttribute: () => lang };
  Object.defineProperty(element, 'closest', { value: (selector: string) => (selector === '[lang]' ? page : null) });
}

/** Elements draw as if they were in a page that never changes, and load nothing. */
function inPlaceOfBrowser<T>(draw: () => T): T {
  const standIns: Readonly<Record<string, unknown>> = {
    document: {
      getElementById: () => null,
      createElementNS: (_namespace: string, tag: string) => new DrawnShape(tag),
    },
    MutationObserver: class {
      observe(): void {}
    },
  };
  const added = Object.keys(standIns).filter((name) => !(name in globalThis));
  const need = Object.getOwnPropertyDescriptor(LazyPart.prototype, 'need') ?? {};
  for (const name of added) Object.defineProperty(globalThis, name, { configurable: true, value: standIns[name] });
  Object.defineProperty(LazyPart.prototype, 'need', { ...need, value: () => undefined });
  try {
    return draw();
  } finally {
    Object.defineProperty(LazyPart.prototype, 'need', need);
    for (const name of added) Reflect.deleteProperty(globalThis, name);
  }
}
