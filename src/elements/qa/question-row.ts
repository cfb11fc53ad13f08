import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { IlsVoteForQuestionRequestEvent } from '../../events/question-requests.ts';
import { checkIcon } from '../../icons/check.ts';
import { icon } from '../../icons/icon.ts';
import { screenIcon } from '../../icons/screen.ts';
import { upvoteIcon } from '../../icons/upvote.ts';
import { counted } from '../../locales/counted.ts';
import { msg, str } from '../../locales/localization.ts';
import { formatTime } from '../../locales/times.ts';
import type { QuestionId, QuestionView, RequestName } from '../../protocol/index.ts';
import type * as questionTools from './question-tools.ts';

export interface QuestionRowView {
  readonly selfId: string | null;
  readonly language: string;
  /** In the room, and the link is there. */
  readonly isIn: boolean;
  readonly mayVote: boolean;
  readonly mayModerate: boolean;
  /** What a moderator may do, once that is loaded. */
  readonly tools: typeof questionTools | undefined;
  readonly voted: ReadonlySet<QuestionId>;
  /** What a moderator has put on the screen. */
  readonly highlighted: QuestionId | null;
  /** What is there in the reader's own picture. */
  readonly onScreen: QuestionId | null;
  /** Which one is being answered in writing. */
  readonly answering: QuestionId | null;
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
      ${renderAnswer(question)} ${view.tools?.renderTools(question, view)}
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
