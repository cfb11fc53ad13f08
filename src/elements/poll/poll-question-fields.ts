import { html, nothing, type TemplateResult } from 'lit';
import { addIcon } from '../../icons/add.ts';
import { closeIcon } from '../../icons/close.ts';
import { icon } from '../../icons/icon.ts';
import { msg, str } from '../../locales/localization.ts';
import type { PollKind } from '../../protocol/index.ts';
import { filledPlaces, hasOptions, isQuiz, mayBeQuiz, MOST_OPTIONS, type PollDraft } from './poll-draft.ts';
import { described, invalid, renderFault, renderSelect, renderSwitch, valueOf, type DraftForm } from './poll-fields.ts';

/** What is asked, and what one may answer. */
export function renderQuestionFields(form: DraftForm): TemplateResult {
  const { draft, change } = form;
  return html`
    ${renderSelect(msg('Kind'), draft.kind, kinds(), (kind) => change({ kind }))}
    <label class="field"
      ><span class="label">${msg('Question')}</span>
      <textarea
        class="input"
        part="field"
        rows="2"
        maxlength="300"
        aria-invalid=${invalid(form, 'question')}
        aria-describedby=${described(form, 'question')}
        .value=${draft.question}
        @input=${(event: Event) => change({ question: valueOf(event) })}
      ></textarea>
      ${renderFault(form, 'question')}
    </label>
    ${hasOptions(draft.kind) ? renderOptions(form) : nothing} ${renderKindFields(form)}
    ${
      mayBeQuiz(draft.kind)
        ? renderSwitch(msg('Quiz question, with points'), draft.isQuiz, (on) => change({ isQuiz: on }))
        : nothing
    }
    ${isQuiz(draft) ? renderQuizFields(form) : nothing}
  `;
}

function renderKindFields(form: DraftForm): TemplateResult | typeof nothing {
  const { draft, change } = form;
  switch (draft.kind) {
    case 'multiple': {
      const count = filledPlaces(draft).length;
      if (count < 3 && draft.maxChoices === null) return nothing;
      const numbers = Array.from({ length: Math.max(1, count - 2) }, (_, place) => place + 2);
      const choices = [...new Set([draft.maxChoices ?? 0, 1, ...numbers])].filter((number) => number > 0);
      return renderSelect(
        msg('Each may choose'),
        draft.maxChoices ?? 0,
        [
          [0, msg('As many as they like')],
          ...choices.sort((a, b) => a - b).map((number): [number, string] => [number, msg(str`Up to ${number}`)]),
        ],
        (number) => change({ maxChoices: number === 0 ? null : number }),
      );
    }
    case 'words':
      return renderSelect(
        msg('Words of each'),
        draft.wordCount,
        [1, 2, 3, 4, 5, 6, 8, 10, 12].map((count) => [count, String(count)]),
        (wordCount) => change({ wordCount }),
      );
    case 'rating':
      return renderSelect(
        msg('Stars'),
        draft.scale,
        [3, 4, 5, 6, 7, 8, 9, 10].map((scale) => [scale, String(scale)]),
        (scale) => change({ scale }),
      );
    case 'number':
      return html`<fieldset class="field" aria-describedby=${described(form, 'range')}>
        <legend class="label">${msg('What one may guess')}</legend>
        <div class="field-row">
          ${renderNumber(form, msg('From'), 'least', 'range')} ${renderNumber(form, msg('To'), 'most', 'range')}
          <label class="field"
            ><span class="hint">${msg('Unit')}</span
            ><input
              class="input"
              part="field"
              maxlength="16"
              placeholder="km"
              .value=${draft.unit}
              @input=${(event: Event) => change({ unit: valueOf(event) })}
          /></label>
        </div>
        ${renderFault(form, 'range')}
      </fieldset>`;
    default:
      return nothing;
  }
}

function renderQuizFields(form: DraftForm): TemplateResult {
  const { draft, change } = form;
  return html`<fieldset class="quiz" part="quiz">
    <legend class="visually-hidden">${msg('Quiz question, with points')}</legend>
    ${hasOptions(draft.kind) ? nothing : renderRight(form)}
    <div class="field-row">
      <div class="field">
        ${renderNumber(form, msg('Points for being right'), 'points', 'points', 'label')} ${renderFault(form, 'points')}
      </div>
    </div>
    ${renderSwitch(
      msg('Half of the points for speed'),
      draft.speedBonus,
      (speedBonus) => change({ speedBonus }),
      draft.speedBonus && draft.seconds === 0 ? msg('Counts once there is a time limit.') : undefined,
    )}
    ${renderSwitch(msg('More points for right answers in a row'), draft.streakBonus, (streakBonus) => change({ streakBonus }))}
  </fieldset>`;
}

