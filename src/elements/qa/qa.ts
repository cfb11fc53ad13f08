import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { repeat } from 'lit/directives/repeat.js';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { alignedValue } from '../../controllers/aligned.ts';
import { loadMenu } from '../../controllers/load-overlays.ts';
import type { MenuController, MenuSection } from '../../controllers/menu.ts';
import { NoticeController } from '../../controllers/notice.ts';
import type { Align } from '../../controllers/playhead.ts';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { IlsAskQuestionRequestEvent } from '../../events/question-requests.ts';
import { endedIcon } from '../../icons/ended.ts';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { lockIcon } from '../../icons/lock.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { questionIcon } from '../../icons/question.ts';
import { formatCount, languageOf, msg } from '../../locales/localization.ts';
import type { QuestionId, QuestionView, RequestName, RoleName } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import badgeStyles from '../../styles/badge.styles.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import panelStyles from '../../styles/panel.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { connectionMessage } from '../connection-message.ts';
import { RoomElement } from '../room-element.ts';
import type * as questionMenus from './question-menu.ts';
import { renderQuestion, type QuestionRowView } from './question-row.ts';
import type * as questionTools from './question-tools.ts';
import { renderSortChoice } from './sort-choice.ts';
import { sortQuestions, type QuestionSort } from './sort-questions.ts';
import styles from './qa.styles.ts';

/** Questions of one's own that may wait at one time ([U2]). */
const OWN_WAITING = 5;
/** The counter shows when so much room is left. */
const COUNTER_FROM = 60;

/**
 * @summary Questions: asked with a name or without, voted for, answered in writing or on stage.
 * Those who moderate see what waits for them first, and put a question on everybody's screen.
 *
 * @slot header - Replaces the whole header.
 * @slot title - Replaces the title in the header.
 * @slot empty - Replaces what stands where there are no questions.
 * @csspart base - Everything.
 * @csspart header - The header.
 * @csspart title - The title in the header.
 * @csspart count - How many questions there are.
 * @csspart settings-button - Opens how questions are taken, for those who moderate.
 * @csspart sort - The choice of the order.
 * @csspart sort-button - One order.
 * @csspart list - The part that scrolls.
 * @csspart section-title - The title of those in review, or dismissed.
 * @csspart question - A question.
 * @csspart highlighted-question - The one on everybody's screen.
 * @csspart text - The words of a question.
 * @csspart asker - Who asked.
 * @csspart badge - What has become of a question.
 * @csspart votes - How many votes it got, where one cannot vote.
 * @csspart vote-button - Votes for it.
 * @csspart answer - The answer in writing.
 * @csspart tools - What a moderator may do about it.
 * @csspart approve-button - Lets a question through.
 * @csspart dismiss-button - Dismisses one in review.
 * @csspart answer-button - Opens the field for an answer.
 * @csspart highlight-button - Puts it on the screen, or takes it off.
 * @csspart more-button - Opens the menu of a question.
 * @csspart answer-form - Where an answer is written.
 * @csspart answer-input - Its field.
 * @csspart send-answer-button - Sends it.
 * @csspart menu - A menu.
 * @csspart menu-item - One line of it.
 * @csspart composer - Where a question is written.
 * @csspart input - Its field.
 * @csspart anonymous - The choice to ask without a name.
 * @csspart ask-button - Asks.
 * @csspart closed - Says that no questions are taken.
 * @csspart notice - Says what the server refused, or that the connection is interrupted.
 * @csspart state - What stands where nothing is listed.
 * @csspart icon - Any icon.
 * @cssproperty [--ils-qa-list-height=360px] - Height of the list where nothing around the element sets its height.
 * @cssstate closed - No questions are taken.
 * @cssstate moderating - The reader moderates.
 * @cssstate reconnecting - The connection is interrupted.
 * @event {IlsAskQuestionRequestEvent} ils-ask-question-request - Ask a question.
 * @event {IlsVoteForQuestionRequestEvent} ils-vote-for-question-request - Vote for a question, or take the vote back.
 * @event {IlsAnswerQuestionRequestEvent} ils-answer-question-request - Answer a question.
 * @event {IlsOpenQuestionRequestEvent} ils-open-question-request - Let a question through, or open one again.
 * @event {IlsDismissQuestionRequestEvent} ils-dismiss-question-request - Dismiss a question.
 * @event {IlsHighlightQuestionRequestEvent} ils-highlight-question-request - Show a question on everybody's screen.
 * @event {IlsQuestionSettingsRequestEvent} ils-question-settings-request - Change how questions are taken.
 * @event {IlsChangeRoleRequestEvent} ils-change-role-request - Invite the asker on stage.
 * @event {IlsJoinRequestEvent} ils-join-request - Join the room, again or for the first time.
 */
