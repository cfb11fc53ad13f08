/**
 * Registers `elementClass` as `tag`, unless the page has that tag already: the kit loaded twice warns and goes on with the first.
 * Does nothing where there is no DOM.
 */
export function defineElement(tag: `ils-${string}`, elementClass: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const present = customElements.get(tag);
  if (present === undefined) customElements.define(tag, elementClass);
  else if (present !== elementClass)
    console.warn(`<${tag}> is defined already; the second copy of the kit stays unused.`);
}
