import { signal } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { AnnouncerController } from '../../controllers/announcer.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import type { Align } from '../../controllers/playhead.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { RoomElement } from '../room-element.ts';
import { chatStanding, renderIdle, type ChatStanding } from './chat-standing.ts';
import styles from './chat.styles.ts';
import type { LivePart } from './live-part.ts';

const ANNOUNCE_EVERY_MS = 5_000;

/**
 * @summary The room's chat: history of any length, a composer, moderation.
 *
 * @slot header - Replaces the whole header.
 * @slot title - Replaces the title in the header.
 * @slot header-end - Stands at the end of the header.
 * @slot empty - Replaces what stands where no message is yet.
 * @slot composer-start - Stands before the field, within the composer.
 * @slot emoji-icon - Replaces the icon of the emoji button.
 * @slot send-icon - Replaces the icon of the send button.
 * @slot jump-icon - Replaces the icon of the button that leads to the newest message.
 *
 * @csspart base - Everything.
 * @csspart header - The header.
 * @csspart title - The title in the header.
 * @csspart count - How many are in the room.
 * @csspart log - The list that scrolls.
 * @csspart message - One message.
 * @csspart own-message - A message of one's own, besides `message`.
 * @csspart pending-message - A message on its way or one that failed, besides `message`.
 * @csspart message-head - Author, badge and time.
 * @csspart message-author - The author's name.
 * @csspart message-badge - The author's role.
 * @csspart message-time - When it was sent.
 * @csspart message-text - The words.
 * @csspart message-options-button - Opens the menu of a message.
 * @csspart held-message - A message of one's own that waits for a moderator, besides `message`.
 * @csspart refused-message - One that a moderator refused, besides `held-message`.
 * @csspart held-notice - Says what such a message waits for.
 * @csspart dismiss-button - Puts a refused message away.
 * @csspart quote - Over a message, the one that it answers; leads to it.
 * @csspart reply-banner - Over the composer, the message that is being answered.
 * @csspart cancel-reply-button - Leaves that message unanswered.
 * @csspart direct-message - A message for some alone, besides `message`.
 * @csspart message-target - Says whom such a message is for.
 * @csspart target-banner - Over the composer, whom alone the next message is for, or that it is an announcement.
 * @csspart cancel-target-button - Writes to everyone again.
 * @csspart mention - A name of the room in a message.
 * @csspart mention-choice - The names that may be meant, while one is written.
 * @csspart mention-option - One of these names.
 * @csspart mention-button - Leads to a message that names the reader.
 * @csspart pins - What stands over the list.
 * @csspart announcement - The same where it is an announcement.
 * @csspart pin - What is pinned.
 * @csspart pin-jump-button - Leads to the message that is pinned.
 * @csspart pin-steps - The steps from one pin to the others.
 * @csspart pin-step-button - One of these steps.
 * @csspart unpin-button - Takes a pin down.
 * @csspart write-limit - Says what keeps from writing, or how the chat is slowed down.
 * @csspart link - An address in a message.
 * @csspart left-out - Stands for messages of a crowd that were left out.
 * @csspart left-out-button - Shows these.
 * @csspart day - Names the day that begins.
 * @csspart placeholder - Stands for a message that is not loaded yet.
 * @csspart failure - Says why a message was not sent.
 * @csspart retry-button - Sends a failed message again.
 * @csspart discard-button - Gives a failed message up.
 * @csspart jump-button - Leads to the newest message.
 * @csspart state - What stands where no message can be.
 * @csspart notice - Says that the connection is interrupted, that the room is over or that history did not load.
 * @csspart composer - Field and buttons.
 * @csspart composer-field - The box around the field.
 * @csspart textarea - The field.
 * @csspart counter - Characters left, near the limit.
 * @csspart options-button - Opens the chat's own menu.
 * @csspart emoji-button - Opens the emoji.
 * @csspart emoji-picker - The emoji.
 * @csspart send-button - Sends.
 * @csspart menu - The menu of a message.
 * @csspart menu-item - One line of that menu.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssproperty [--ils-chat-log-height=320px] - Height of the list where nothing around the element sets its height.
 * @cssproperty [--ils-chat-background] - Behind everything; nothing as an overlay.
 * @cssproperty [--ils-chat-author-lightness] - Lightness of authors' names, 0 to 1; by default what reads well in light and dark.
 *
 * @cssstate empty - No message yet.
 * @cssstate scrolled - Away from the newest message.
 * @cssstate reconnecting - The connection is interrupted.
 * @cssstate over - Left, removed, ended, denied or failed.
 * @cssstate read-only - One may read and not write.
 *
 * @event {IlsSendChatRequestEvent} ils-send-chat-request - Send a message. Prevent it to send in another way; the draft then stays.
 * @event {IlsRetryChatRequestEvent} ils-retry-chat-request - Send a failed message again.
 * @event {IlsDiscardChatRequestEvent} ils-discard-chat-request - Give a failed message up.
 * @event {IlsDismissRefusedChatRequestEvent} ils-dismiss-refused-chat-request - Put a message that a moderator refused away.
 * @event {IlsLoadChatRequestEvent} ils-load-chat-request - Load a page of history.
 * @event {IlsDeleteChatRequestEvent} ils-delete-chat-request - Delete a message for everyone.
 * @event {IlsReportChatRequestEvent} ils-report-chat-request - Tell those who moderate of a message.
 * @event {IlsPinChatRequestEvent} ils-pin-chat-request - Pin a message over the chat.
 * @event {IlsUnpinChatRequestEvent} ils-unpin-chat-request - Take a pin down.
 * @event {IlsAnnounceRequestEvent} ils-announce-request - Put an announcement over the chat.
 * @event {IlsSlowModeRequestEvent} ils-slow-mode-request - Let each write once in an interval.
 * @event {IlsSendDirectChatRequestEvent} ils-send-direct-chat-request - Send a message to a role or a person alone.
 * @event {IlsLoadDirectChatRequestEvent} ils-load-direct-chat-request - Load earlier messages to a role or a person.
 * @event {IlsRetryDirectChatRequestEvent} ils-retry-direct-chat-request - Send such a message that failed again.
 * @event {IlsDeleteDirectChatRequestEvent} ils-delete-direct-chat-request - Delete a message for a role or a person.
 * @event {IlsDiscardDirectChatRequestEvent} ils-discard-direct-chat-request - Give such a message up.
 * @event {IlsTimeOutParticipantRequestEvent} ils-time-out-participant-request - Keep the author of a message from writing for a time.
 * @event {IlsBanParticipantRequestEvent} ils-ban-participant-request - Remove the author of a message and keep them out.
 * @event {IlsRemoveParticipantRequestEvent} ils-remove-participant-request - Remove the author of a message from the room.
 * @event {IlsJoinRequestEvent} ils-join-request - Join the room, again or for the first time.
 */
