import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import {
  IlsAnswerQuestionRequestEvent,
  IlsDismissQuestionRequestEvent,
  IlsHighlightQuestionRequestEvent,
  IlsOpenQuestionRequestEvent,
  IlsVoteForQuestionRequestEvent,
} from '../../events/question-requests.ts';
import { checkIcon } from '../../icons/check.ts';
import { icon } from '../../icons/icon.ts';
import { moreIcon } from '../../icons/more.ts';
import { screenIcon } from '../../icons/screen.ts';
import { upvoteIcon } from '../../icons/upvote.ts';
import { counted } from '../../locales/counted.ts';
import { msg, str } from '../../locales/localization.ts';
import { formatTime } from '../../locales/times.ts';
import type { QuestionId, QuestionView, RequestName } from '../../protocol/index.ts';

export interface QuestionRowView {
  readonly selfId: string | null;
  readonly language: string;
  /** In the room, and the link is there. */
  readonly isIn: boolean;
  readonly mayVote: boolean;
  readonly mayModerate: boolean;
  readonly voted: ReadonlySet<QuestionId>;
  /** What a moderator has put on the screen. */
  readonly highlighted: QuestionId | null;
  /** What is there in the reader's own picture. */
  readonly onScreen: QuestionId | null;
  /** Which one is being answered in writing. */
  readonly answering: QuestionId | null;
  readonly answerLength: number;
  readonly isMenuOpenFor: (id: QuestionId) => boolean;
  readonly ask: (event: Event, request: RequestName) => void;
  readonly openMenu: (question: QuestionView, anchor: HTMLElement) => void;
  readonly startAnswer: (id: QuestionId | null) => void;
}

/** One question with what has become of it, and what the reader may do about it. */
export function renderQuestion(question: QuestionView, view: QuestionRowView): TemplateResult {
  const { id, text, state } = question;
  const isOnScreen = view.onScreen === id;
  return html`<li
    class=${classMap({ question: true, highlighted: isOnScreen, [state]: true })}
    part="question ${isOnScreen ? 'highlighted-question' : ''}"
  >
    ${state === 'open' || state === 'answered' ? renderVote(question, view) : nothing}
    <div class="content">
      <p class="words" part="text" dir="auto">${text}</p>
      <div class="meta">
        <span class="asker truncate" part="asker">${describeAsker(question, view)}</span>
        <span class="time tabular">${formatTime(question.askedAt, view.language)}</span>
        ${renderBadges(question, isOnScreen)}
      </div>
      ${renderAnswer(question)} ${view.answering === id ? renderAnswerForm(question, view) : nothing}
      ${view.mayModerate && view.answering !== id ? renderTools(question, view, view.highlighted === id) : nothing}
    </div>
  </li>`;
}

function describeAsker({ asker, isAnonymous }: QuestionView, { selfId }: QuestionRowView): string {
  if (asker === null) return msg('Anonymous');
  const name = asker.id === selfId ? msg('You') : asker.name;
  return isAnonymous ? msg(str`${name} (anonymous to others)`) : name;
}

function renderBadges({ state, answer }: QuestionView, isOnScreen: boolean): TemplateResult {
  return html`${
    isOnScreen ? html`<span class="badge accent" part="badge">${icon(screenIcon)}${msg('On screen')}</span>` : nothing
  }${
    state === 'answered' && answer?.text === null
      ? html`<span class="badge success" part="badge">${icon(checkIcon)}${msg('Answered live')}</span>`
      : nothing
  }${state === 'waiting' ? html`<span class="badge warning" part="badge">${msg('In review')}</span>` : nothing}${
    state === 'dismissed' ? html`<span class="badge" part="badge">${msg('Dismissed')}</span>` : nothing
  }`;
}

function renderVote({ id, votes, text, state }: QuestionView, view: QuestionRowView): TemplateResult {
  const isVoted = view.voted.has(id);
  const count = counted(votes, view.language);
  const words = votes === 1 ? msg('1 vote') : msg(str`${count} votes`);
  if (state !== 'open' || !view.mayVote) {
    return html`<span class="vote settled" part="votes"
      >${icon(upvoteIcon)}<span class="tabular" aria-hidden="true">${String(count)}</span
      ><span class="visually-hidden">${words}</span></span
    >`;
  }
  return html`<button
    type="button"
    class="vote"
    part="vote-button"
    aria-pressed=${String(isVoted)}
    aria-disabled=${view.isIn ? nothing : 'true'}
    aria-label=${msg(str`Vote for “${text}”, ${words}`)}
    @click=${() => view.isIn && view.ask(new IlsVoteForQuestionRequestEvent(id, !isVoted), 'voteForQuestion')}
  >
    ${icon(upvoteIcon)}<span class="tabular">${String(count)}</span>
  </button>`;
}

function renderAnswer({ answer }: QuestionView): TemplateResult | typeof nothing {
  if (answer === null || answer.text === null) return nothing;
  return html`<div class="answer" part="answer">
    <p class="words" dir="auto">${answer.text}</p>
    <span class="by">${answer.by === null ? msg('Answer') : msg(str`Answer by ${answer.by.name}`)}</span>
  </div>`;
}

function renderTools(question: QuestionView, view: QuestionRowView, isHighlighted: boolean): TemplateResult {
  const { id, state, text } = question;
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
      maxlength=${view.answerLength}
      aria-label=${msg(str`Answer to “${text}”`)}
      placeholder=${msg('Write an answer for everyone')}
      .value=${answer?.text ?? ''}
    ></textarea>
    <div class="tools">
      <button type="submit" class="button small primary" part="send-answer-button">${msg('Send answer')}</button>
      <button type="button" class="button small quiet" @click=${() => view.startAnswer(null)}>${msg('Cancel')}</button>
    </div>
  </form>`;
}
