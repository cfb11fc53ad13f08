import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

type Properties = Readonly<Record<string, string | null>>;

class StyleProperties extends Directive {
  #set: Properties = {};

  override render(_properties: Properties): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [properties]: [Properties]): unknown {
    if (!(element instanceof HTMLElement)) return noChange;
    for (const name of Object.keys(this.#set)) if (!(name in properties)) element.style.removeProperty(name);
    for (const [name, value] of Object.entries(properties)) {
      if (value === this.#set[name]) continue;
      if (value === null) element.style.removeProperty(name);
      else element.style.setProperty(name, value);
    }
    this.#set = properties;
    return noChange;
  }
}

/**
 * Sets style properties of an element by script: `<div ${styleProperties({ '--_level': '0.4' })}>`.
 * Lit's own `styleMap` writes a style attribute at first, which a strict content security policy refuses.
 */
export const styleProperties = directive(StyleProperties);
