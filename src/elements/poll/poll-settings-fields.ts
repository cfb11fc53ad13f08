import { html, nothing, type TemplateResult } from 'lit';
import { msg } from '../../locales/localization.ts';
import { once, supported, languageOf } from '../../locales/localization.ts';
import type { PollInput } from '../../protocol/index.ts';
import { isQuiz, toLocalTime } from './poll-draft.ts';
import {
  described,
  invalid,
  renderFault,
  renderRoles,
  renderSelect,
  renderSwitch,
  valueOf,
  type DraftForm,
} from './poll-fields.ts';

const SECONDS = [0, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600] as const;
/** From now, where nothing is chosen yet. Milliseconds. */
const USUAL_WAIT_MS = 15 * 60_000;

type Results = NonNullable<PollInput['results']>;

/** How it is asked: for how long and when, who may answer, and who sees what. */
export function renderSettingsFields(form: DraftForm): TemplateResult {
  const { draft, change } = form;
  const results: readonly (readonly [Results, string])[] = [
    ['live', msg('Shown live')],
    ['closed', msg('Shown at the end')],
    ['hosts', msg('Hosts only')],
  ];
  const seconds = [...new Set([...SECONDS, draft.seconds])].sort((a, b) => a - b);
  return html`
    <div class="field-row">
      ${renderSelect(msg('Result'), draft.results, results, (shown) => change({ results: shown }))}
      ${renderSelect(
        msg('Time'),
        draft.seconds,
        seconds.map((each) => [each, each === 0 ? msg('No limit') : describeSeconds(each, form.element)]),
        (each) => change({ seconds: each }),
      )}
    </div>
    ${
      isQuiz(draft)
        ? nothing
        : html`${renderSwitch(msg('Show who answered what'), draft.isNamed, (isNamed) => change({ isNamed }))}
          ${renderSwitch(msg('Answers may be changed'), draft.isChangeable, (isChangeable) => change({ isChangeable }))}`
    }
    ${renderRoles(form, 'voters', msg('Who may answer'))} ${renderRoles(form, 'watchers', msg('Who sees the result'))}
    ${renderSchedule(form)}
  `;
}

function renderSchedule(form: DraftForm): TemplateResult {
  const { draft, change } = form;
  return html`${renderSwitch(msg('Open it at a set time'), draft.launchAt !== null, (on) =>
    change({ launchAt: on ? toLocalTime(Date.now() + USUAL_WAIT_MS) : null }),
  )}
  ${
    draft.launchAt === null
      ? nothing
      : html`<label class="field"
          ><span class="label">${msg('Opens at')}</span>
          <input
            class="input"
            part="field"
            type="datetime-local"
            aria-invalid=${invalid(form, 'launchAt')}
            aria-describedby=${described(form, 'launchAt')}
            .value=${draft.launchAt}
            @input=${(event: Event) => change({ launchAt: valueOf(event) })}
          />
          ${renderFault(form, 'launchAt')}
        </label>`
  }`;
}

/** 30 seconds, 5 minutes, 1 hour. */
function describeSeconds(seconds: number, element: Element): string {
  const language = languageOf(element);
  const [unit, length] =
    seconds % 3_600 === 0
      ? (['hour', 3_600] as const)
      : seconds % 60 === 0
        ? (['minute', 60] as const)
        : (['second', 1] as const);
  return once(
    `length ${language} ${unit}`,
    () => new Intl.NumberFormat(supported(language), { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(seconds / length);
}
