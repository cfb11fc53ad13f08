import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { NoticeController } from '../../controllers/notice.ts';
import { shownUntil, type Align } from '../../controllers/playhead.ts';
import { IlsVoteRequestEvent } from '../../events/poll-requests.ts';
import { checkIcon } from '../../icons/check.ts';
import { clockIcon } from '../../icons/clock.ts';
import { closeIcon } from '../../icons/close.ts';
import { icon } from '../../icons/icon.ts';
import { lockIcon } from '../../icons/lock.ts';
import { pollIcon } from '../../icons/poll.ts';
import { trophyIcon } from '../../icons/trophy.ts';
import { formatDuration } from '../../locales/duration.ts';
import { counted } from '../../locales/counted.ts';
import { languageOf, msg, str } from '../../locales/localization.ts';
import type { PollId, PollView } from '../../protocol/index.ts';
import { may, self } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import badgeStyles from '../../styles/badge.styles.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { styleProperties } from '../../styles/style-properties.ts';
import { LazyPart } from '../lazy-part.ts';
import { RoomElement } from '../room-element.ts';
import { AnswerForm } from './answer-form.ts';
import type { Leaderboard } from './leaderboard.ts';
import type { PollDesk } from './poll-desk.ts';
import { renderResults } from './poll-results.ts';
import { asShown, choosePoll, readTime, resultOf, type Polls } from './poll-view.ts';
import styles from './poll.styles.ts';

/** How often the time that is left is drawn. Milliseconds. */
const TICK_MS = 250;

/**
 * @summary Polls and quizzes: asks, takes the answer, and shows the result; whoever manages polls makes and runs them here.
 *
 * @slot empty - Replaces what stands where there is no poll.
 * @slot header-end - Stands at the end of the header.
 *
 * @csspart base - Everything.
 * @csspart header - The header.
 * @csspart question - The question.
 * @csspart option - An option that one may choose.
 * @csspart field - A field to write an answer in.
 * @csspart vote-button - Sends the answer.
 * @csspart timer - The time that is left.
 * @csspart results - The result.
 * @csspart result - One line, column, word or text of it.
 * @csspart average - The average of ratings or guesses.
 * @csspart verdict - Whether one's own answer was right, and what it was worth.
 * @csspart leaderboard - Who leads in a quiz.
 * @csspart desk - What whoever manages polls has beside it.
 * @csspart composer - The form that makes or changes a poll.
 * @csspart role - A role that may answer, or see the result.
 * @csspart quiz - What makes it a question of a quiz.
 * @csspart fault - What is wrong with a field of the form.
 * @csspart add-button - Adds an option.
 * @csspart cancel-button - Closes the form; what is in it stays.
 * @csspart reset-button - Empties the form.
 * @csspart save-button - Keeps a draft.
 * @csspart launch-button - Opens the poll, or has it open at its time.
 * @csspart new-button - Opens the form.
 * @csspart export-button - Gives the answers as a file.
 * @csspart dialog - Asks before a poll is erased.
 * @csspart confirm-button - Erases it.
 * @csspart notice - Says what the server refused.
 * @csspart state - What stands where there is no poll.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssproperty [--ils-poll-bar] - Colour of the bars of a result; the accent, softened, unless told.
 *
 * @cssstate empty - There is no poll.
 * @cssstate open - Answers are taken.
 *
 * @event {IlsVoteRequestEvent} ils-vote-request - Answer a poll.
 * @event {IlsCreatePollRequestEvent} ils-create-poll-request - Make a poll.
 * @event {IlsUpdatePollRequestEvent} ils-update-poll-request - Change a poll that is not open yet.
 * @event {IlsManagePollRequestEvent} ils-manage-poll-request - Open, close, reveal or erase a poll.
 */