export class IlsChat extends RoomElement {
  static readonly formAssociated = true;
  static override styles = [...baseStyles, buttonStyles, stateStyles, styles];

  /** `panel`, or `overlay` to lie over a picture: no header, no ground, words that fade out upwards. */
  @property({ reflect: true }) display: 'panel' | 'overlay' = 'panel';
  /** Draws no header. */
  @property({ type: Boolean, attribute: 'no-header', reflect: true }) noHeader = false;
  /** Longest message in UTF-16 code units. The server takes 2,000 at most. */
  @property({ type: Number }) maxlength = 2_000;
  /** Shown in the empty field; says what to write there. */
  @property() placeholder = '';
  /** Leaves reading only. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** `playhead` shows messages when the reader's own picture of a broadcast gets there, `live` as soon as they come. */
  @property({ reflect: true })
  get align(): Align {
    return this.#align.value;
  }
  set align(align: Align) {
    this.#align.value = align;
  }
  /** New messages are not announced to screen readers. */
  @property({ type: Boolean }) quiet = false;
  /** Under which name a form sends the draft. */
  @property({ reflect: true }) name = '';

  @state() private formDisabled = false;

  readonly #align = signal<Align>('playhead');
  readonly #internals = this.attachInternals();
  readonly #announcer = new AnnouncerController(this, ANNOUNCE_EVERY_MS);
  #live: LivePart | undefined;
  #loading = false;
  #draft = '';
  #focusWanted = false;

