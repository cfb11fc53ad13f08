import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import type { Align } from '../../controllers/playhead.ts';
import { IlsDiscardDirectChatRequestEvent, IlsRetryDirectChatRequestEvent } from '../../events/direct-chat-requests.ts';
import { clockIcon } from '../../icons/clock.ts';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { lockIcon } from '../../icons/lock.ts';
import { describeError } from '../../locales/errors.ts';
import { msg } from '../../locales/localization.ts';
import type { DirectChatSlice, PendingDirectMessage } from '../../store/direct-chat.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import { DirectLog } from './direct-log.ts';
import { describeTarget } from './direct-targets.ts';
import pendingStyles from './pending-row.styles.ts';
import type { ShownLog, ShownMessage } from './shown-log.ts';

export interface DirectPartOptions {
  readonly room: () => RoomContext | undefined;
  readonly align: () => Align;
}

/** Messages for some alone: where they stand, what says so, and one's own on their way. */
export class DirectPart {
  readonly #host: LitElement;
  readonly #options: DirectPartOptions;
  #merged: { readonly base: ShownLog; readonly slice: DirectChatSlice; readonly log: DirectLog } | undefined;

  constructor(host: LitElement, options: DirectPartOptions) {
    this.#host = host;
    this.#options = options;
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, pendingStyles);
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
