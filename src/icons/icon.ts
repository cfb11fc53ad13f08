import { noChange, type TemplateResult } from 'lit';
import { Directive, directive, type DirectiveResult, type PartInfo } from 'lit/directive.js';

/** The shapes of one icon on a 24 × 24 grid. */
export type IconNode = ReadonlyArray<readonly [tag: string, attributes: Readonly<Record<string, string>>]>;

/** What a template may hold where an icon stands. */
export type IconResult = DirectiveResult<typeof IconDirective> | TemplateResult;

const SVG = 'http://www.w3.org/2000/svg';

function createIcon(node: IconNode): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('part', 'icon');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('fill', 'none');
  svg.setAttribute('stroke', 'currentColor');
  svg.setAttribute('stroke-width', '2');
  svg.setAttribute('stroke-linecap', 'round');
  svg.setAttribute('stroke-linejoin', 'round');
  svg.setAttribute('aria-hidden', 'true');
  for (const [tag, attributes] of node) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

const drawn = new WeakMap<IconNode, SVGElement>();

class IconDirective extends Directive {
  #node: IconNode | undefined;

  constructor(part: PartInfo) {
    super(part);
  }

  render(node: IconNode): unknown {
    if (node === this.#node) return noChange;
    this.#node = node;
    let original = drawn.get(node);
    if (original === undefined) drawn.set(node, (original = createIcon(node)));
    return original.cloneNode(true);
  }
}

/** Draws an icon as inline SVG of class and part `icon`, hidden from assistive technology: whatever holds it says its meaning. */
export const icon = directive(IconDirective);
