import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import {
  IlsAnswerQuestionRequestEvent,
  IlsDismissQuestionRequestEvent,
  IlsHighlightQuestionRequestEvent,
  IlsOpenQuestionRequestEvent,
} from '../../events/question-requests.ts';
import { icon } from '../../icons/icon.ts';
import { moreIcon } from '../../icons/more.ts';
import { screenIcon } from '../../icons/screen.ts';
import { settingsIcon } from '../../icons/settings.ts';
import { msg, str } from '../../locales/localization.ts';
import type { QuestionView, RequestName } from '../../protocol/index.ts';
import type { QuestionRowView } from './question-row.ts';
import styles from './question-tools.styles.ts';

export { styles };

/** In UTF-16 code units. */
const ANSWER_LENGTH = 1_000;

/** Opens how questions are taken. */
export function renderSettingsButton(isOpen: boolean, handleClick: (event: Event) => void): TemplateResult {
  return html`<button
    type="button"
    class="icon-button small end"
    part="settings-button"
    aria-haspopup="menu"
    aria-expanded=${String(isOpen)}
    aria-label=${msg('How questions are taken')}
    @click=${handleClick}
  >
    ${icon(settingsIcon)}
  </button>`;
}

/** The form of an answer that is being written, or else what a moderator may do about the question. */
export function renderTools(question: QuestionView, view: QuestionRowView): TemplateResult {
  const { id, state, text } = question;
  if (view.answering === id) return renderAnswerForm(question, view);
  const isHighlighted = view.highlighted === id;
  const disabled = view.isIn ? nothing : 'true';
  const run = (event: () => Event, request: RequestName) => () => view.isIn && view.ask(event(), request);
  if (state === 'waiting') {
    return html`<div class="tools" part="tools">
      <button
        type="button"
        class="button small primary"
        part="approve-button"
        aria-disabled=${disabled}
        aria-description=${text}
        @click=${run(() => new IlsOpenQuestionRequestEvent(id), 'openQuestion')}
      >
        ${msg('Let through')}
      </button>
      <button
        type="button"
        class="button small quiet"
        part="dismiss-button"
        aria-disabled=${disabled}
        aria-description=${text}
        @click=${run(() => new IlsDismissQuestionRequestEvent(id), 'dismissQuestion')}
      >
        ${msg('Dismiss', { id: 'Dismiss (set aside)' })}
      </button>
    </div>`;
  }
  return html`<div class="tools" part="tools">
    ${
      state === 'dismissed'
        ? nothing
        : html`<button
              type="button"
              class="button small outlined"
              part="answer-button"
              aria-disabled=${disabled}
              aria-description=${text}
              @click=${() => view.isIn && view.startAnswer(id)}
            >
              ${state === 'answered' ? msg('Change answer') : msg('Answer')}
            </button>
            <button
              type="button"
              class="button small ${isHighlighted ? '' : 'quiet'}"
              part="highlight-button"
              aria-pressed=${String(isHighlighted)}
              aria-disabled=${disabled}
              aria-description=${text}
              @click=${run(() => new IlsHighlightQuestionRequestEvent(isHighlighted ? null : id), 'highlightQuestion')}
            >
              ${icon(screenIcon)}<span>${isHighlighted ? msg('Take off screen') : msg('Show on screen')}</span>
            </button>`
    }
    <button
      type="button"
      class="icon-button small more"
      part="more-button"
      aria-haspopup="menu"
      aria-expanded=${String(view.isMenuOpenFor(id))}
      aria-label=${msg(str`More for “${text}”`)}
      aria-disabled=${disabled}
      @click=${(event: Event) => {
        if (view.isIn && event.currentTarget instanceof HTMLElement) {
          view.openMenu(question, event.currentTarget);
        }
      }}
    >
      ${icon(moreIcon)}
    </button>
  </div>`;
}

/** It has come in the place of the button that was pressed; it stands in the page once the drawing is done. */
const focusField = (field: Element | undefined): void => {
  if (field instanceof HTMLTextAreaElement) queueMicrotask(() => field.focus());
};

function renderAnswerForm({ id, text, answer }: QuestionView, view: QuestionRowView): TemplateResult {
  const handleSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = event.target instanceof HTMLFormElement ? event.target.elements.namedItem('answer') : null;
    if (!(field instanceof HTMLTextAreaElement) || field.value.trim() === '') return;
    view.ask(new IlsAnswerQuestionRequestEvent(id, field.value), 'answerQuestion');
    view.startAnswer(null);
  };
  return html`<form
    class="answer-form"
    part="answer-form"
    @submit=${handleSubmit}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') view.startAnswer(null);
    }}
  >
    <textarea
      class="input"
      name="answer"
      part="answer-input"
      rows="3"
      maxlength=${ANSWER_LENGTH}
      aria-label=${msg(str`Answer to “${text}”`)}
      placeholder=${msg('Write an answer for everyone')}
      .value=${answer?.text ?? ''}
      ${ref(focusField)}
    ></textarea>
    <div class="tools">
      <button type="submit" class="button small primary" part="send-answer-button">${msg('Send answer')}</button>
      <button type="button" class="button small quiet" @click=${() => view.startAnswer(null)}>${msg('Cancel')}</button>
    </div>
  </form>`;
}