  /** What is being written. Kept through failures and reconnects. */
  get value(): string {
    return this.#draft;
  }
  set value(value: string) {
    if (value === this.#draft) return;
    this.#draft = value;
    this.#validate();
    this.requestUpdate();
  }

  /** The form that the element belongs to. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }
  /** Why the draft cannot be sent: `tooLong`. */
  get validity(): ValidityState {
    return this.#internals.validity;
  }
  /** The same in the reader's words. */
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }
  /** Whether the draft is short enough. */
  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }
  /** The same, and says so where it is not. */
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** Focuses the field. */
  override focus(options?: FocusOptions): void {
    this.#focusWanted = this.#live === undefined;
    this.#live?.composer.textarea?.focus(options);
  }

  /** Shows the newest message and keeps to it. */
  scrollToLatest(): void {
    this.#live?.messages.list.scrollToEnd();
  }

  /** Puts text into the field, where the caret is. */
  insert(text: string): void {
    if (this.#live === undefined) this.value += text;
    else this.#live.composer.insert(text);
  }

  /** Called by the browser with the form or a fieldset around it. */
  formDisabledCallback(disabled: boolean): void {
    this.formDisabled = disabled;
  }
  /** Called by the browser when the form is reset. */
  formResetCallback(): void {
    this.value = '';
  }
  /** Called by the browser with what was being written before the page was left. */
  formStateRestoreCallback(restored: string | File | FormData | null): void {
    if (typeof restored === 'string') this.value = restored;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('maxlength')) this.#validate();
  }

  protected override updated(): void {
    const standing = chatStanding(this.room?.store);
    if (standing.state !== 'idle') void this.#load();
    const conditions: Readonly<Record<string, boolean>> = {
      empty: standing.isEmpty,
      scrolled: this.#live?.messages.list.following === false,
      reconnecting: standing.state === 'reconnecting',
      over: standing.over !== undefined,
      'read-only': !standing.mayWrite,
    };
    for (const [name, holds] of Object.entries(conditions)) this.#internals.states[holds ? 'add' : 'delete'](name);
  }

  protected override render(): TemplateResult {
    const standing = chatStanding(this.room?.store);
    return html`<div class="base" part="base">
      ${this.noHeader || this.display === 'overlay' ? nothing : this.#renderHeader()}
      <div class="list">
        ${this.#live?.renderMessages(standing)}
        ${
          standing.state === 'idle'
            ? html`<div class="state-box" part="state"><slot name="empty">${renderIdle(this)}</slot></div>`
            : this.#live?.renderEmpty(standing)
        }
      </div>
      ${this.#live?.renderNotice(standing)} ${standing.over === undefined ? this.#renderComposer(standing) : nothing}
      ${this.#announcer.renderRegion()} ${this.#live?.renderMenu()}
    </div>`;
  }

  #renderComposer({ mayWrite, reason }: ChatStanding): TemplateResult {
    const placeholder = this.placeholder === '' ? msg('Say something…') : this.placeholder;
    if (this.#live === undefined) {
      return html`<div class="composer shell" part="composer">${mayWrite ? placeholder : reason}</div>`;
    }
    const disabled = !mayWrite || this.disabled || this.formDisabled;
    return this.#live.composer.render({ placeholder, disabled, reason });
  }

  #renderHeader(): TemplateResult {
    return html`<slot name="header">
      <div class="header" part="header">
        <h2 class="title truncate" part="title"><slot name="title">${msg('Chat')}</slot></h2>
        ${this.#live?.renderCount()}
        <slot name="header-end"></slot>
      </div>
    </slot>`;
  }

  /** There is nothing to read or to write before one is on the way into a room. */
  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { LivePart } = await import('./live-part.ts');
      this.#live = new LivePart(this, {
        announcer: this.#announcer,
        room: () => this.room,
        align: () => this.align,
        grouped: () => this.display === 'panel',
        quiet: () => this.quiet,
        maxlength: () => this.maxlength,
        draft: () => this.#draft,
        handleDraft: (draft) => (this.value = draft),
      });
      this.requestUpdate();
      await this.updateComplete;
      if (this.#focusWanted) this.focus();
    } catch {
      // The next change of the connection tries again.
      this.#loading = false;
    }
  }

  #validate(): void {
    this.#internals.setFormValue(this.#draft);
    if (this.#draft.length > this.maxlength) {
      const words = msg(str`At most ${formatCount(this.maxlength, languageOf(this))} characters.`);
      this.#internals.setValidity({ tooLong: true }, words, this.#live?.composer.textarea ?? undefined);
    } else {
      this.#internals.setValidity({});
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-chat': IlsChat;
  }
}
