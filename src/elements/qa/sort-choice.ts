import { html, type TemplateResult } from 'lit';
import { msg } from '../../locales/localization.ts';
import type { QuestionSort } from './sort-questions.ts';

/** The order in which questions stand. */
export function renderSortChoice(chosen: QuestionSort, handleChoice: (sort: QuestionSort) => void): TemplateResult {
  const choices: readonly (readonly [QuestionSort, string])[] = [
    ['popular', msg('Popular')],
    ['newest', msg('Newest')],
    ['unanswered', msg('Unanswered')],
  ];
  return html`<div class="sort" part="sort" role="group" aria-label=${msg('Order')}>
    ${choices.map(
      ([sort, label]) =>
        html`<button
          type="button"
          class="chip"
          part="sort-button"
          aria-pressed=${String(chosen === sort)}
          @click=${() => handleChoice(sort)}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}
