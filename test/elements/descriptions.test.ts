import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/define.ts';
import { createRichRoom } from './rich-room.ts';
import { showElement } from './show-element.ts';

interface Named {
  readonly name: string;
}
interface Description {
  readonly tagName: keyof HTMLElementTagNameMap & `ils-${string}`;
  readonly attributes?: readonly Named[];
  readonly members?: readonly Named[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

const manifest: { readonly modules: readonly { readonly declarations: readonly Partial<Description>[] }[] } = await (
  await fetch('/custom-elements.json')
).json();
const elements = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .filter((declaration): declaration is Description => declaration.tagName !== undefined);

/** What each element has fired and which states it has been in since the page was opened, by its tag. */
const fired = new Map<string, Set<string>>();
const reached = new Map<string, Set<string>>();
const note = (notes: Map<string, Set<string>>, tag: string, name: string): void => {
  notes.set(tag, (notes.get(tag) ?? new Set()).add(name));
};

const dispatch = Reflect.get(EventTarget.prototype, 'dispatchEvent');
EventTarget.prototype.dispatchEvent = function (event) {
  if (this instanceof Element && event.type.startsWith('ils-')) note(fired, this.localName, event.type);
  return Reflect.apply(dispatch, this, [event]);
};
const attach = Reflect.get(HTMLElement.prototype, 'attachInternals');
HTMLElement.prototype.attachInternals = function () {
  const internals: ElementInternals = Reflect.apply(attach, this, []);
  const tag = this.localName;
  const { states } = internals;
  const add = states.add.bind(states);
  states.add = (state) => {
    note(reached, tag, state);
    return add(state);
  };
  return internals;
};

/** What every HTML element may have. */
const EVERYWHERE = [
  'id',
  'class',
  'slot',
  'style',
  'lang',
  'dir',
  'hidden',
  'part',
  'exportparts',
  'tabindex',
  'role',
  'popover',
];
const isAria = (name: string) => name.startsWith('aria-');
const namesOf = (items: readonly Named[] | undefined) => (items ?? []).map(({ name }) => name);
const undescribed = (found: Iterable<string>, described: readonly string[]) =>
  [...new Set(found)].filter((name) => !described.includes(name)).toSorted();

function* partsWithin(element: Element): Iterable<string> {
  for (const within of element.shadowRoot?.querySelectorAll('[part], [exportparts]') ?? []) {
    yield* within.part;
    const exported = within.getAttribute('exportparts') ?? '';
    for (const pair of exported.split(',')) if (pair.trim() !== '') yield pair.split(':').at(-1)?.trim() ?? '';
  }
}
const slotsWithin = (element: Element) =>
  [...(element.shadowRoot?.querySelectorAll('slot') ?? [])].map(({ name }) => name);

/** Presses whatever can be pressed, once. */
async function pressAll(element: LitElement, look: () => void): Promise<void> {
  const pressed = new Set<string>();
  for (let count = 0; count < 40; count += 1) {
    const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
    const next = buttons.find((button) => !button.disabled && !pressed.has(button.outerHTML));
    if (next === undefined || !element.isConnected) return;
    pressed.add(next.outerHTML);
    next.click();
    await element.updateComplete;
    look();
  }
}

describe('what elements are described by', () => {
  for (const description of elements) {
    const { tagName: tag } = description;
    it(`is all that <${tag}> has in use`, async () => {
      const { observedAttributes, elementProperties } = customElements.get(tag) as typeof LitElement;
      const attributes = namesOf(description.attributes);
      expect(undescribed(observedAttributes, attributes), 'observed attributes').to.deep.equal([]);
      const members = namesOf(description.members);
      const open = [...elementProperties].filter(([, { state }]) => state !== true).map(([name]) => String(name));
      expect(undescribed(open, members), 'properties').to.deep.equal([]);

      const parts = new Set<string>();
      const slots = new Set<string>();
      const written = new Set<string>();
      for (const role of ['host', 'viewer', 'audience'] as const) {
        for (const state of ['joined', 'idle', 'connecting', 'reconnecting', 'ended'] as const) {
          const { element } = await showElement(tag, createRichRoom({ role, state }), { width: 640 });
          const look = () => {
            for (const part of partsWithin(element)) parts.add(part);
            for (const slot of slotsWithin(element)) slots.add(slot);
            for (const name of element.getAttributeNames()) written.add(name);
          };
          look();
          if (state === 'joined') await pressAll(element, look);
          for (const name of members) expect(name in element, `${name} of <${tag}>`).to.equal(true);
          element.closest('ils-room')?.remove();
        }
      }
      expect(undescribed(parts, namesOf(description.cssParts)), 'parts').to.deep.equal([]);
      expect(undescribed(slots, namesOf(description.slots)), 'slots').to.deep.equal([]);
      expect(
        undescribed(
          [...written].filter((name) => !isAria(name)),
          [...attributes, ...EVERYWHERE],
        ),
        'attributes',
      ).to.deep.equal([]);
      expect(undescribed(reached.get(tag) ?? [], namesOf(description.cssStates)), 'states').to.deep.equal([]);
      expect(undescribed(fired.get(tag) ?? [], namesOf(description.events)), 'events').to.deep.equal([]);
    }).timeout(60_000);
  }
});
