import { html, type TemplateResult } from 'lit';
import { icon, type IconNode } from '../../icons/icon.ts';
import { gridIcon } from '../../icons/grid.ts';
import { sidebarIcon } from '../../icons/sidebar.ts';
import { spotlightIcon } from '../../icons/spotlight.ts';
import { msg } from '../../locales/localization.ts';
import type { BroadcastLayout } from '../../protocol/index.ts';

type LayoutType = BroadcastLayout['type'];

const layouts = (): readonly (readonly [LayoutType, string, IconNode])[] => [
  ['GRID', msg('Grid'), gridIcon],
  ['SIDEBAR', msg('Sidebar'), sidebarIcon],
  ['SPOTLIGHT', msg('Spotlight'), spotlightIcon],
];

interface LayoutChoiceOptions {
  readonly chosen: LayoutType;
  readonly disabled: boolean;
  readonly choose: (type: LayoutType) => void;
}

/** One of three arrangements, as radio buttons side by side. */
export function renderLayoutChoice({ chosen, disabled, choose }: LayoutChoiceOptions): TemplateResult {
  return html`<fieldset part="layout" class="layouts" ?disabled=${disabled}>
    <legend class="label">${msg('Layout')}</legend>
    ${layouts().map(
      ([type, name, shape]) =>
        html`<label class="layout" part="layout-option">
          <input type="radio" name="layout" .value=${type} .checked=${chosen === type} @change=${() => choose(type)} />
          ${icon(shape)}<span>${name}</span>
        </label>`,
    )}
  </fieldset>`;
}
