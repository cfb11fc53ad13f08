import { html, nothing, type TemplateResult } from 'lit';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { msg } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { RoleName } from '../../protocol/index.ts';
import type { PollDraft } from './poll-draft.ts';
import type { Faulty, PollFaults } from './poll-faults.ts';

/** What the parts of the form draw from, and how they change it. */
export interface DraftForm {
  readonly draft: PollDraft;
  /** What is wrong, once somebody tried to keep it. */
  readonly faults: PollFaults;
  readonly element: Element;
  /** Roles that may answer polls; those that see every result anyway are `isManager`. */
  readonly roles: readonly { readonly name: RoleName; readonly isManager: boolean }[];
  /** `changed`: what is different, or how that follows from the draft as it is then. */
  change(changed: Partial<PollDraft> | ((draft: PollDraft) => Partial<PollDraft>)): void;
}

export function renderFault({ faults }: DraftForm, part: Faulty): TemplateResult | typeof nothing {
  const words = faults[part];
  return words === undefined
    ? nothing
    : html`<p class="hint danger fault" part="fault" id="fault-${part}">${icon(errorIcon)}${words}</p>`;
}

/** Attributes of a field that may be wrong: whether it is, and where that is said. */
export const invalid = ({ faults }: DraftForm, part: Faulty): 'true' | typeof nothing =>
  faults[part] === undefined ? nothing : 'true';
export const described = ({ faults }: DraftForm, part: Faulty): string | typeof nothing =>
  faults[part] === undefined ? nothing : `fault-${part}`;

export function renderSelect<T extends string | number>(
  label: string,
  value: T,
  choices: readonly (readonly [T, string])[],
  handleChange: (value: T) => void,
): TemplateResult {
  return html`<label class="field"
    ><span class="label">${label}</span>
    <select
      class="input"
      @change=${({ target }: Event) => {
        const chosen = target instanceof HTMLSelectElement ? choices[target.selectedIndex]?.[0] : undefined;
        if (chosen !== undefined) handleChange(chosen);
      }}
    >
      ${choices.map(([each, words]) => html`<option value=${each} .selected=${each === value}>${words}</option>`)}
    </select></label
  >`;
}

export function renderSwitch(
  words: string,
  isOn: boolean,
  handleChange: (on: boolean) => void,
  hint?: string,
): TemplateResult {
  return html`<label class="switch"
    ><input
      type="checkbox"
      .checked=${isOn}
      @change=${({ target }: Event) => handleChange(target instanceof HTMLInputElement && target.checked)}
    /><span>${words}${hint === undefined ? nothing : html`<small class="hint">${hint}</small>`}</span></label
  >`;
}

/** Ticks beside each role; all of them is `null`. */
export function renderRoles(form: DraftForm, part: 'voters' | 'watchers', label: string): TemplateResult {
  const roles = form.roles.filter(({ isManager }) => part === 'voters' || !isManager);
  const chosen = form.draft[part] ?? roles.map(({ name }) => name);
  const toggle = (role: RoleName, isOn: boolean) =>
    form.change((draft) => {
      const before = draft[part] ?? roles.map(({ name }) => name);
      const names = roles.map(({ name }) => name).filter((name) => (name === role ? isOn : before.includes(name)));
      return { [part]: names.length === roles.length ? null : names };
    });
  return html`<fieldset class="field" aria-describedby=${described(form, part)}>
    <legend class="label">${label}</legend>
    <div class="chips">
      ${roles.map(
        ({ name }) =>
          html`<label class="chip" part="role"
            ><input
              type="checkbox"
              name=${part}
              .checked=${chosen.includes(name)}
              aria-invalid=${invalid(form, part)}
              @change=${({ target }: Event) => toggle(name, target instanceof HTMLInputElement && target.checked)}
            />${describeRole(name)}</label
          >`,
      )}
    </div>
    ${part === 'watchers' ? html`<p class="hint">${msg('Whoever manages polls sees it always.')}</p>` : nothing}
    ${renderFault(form, part)}
  </fieldset>`;
}

export const valueOf = ({ target }: Event): string =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : '';