function renderRight(form: DraftForm): TemplateResult {
  const { draft, change } = form;
  if (draft.kind === 'number') {
    return html`<div class="field-row">
        ${renderNumber(form, msg('Right answer'), 'rightNumber', 'right', 'label')}
        ${renderNumber(form, msg('May be off by'), 'tolerance', 'tolerance', 'label')}
      </div>
      ${renderFault(form, 'right')} ${renderFault(form, 'tolerance')}`;
  }
  return html`<label class="field"
    ><span class="label">${msg('Right answers')}</span>
    <textarea
      class="input"
      part="field"
      rows="2"
      aria-invalid=${invalid(form, 'right')}
      aria-describedby=${described(form, 'right')}
      .value=${draft.rightWords}
      @input=${(event: Event) => change({ rightWords: valueOf(event) })}
    ></textarea>
    <span class="hint">${msg('One on each line. Capitals do not matter.')}</span>
    ${renderFault(form, 'right')}
  </label>`;
}

type NumberField = { [F in keyof PollDraft]: PollDraft[F] extends string ? F : never }[keyof PollDraft];

function renderNumber(
  form: DraftForm,
  label: string,
  field: NumberField & ('least' | 'most' | 'rightNumber' | 'tolerance' | 'points'),
  part: 'range' | 'right' | 'tolerance' | 'points',
  weight: 'hint' | 'label' = 'hint',
): TemplateResult {
  return html`<label class="field"
    ><span class=${weight}>${label}</span
    ><input
      class="input"
      part="field"
      type="number"
      step="any"
      inputmode="decimal"
      aria-invalid=${invalid(form, part)}
      aria-describedby=${described(form, part)}
      .value=${form.draft[field]}
      @input=${(event: Event) => form.change({ [field]: valueOf(event) })}
  /></label>`;
}

function renderOptions(form: DraftForm): TemplateResult {
  const { draft, change } = form;
  const { options } = draft;
  return html`<fieldset class="field" aria-describedby=${described(form, 'options')}>
    <legend class="label">${msg('Options')}</legend>
    ${
      isQuiz(draft)
        ? html`<p class="hint">
            ${
              draft.kind === 'ranking'
                ? msg('Write them in the right order. They are shown in another.')
                : msg('Mark what is right.')
            }
          </p>`
        : nothing
    }
    ${options.map((option, place) => renderOption(form, option, place))}
    ${
      options.length < MOST_OPTIONS
        ? html`<button
            type="button"
            class="button quiet small"
            part="add-button"
            @click=${() => change((now) => ({ options: [...now.options, ''] }))}
          >
            ${icon(addIcon)}${msg('Add an option')}
          </button>`
        : nothing
    }
    ${renderFault(form, 'options')} ${isQuiz(draft) ? renderFault(form, 'right') : nothing}
  </fieldset>`;
}

function renderOption(form: DraftForm, option: string, place: number): TemplateResult {
  const { draft, change } = form;
  return html`<div class="option-field">
    ${
      isQuiz(draft) && draft.kind !== 'ranking'
        ? html`<input
            type=${draft.kind === 'single' ? 'radio' : 'checkbox'}
            name="right"
            aria-label=${msg(str`Option ${place + 1} is right`)}
            aria-invalid=${draft.kind === 'single' ? nothing : invalid(form, 'right')}
            .checked=${draft.right.includes(place)}
            @change=${() => change((now) => ({ right: marked(now, place) }))}
          />`
        : nothing
    }
    <input
      class="input"
      part="field"
      maxlength="120"
      aria-label=${msg(str`Option ${place + 1}`)}
      placeholder=${msg(str`Option ${place + 1}`)}
      aria-invalid=${invalid(form, 'options')}
      .value=${option}
      @input=${(event: Event) => change((now) => ({ options: now.options.with(place, valueOf(event)) }))}
    />
    ${
      draft.options.length > 2
        ? html`<button
            type="button"
            class="icon-button small"
            aria-label=${msg(str`Remove option ${place + 1}`)}
            @click=${() => change((now) => without(now, place))}
          >
            ${icon(closeIcon)}
          </button>`
        : nothing
    }
  </div>`;
}

function marked({ kind, right }: PollDraft, place: number): readonly number[] {
  if (kind === 'single') return [place];
  return right.includes(place) ? right.filter((each) => each !== place) : [...right, place];
}

function without({ options, right }: PollDraft, place: number): Partial<PollDraft> {
  return {
    options: options.filter((_, each) => each !== place),
    right: right.filter((each) => each !== place).map((each) => (each > place ? each - 1 : each)),
  };
}

const kinds = (): readonly (readonly [PollKind, string])[] => [
  ['single', msg('One choice')],
  ['multiple', msg('Several choices')],
  ['rating', msg('Rating')],
  ['ranking', msg('Ranking')],
  ['words', msg('Word cloud')],
  ['number', msg('Guess a number')],
  ['text', msg('Open text')],
];