export class IlsPoll extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, badgeStyles, fieldStyles, stateStyles, styles];

  /** When a poll shows: `playhead`, once one's own picture has got there (at once by WebRTC), or `live`, as it comes. */
  @property({ reflect: true }) align: Align = 'playhead';
  /** Keeps to answering, also for those who manage polls. */
  @property({ type: Boolean, attribute: 'no-manage', reflect: true }) noManage = false;

  /** Chosen by who manages polls; else the latest is shown. */
  @state() private chosen: PollId | null = null;
  @state() private isChanging = false;
  @state() private showsLeaders = false;

  readonly #internals = this.attachInternals();
  readonly #notices = new NoticeController(this, () => this.room);
  readonly #form = new AnswerForm(this);
  readonly #desk = new LazyPart<PollDesk>(
    async () => {
      const { PollDesk } = await import('./poll-desk.ts');
      return new PollDesk(this, {
        room: () => this.room,
        choose: (id) => this.#choose(id),
        expect: (request) => this.#notices.expect(request),
      });
    },
    () => this.requestUpdate(),
  );
  readonly #leaders = new LazyPart<Leaderboard>(
    async () => new (await import('./leaderboard.ts')).Leaderboard(this, () => this.room),
    () => this.requestUpdate(),
  );
  #tick: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const poll = this.#shown();
    this.#internals.states[poll === null ? 'add' : 'delete']('empty');
    this.#internals.states[poll?.state === 'open' ? 'add' : 'delete']('open');
  }

  protected override render(): TemplateResult {
    const { room } = this;
    room?.use('polls');
    const polls = room?.store.features.loaded.value.polls;
    clearTimeout(this.#tick);
    if (room === undefined || polls === undefined || !polls.known.value) return this.#renderLoading(room?.store);
    const { store } = room;
    const isManager = may(store, 'poll.manage') && !this.noManage;
    if (isManager) this.#desk.need();
    const desk = isManager ? this.#desk.value : undefined;
    const poll = this.#shown();
    return html`<div class="base" part="base">
      ${this.#notices.render()}
      ${
        desk?.isComposing
          ? desk.renderComposer()
          : poll === null
            ? this.#renderEmpty()
            : this.#renderPoll(store, polls, poll)
      }
      ${desk?.render(polls, poll)}
    </div>`;
  }

  #shown(): PollView | null {
    const store = this.room?.store;
    const polls = store?.features.loaded.value.polls;
    if (store === undefined || polls === undefined) return null;
    const until = shownUntil(store, this.align);
    const chosen = this.chosen === null ? undefined : polls.byId.value.get(this.chosen);
    if (chosen !== undefined) return chosen.openedAt === null ? chosen : (asShown(chosen, until) ?? chosen);
    return choosePoll(polls.byId.value.values(), until);
  }

  #renderLoading(store: Store | undefined): TemplateResult {
    const isIn = store !== undefined && store.connection.state.value === 'joined';
    if (!isIn) return html`<div class="base" part="base">${this.#renderEmpty()}</div>`;
    return html`<div class="base loading" part="base" role="status" aria-label=${msg('Loading the poll')}>
      <div class="skeleton line-wide"></div>
      <div class="skeleton line-option"></div>
      <div class="skeleton line-option"></div>
      <div class="skeleton line-option"></div>
    </div>`;
  }

  #renderEmpty(): TemplateResult {
    return html`<div class="state" part="state">
      <slot name="empty">
        ${icon(pollIcon)}
        <div class="title">${msg('No poll right now')}</div>
        <div class="text">${msg('Questions to everyone show up here.')}</div>
      </slot>
    </div>`;
  }

  #renderPoll(store: Store, polls: Polls, poll: PollView): TemplateResult {
    const now = readTime(store, shownUntil(store, this.align));
    const vote = polls.votes.value.get(poll.id);
    const result = resultOf(polls, poll);
    const isOver = poll.closesAt !== null && now >= poll.closesAt;
    const takes = poll.state === 'open' && !isOver;
    const role = self(store)?.role;
    const isForOne = may(store, 'poll.vote') && (poll.voters === null || poll.voters.some((voter) => voter === role));
    const answers = takes && isForOne && (vote === undefined || this.isChanging);
    if (answers) this.#form.begin(poll, vote?.answer);
    if (takes && poll.closesAt !== null) this.#tick = setTimeout(() => this.requestUpdate(), TICK_MS);
    return html`
      ${this.#renderHeader(poll, isOver, result?.voters)}
      ${takes && poll.closesAt !== null ? this.#renderTimer(poll, poll.closesAt - now) : nothing}
      <h2 class="question" part="question" id="question" dir="auto">${poll.question}</h2>
      ${this.#renderVerdict(polls, poll)}
      ${
        answers
          ? this.#renderForm(store, poll)
          : html`${this.#renderResult(poll, polls, takes, isForOne)}
            ${takes && poll.changeable && vote !== undefined ? this.#renderChange(poll, polls) : nothing}`
      }
      ${poll.quiz !== null && poll.revealedAt !== null ? this.#renderLeaders() : nothing}
    `;
  }

  #renderHeader({ state: stage, quiz }: PollView, isOver: boolean, voters: number | undefined): TemplateResult {
    const isOpen = stage === 'open' && !isOver;
    const words =
      stage === 'draft'
        ? msg('Draft')
        : stage === 'scheduled'
          ? msg('Scheduled')
          : isOpen
            ? msg('Open')
            : stage === 'open'
              ? msg('Time is up')
              : msg('Closed');
    return html`<div class="header" part="header">
      ${icon(quiz === null ? pollIcon : trophyIcon)}
      <span class="kind">${quiz === null ? msg('Poll') : msg('Quiz')}</span>
      <span class="badge ${isOpen ? 'accent' : ''}">${words}</span>
      <span class="space"></span>
      ${
        voters === undefined
          ? nothing
          : html`<span class="hint tabular">
              ${voters === 1 ? msg('1 answer') : msg(str`${counted(voters, languageOf(this))} answers`)}
            </span>`
      }
      <slot name="header-end"></slot>
    </div>`;
  }

  #renderTimer({ durationMs, openedAt, closesAt }: PollView, leftMs: number): TemplateResult {
    const wholeMs = durationMs ?? Math.max(1, (closesAt ?? 0) - (openedAt ?? 0));
    const share = Math.min(1, Math.max(0, leftMs / wholeMs));
    return html`<div
      class="timer ${leftMs < 5_000 ? 'short' : ''}"
      part="timer"
      role="timer"
      aria-label=${msg('Time left')}
    >
      <span class="timer-room"
        ><span class="timer-bar" ${styleProperties({ transform: `scaleX(${share.toFixed(4)})` })}></span
      ></span>
      <span class="tabular">${formatDuration(leftMs + 999)}</span>
    </div>`;
  }

  #renderForm(store: Store, poll: PollView): TemplateResult {
    const answer = this.#form.answerTo(poll);
    const isIn = store.connection.state.value === 'joined';
    return html`<form
      class="form"
      @submit=${(event: Event) => {
        event.preventDefault();
        if (answer !== null && isIn) this.#vote(store, poll);
      }}
    >
      <fieldset aria-labelledby="question">${this.#form.render(poll)}</fieldset>
      <div class="actions">
        ${
          this.isChanging
            ? html`<button type="button" class="button quiet" @click=${() => (this.isChanging = false)}>
                ${msg('Cancel')}
              </button>`
            : nothing
        }
        <button
          type="submit"
          class="button primary"
          part="vote-button"
          aria-disabled=${answer === null || !isIn ? 'true' : nothing}
        >
          ${this.isChanging ? msg('Change') : poll.kind === 'text' || poll.kind === 'words' ? msg('Send') : msg('Vote')}
        </button>
      </div>
    </form>`;
  }

  #renderResult(poll: PollView, polls: Polls, takes: boolean, isForOne: boolean): TemplateResult {
    const result = resultOf(polls, poll);
    const vote = polls.votes.value.get(poll.id);
    if (poll.openedAt === null) {
      return html`<ul class="options">
          ${poll.options.map((option) => html`<li class="option">${option}</li>`)}
        </ul>
        ${poll.launchAt === null ? nothing : this.#renderCountdown(poll.launchAt)}`;
    }
    const sent =
      vote === undefined || !takes
        ? nothing
        : html`<p class="sent" role="status">${icon(checkIcon)}${msg('Your answer is in.')}</p>`;
    if (result !== null) return html`${renderResults(poll, result, vote?.answer, languageOf(this))}${sent}`;
    const isHidden = poll.results === 'hosts' || poll.watchers !== null;
    return html`${sent}
      <p class="banner">
        ${icon(lockIcon)}<span class="banner-words"
          >${
            takes && !isForOne
              ? msg('This one is for others to answer.')
              : poll.results === 'closed' && poll.state === 'open'
                ? msg('The result shows when the poll is closed.')
                : isHidden
                  ? msg('The hosts have not shown the result.')
                  : msg('No answers yet.')
          }</span
        >
      </p>`;
  }

  #renderCountdown(launchAt: number): TemplateResult {
    const store = this.room?.store;
    const leftMs = launchAt - (store === undefined ? Date.now() : readTime(store, Number.POSITIVE_INFINITY));
    this.#tick = setTimeout(() => this.requestUpdate(), TICK_MS);
    return html`<p class="banner tabular">
      ${icon(clockIcon)}<span class="banner-words">${msg(str`Opens in ${formatDuration(leftMs + 999)}`)}</span>
    </p>`;
  }

  #renderChange(poll: PollView, polls: Polls): TemplateResult {
    return html`<div class="actions">
      <button
        type="button"
        class="button outlined"
        @click=${() => {
          this.#form.reset(poll, polls.votes.value.get(poll.id)?.answer);
          this.isChanging = true;
        }}
      >
        ${msg('Change my answer')}
      </button>
    </div>`;
  }

  #renderVerdict(polls: Polls, poll: PollView): TemplateResult | typeof nothing {
    const score = poll.revealedAt === null ? undefined : polls.scores.value.get(poll.id);
    if (score === undefined) return nothing;
    const language = languageOf(this);
    return html`<div class="verdict ${score.right ? 'right' : 'wrong'}" part="verdict" role="status">
      ${icon(score.right ? checkIcon : closeIcon)}
      <strong>${score.right ? msg('Right!') : msg('Not this time')}</strong>
      <span class="space"></span>
      ${score.streak > 1 ? html`<span class="badge">${msg(str`${score.streak} in a row`)}</span>` : nothing}
      <span class="tabular"
        >${score.points === 1 ? msg('+1 point') : msg(str`+${counted(score.points, language)} points`)}</span
      >
    </div>`;
  }

  #renderLeaders(): TemplateResult {
    if (this.showsLeaders) this.#leaders.need();
    return html`<button
        type="button"
        class="button outlined wide"
        aria-expanded=${this.showsLeaders}
        @click=${() => {
          this.showsLeaders = !this.showsLeaders;
          if (this.showsLeaders) this.#leaders.retry();
        }}
      >
        ${icon(trophyIcon)}${msg('Leaderboard')}
      </button>
      ${this.showsLeaders ? (this.#leaders.value?.render() ?? nothing) : nothing}`;
  }

  #vote(store: Store, poll: PollView): void {
    const answer = this.#form.answerTo(poll);
    if (answer === null) return;
    const live = readTime(store, Number.POSITIVE_INFINITY);
    const latenessMs = live - Math.min(live, shownUntil(store, this.align));
    const shownAt = latenessMs > 0 && poll.openedAt !== null ? Math.round(poll.openedAt + latenessMs) : undefined;
    this.#notices.expect('vote');
    this.isChanging = false;
    this.dispatchEvent(new IlsVoteRequestEvent(poll.id, answer, shownAt));
  }

  #choose(id: PollId | null): void {
    this.chosen = id;
    this.isChanging = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-poll': IlsPoll;
  }
}