export class IlsQa extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, badgeStyles, fieldStyles, stateStyles, panelStyles, styles];

  /** The order: `popular`, `newest`, or by votes the `unanswered` alone. */
  @property({ reflect: true }) sort: QuestionSort = 'popular';
  /** Longest question, in UTF-16 code units; the server takes up to 300. */
  @property({ type: Number }) maxlength = 300;
  /** The role that an asker is invited to. */
  @property({ attribute: 'stage-role' }) stageRole = 'guest';
  /** When a question is marked as on screen: `playhead`, once one's own picture has got there, or `live`, as it is. */
  @property({ reflect: true }) align: Align = 'playhead';
  /** Draws no header. */
  @property({ type: Boolean, attribute: 'no-header', reflect: true }) noHeader = false;

  @state() private draft = '';
  @state() private isAnonymous = false;
  @state() private answering: QuestionId | null = null;

  readonly #internals = this.attachInternals();
  readonly #notices = new NoticeController(this, () => this.room);
  /** Loaded for those who moderate alone. */
  #tools: Promise<void> | typeof questionTools | undefined;
  #menu: MenuController | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  protected override render(): TemplateResult {
    this.room?.use('questions');
    const store = this.room?.store;
    const slice = store?.features.loaded.value.questions;
    const connection = store?.connection.state.value ?? 'idle';
    const isIn = connection === 'joined' || connection === 'reconnecting';
    const mayModerate = store !== undefined && isIn && may(store, 'question.moderate');
    this.#setStates({
      closed: slice?.settings.value.isOpen === false,
      moderating: mayModerate,
      reconnecting: connection === 'reconnecting',
    });
    return html`<div class="base" part="base">
      ${this.noHeader ? nothing : this.#renderHeader(slice, isIn, mayModerate)}
      ${store !== undefined && isIn ? this.#renderIn(store, slice) : this.#renderOut(store)}
      ${
        connection === 'reconnecting'
          ? html`<div class="banner warning" part="notice" role="status">
              ${icon(offlineIcon)}<span class="banner-words">${msg('Reconnecting…')}</span>
            </div>`
          : nothing
      }
      ${this.#notices.render()} ${this.#menu?.render()}
    </div>`;
  }

  #renderHeader(slice: ReadonlyFeature<'questions'> | undefined, isIn: boolean, mayModerate: boolean): TemplateResult {
    const all = isIn && slice ? [...slice.questions.value.values()] : [];
    const count = all.filter(({ state: each }) => each === 'open' || each === 'answered').length;
    return html`<slot name="header">
      <div class="header" part="header">
        <h2 class="title truncate" part="title"><slot name="title">${msg('Questions')}</slot></h2>
        ${count === 0 ? nothing : html`<span class="badge tabular" part="count">${formatCount(count, languageOf(this))}</span>`}
        ${
          mayModerate && slice
            ? this.#loadedTools?.renderSettingsButton(this.#menu?.isOpenFor('settings') ?? false, this.#handleSettings)
            : nothing
        }
      </div>
    </slot>`;
  }

  #renderIn(store: Store, slice: ReadonlyFeature<'questions'> | undefined): TemplateResult {
    if (slice === undefined || slice.state.value === 'loading') {
      return html`<div class="list" part="list" role="status" aria-label=${msg('Loading the questions')}>
        ${[0, 1, 2].map(() => html`<div class="placeholder skeleton"></div>`)}
      </div>`;
    }
    if (slice.state.value === 'failed') {
      return html`<div class="state" part="state">
        ${icon(errorIcon)}
        <div class="title">${msg('The questions did not come')}</div>
        <div class="text">${msg('They are asked for again when the connection is back.')}</div>
      </div>`;
    }
    const { waiting, shown, dismissed } = sortQuestions(slice.questions.value.values(), this.sort);
    const view = this.#rowView(store, slice);
    const isEmpty = waiting.length + shown.length + dismissed.length === 0;
    return html`${slice.questions.value.size > 0 ? renderSortChoice(this.sort, (sort) => (this.sort = sort)) : nothing}
      <div class="list scroller" part="list" tabindex="0" role="region" aria-label=${msg('Questions')}>
        ${this.#renderSection(view.mayModerate ? msg('To review') : msg('Yours, in review'), waiting, view)}
        ${this.#renderSection(undefined, shown, view)}
        ${
          shown.length === 0 && (isEmpty || this.sort === 'unanswered' || waiting.length === 0)
            ? this.#renderEmpty(slice.questions.value.size > 0, slice.settings.value.isOpen)
            : nothing
        }
        ${this.#renderSection(msg('Dismissed'), dismissed, view)}
      </div>
      ${this.#renderComposer(store, slice)}`;
  }

  #renderSection(title: string | undefined, questions: readonly QuestionView[], view: QuestionRowView) {
    if (questions.length === 0) return nothing;
    return html`${title === undefined ? nothing : html`<h3 class="section-title" part="section-title">${title}</h3>`}
      <ul aria-label=${title ?? msg('Questions')}>
        ${repeat(
          questions,
          ({ id }) => id,
          (question) => renderQuestion(question, view),
        )}
      </ul>`;
  }

  #renderEmpty(hasOthers: boolean, isOpen: boolean): TemplateResult {
    return html`<div class="state" part="state">
      <slot name="empty">
        ${icon(questionIcon)}
        <div class="title">${hasOthers ? msg('Nothing waits for an answer') : msg('No questions yet')}</div>
        ${hasOthers || !isOpen ? nothing : html`<div class="text">${msg('Ask the first one. Others can vote for it.')}</div>`}
      </slot>
    </div>`;
  }

  #renderOut(store: Store | undefined): TemplateResult {
    const over = store === undefined ? undefined : connectionMessage(store);
    const isConnecting = store?.connection.state.value === 'connecting';
    const action = over === undefined ? msg('Join') : over.action;
    return html`<div class="state" part="state">
      ${icon(over === undefined ? questionIcon : endedIcon)}
      <div class="title">
        ${over?.title ?? (isConnecting ? msg('Joining…') : msg('Questions are here when you join'))}
      </div>
      ${over?.text === undefined ? nothing : html`<div class="text">${over.text}</div>`}
      ${
        action === undefined || store === undefined || isConnecting
          ? nothing
          : html`<button
              type="button"
              class="button primary"
              @click=${() => this.dispatchEvent(new IlsJoinRequestEvent())}
            >
              ${action}
            </button>`
      }
    </div>`;
  }

  #renderComposer(store: Store, slice: ReadonlyFeature<'questions'>): TemplateResult | typeof nothing {
    if (!may(store, 'question.ask')) return nothing;
    const { isOpen, allowsAnonymous, isModerated } = slice.settings.value;
    if (!isOpen) {
      return html`<div class="closed" part="closed">${icon(lockIcon)}<span>${msg('Questions are closed')}</span></div>`;
    }
    const selfId = store.participants.selfId.value;
    const own = [...slice.questions.value.values()].filter(
      ({ asker, state: each }) => asker?.id === selfId && (each === 'open' || each === 'waiting'),
    ).length;
    const isFull = own >= OWN_WAITING;
    const left = this.maxlength - this.draft.length;
    const isReady = store.connection.state.value === 'joined' && this.draft.trim() !== '' && left >= 0 && !isFull;
    return html`<form class="composer" part="composer" aria-label=${msg('Ask a question')} @submit=${this.#handleAsk}>
      <textarea
        class="input"
        part="input"
        rows="2"
        maxlength=${this.maxlength}
        aria-label=${msg('Your question')}
        placeholder=${isFull ? msg('Five of your questions wait for an answer') : msg('Ask a question')}
        ?disabled=${isFull}
        .value=${this.draft}
        @input=${this.#handleInput}
        @keydown=${this.#handleKeydown}
      ></textarea>
      <div class="composer-end">
        ${
          allowsAnonymous
            ? html`<label class="anonymous" part="anonymous">
                <input type="checkbox" .checked=${this.isAnonymous} @change=${this.#handleAnonymous} />
                <span>${msg('Without my name')}</span>
              </label>`
            : html`<span class="hint">${isModerated ? msg('Reviewed before others see it') : nothing}</span>`
        }
        ${left <= COUNTER_FROM ? html`<span class="hint tabular" aria-hidden="true">${left}</span>` : nothing}
        <button type="submit" class="button primary" part="ask-button" aria-disabled=${isReady ? nothing : 'true'}>
          ${msg('Ask')}
        </button>
      </div>
    </form>`;
  }

  #rowView(store: Store, slice: ReadonlyFeature<'questions'>): QuestionRowView {
    const mayModerate = may(store, 'question.moderate');
    return {
      selfId: store.participants.selfId.value,
      language: languageOf(this),
      isIn: store.connection.state.value === 'joined',
      mayVote: may(store, 'question.ask'),
      mayModerate,
      tools: mayModerate ? this.#loadedTools : undefined,
      voted: slice.voted.value,
      highlighted: slice.highlighted.value.at(-1)?.value?.id ?? null,
      onScreen: alignedValue(store, this.align, slice.highlighted.value)?.id ?? null,
      answering: this.answering,
      isMenuOpenFor: (id) => this.#menu?.isOpenFor(id) ?? false,
      ask: this.#ask,
      openMenu: ({ id, text }, anchor) =>
        void this.#openMenu(id, anchor, text, ({ questionMenu }) => {
          const question = slice.questions.value.get(id);
          return question ? questionMenu(this.#ask, store, question, this.stageRole as RoleName) : [];
        }),
      startAnswer: (id) => {
        this.answering = id;
      },
    };
  }

  #setStates(conditions: Readonly<Record<string, boolean>>): void {
    for (const [name, holds] of Object.entries(conditions)) this.#internals.states[holds ? 'add' : 'delete'](name);
  }

  get #loadedTools(): typeof questionTools | undefined {
    this.#tools ??= this.#loadTools();
    return 'renderTools' in this.#tools ? this.#tools : undefined;
  }

  async #loadTools(): Promise<void> {
    // What does not come is tried again with the next drawing.
    this.#tools = await import('./question-tools.ts').catch(() => undefined);
    if (this.#tools === undefined) return;
    if (this.renderRoot instanceof ShadowRoot) adoptStyles(this.renderRoot, this.#tools.styles);
    this.requestUpdate();
  }

  async #openMenu(
    key: unknown,
    anchor: HTMLElement,
    label: string,
    content: (menus: typeof questionMenus) => MenuSection[],
  ): Promise<void> {
    const [menu, menus] = await Promise.all([this.#menu ?? loadMenu(this), import('./question-menu.ts')]);
    this.#menu ??= menu;
    await this.#menu.toggle(key, anchor, label, () => content(menus));
  }

  readonly #ask = (event: Event, request: RequestName): boolean => {
    this.#notices.expect(request);
    return this.dispatchEvent(event);
  };

  readonly #handleSettings = (event: Event): void => {
    const slice = this.room?.store.features.loaded.peek().questions;
    if (slice === undefined || !(event.currentTarget instanceof HTMLElement)) return;
    void this.#openMenu('settings', event.currentTarget, msg('How questions are taken'), ({ settingsMenu }) =>
      settingsMenu(this.#ask, slice.settings.value),
    );
  };

  readonly #handleInput = (event: Event): void => {
    if (event.target instanceof HTMLTextAreaElement) this.draft = event.target.value;
  };

  readonly #handleAnonymous = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.isAnonymous = event.target.checked;
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    this.#handleAsk(event);
  };

  readonly #handleAsk = (event: Event): void => {
    event.preventDefault();
    const isIn = this.room?.store.connection.state.peek() === 'joined';
    const text = this.draft.trim();
    if (!isIn || text === '' || text.length > this.maxlength) return;
    const allowed = this.room?.store.features.loaded.peek().questions?.settings.peek().allowsAnonymous ?? false;
    if (this.#ask(new IlsAskQuestionRequestEvent(text, this.isAnonymous && allowed), 'askQuestion')) this.draft = '';
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-qa': IlsQa;
  }
}
