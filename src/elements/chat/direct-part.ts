import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import type { Align } from '../../controllers/playhead.ts';
import {
  IlsDiscardDirectChatRequestEvent,
  IlsLoadDirectChatRequestEvent,
  IlsRetryDirectChatRequestEvent,
} from '../../events/direct-chat-requests.ts';
import { clockIcon } from '../../icons/clock.ts';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { lockIcon } from '../../icons/lock.ts';
import { describeError } from '../../locales/errors.ts';
import { msg } from '../../locales/localization.ts';
import type { DirectMessage } from '../../protocol/index.ts';
import type { DirectChatSlice, PendingDirectMessage } from '../../store/direct-chat.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import { DirectLog } from './direct-log.ts';
import { describeTarget } from './direct-targets.ts';
import type { MessageListController } from './message-list.ts';
import pendingStyles from './pending-row.styles.ts';
import type { ShownLog, ShownMessage } from './shown-log.ts';

export interface DirectPartOptions {
  readonly room: () => RoomContext | undefined;
  readonly align: () => Align;
  readonly messages: MessageListController;
}

/** Messages for some alone: where they stand, what says so, and one's own on their way. */
export class DirectPart implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: DirectPartOptions;
  #merged: { readonly base: ShownLog; readonly slice: DirectChatSlice; readonly log: DirectLog } | undefined;
  /** The earliest message when those before it were asked for. */
  #asked: DirectMessage | undefined;
  /** The row in the middle of the view when earlier ones came, and where it stands since. */
  #moved: number | undefined;

  constructor(host: LitElement, options: DirectPartOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, pendingStyles);
  }

  /** The rows that are drawn are those of before as yet. */
  hostUpdate(): void {
    const { log, slice } = this.#merged ?? {};
    const added = slice?.messages.peek().findIndex(({ id }) => id === this.#asked?.id) ?? 0;
    if (log === undefined || added <= 0) return;
    this.#asked = undefined;
    const row = this.#middleRow();
    if (row !== undefined) this.#moved = log.rowAfter(row, added);
  }

  /** Loads what is earlier once the reader gets there, and stays at what they read when it is there. */
  hostUpdated(): void {
    const { list } = this.#options.messages;
    if (this.#moved !== undefined) {
      if (!list.following) list.scrollTo(this.#moved);
      this.#moved = undefined;
      // Where the place on the screen is the same, no scroll event tells that other rows stand there now.
      list.updateSoon();
      return;
    }
    const { log, slice } = this.#merged ?? {};
    const [earliest] = slice?.messages.peek() ?? [];
    if (log === undefined || slice?.hasEarlier.peek() !== true || earliest === this.#asked) return;
    if (list.first > log.firstRow) return;
    this.#asked = earliest;
    this.#host.dispatchEvent(new IlsLoadDirectChatRequestEvent());
  }

  logOver(base: ShownLog, slice: DirectChatSlice): ShownLog {
    const store = this.#options.room()?.store;
    if (store === undefined) return base;
    if (this.#merged?.base !== base || this.#merged.slice !== slice)
      this.#merged = { base, slice, log: new DirectLog(base, slice, store, this.#options.align) };
    return this.#merged.log;
  }

  describe({ to, author }: ShownMessage): string {
    const selfId = this.#options.room()?.store.participants.selfId.value ?? null;
    return to === undefined ? '' : describeTarget({ to, author }, selfId);
  }

  renderTarget(message: ShownMessage): TemplateResult {
    return html`<span class="target" part="message-target">${icon(lockIcon)}${this.describe(message)}</span>`;
  }

  renderPending(): unknown {
    const slice = this.#options.room()?.store.features.loaded.value.directChat;
    return slice?.pending.value.map((message) => this.#renderPendingMessage(message));
  }

  #middleRow(): number | undefined {
    const { scroller } = this.#options.messages;
    if (scroller === null) return undefined;
    const { top, height } = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll<HTMLElement>('[data-index]')];
    const row = rows.find((each) => each.getBoundingClientRect().bottom >= top + height / 2);
    return row === undefined ? undefined : Number(row.dataset.index);
  }

  #renderPendingMessage({ key, text, state, error }: PendingDirectMessage): TemplateResult {
    const failed = state === 'failed';
    return html`<div
      class="row message first pending direct ${failed ? 'failed' : ''}"
      part="message own-message pending-message direct-message"
    >
      <div class="body">
        <span class="target" part="message-target">
          ${icon(lockIcon)}${msg('Not for everyone')}
          ${failed ? nothing : html`<span class="sending" role="img" aria-label=${msg('Sending')}>${icon(clockIcon)}</span>`}
        </span>
        <span class="text" part="message-text" dir="auto">${text}</span>
        ${
          failed
            ? html`<div class="failure" part="failure" role="group" aria-label=${msg('Message not sent')}>
                <span class="failure-words">
                  ${icon(errorIcon)}<span>${msg('Not sent.')} ${error === null ? nothing : describeError(error)}</span>
                </span>
                <button
                  type="button"
                  class="button small outlined"
                  part="retry-button"
                  @click=${() => this.#host.dispatchEvent(new IlsRetryDirectChatRequestEvent(key))}
                >
                  ${msg('Retry')}
                </button>
                <button
                  type="button"
                  class="button small quiet"
                  part="discard-button"
                  @click=${() => this.#host.dispatchEvent(new IlsDiscardDirectChatRequestEvent(key))}
                >
                  ${msg('Discard')}
                </button>
              </div>`
            : nothing
        }
      </div>
    </div>`;
  }
}
