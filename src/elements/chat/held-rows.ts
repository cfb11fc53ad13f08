import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomContext } from '../../context/room-context.ts';
import { IlsDismissRefusedChatRequestEvent } from '../../events/held-chat-requests.ts';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { timerIcon } from '../../icons/timer.ts';
import { msg } from '../../locales/localization.ts';
import type { HeldOwnMessage } from '../../store/moderation.ts';
import { self } from '../../store/selectors.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import styles from './held-rows.styles.ts';
import { renderAuthor, renderMessageText } from './message-row.ts';

export type HeldRows = () => unknown;

/** One's own messages that others do not see: those that wait for a moderator, and those that were refused. */
export function createHeldRows(host: LitElement, room: () => RoomContext | undefined): HeldRows {
  if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, styles);
  return () => {
    const store = room()?.store;
    const held = store?.features.loaded.value.moderation?.held.value;
    if (store === undefined || held === undefined || held.length === 0) return nothing;
    const { id, name } = self(store) ?? { id: '', name: '' };
    const author = renderAuthor(id, name === '' ? msg('You') : name);
    return html`<div class="held-rows" role="group" aria-label=${msg('Your messages that others do not see')}>
      ${repeat(
        held,
        (message) => message.id,
        (message) => renderHeld(host, message, author),
      )}
    </div>`;
  };
}

function renderHeld(host: EventTarget, message: HeldOwnMessage, author: TemplateResult): TemplateResult {
  const { id, text, isRefused } = message;
  return html`<div
    class="row message first held ${isRefused ? 'refused' : ''}"
    part="message own-message held-message ${isRefused ? 'refused-message' : ''}"
  >
    <div class="body">
      <div class="head" part="message-head">${author}</div>
      ${text === '' ? nothing : renderMessageText(message, text)}
      <div class="held-words" part="held-notice">
        <span role="status">
          ${icon(isRefused ? errorIcon : timerIcon)}
          <span
            >${
              !isRefused
                ? msg('Waiting for a moderator. Only you see it.')
                : text === ''
                  ? msg('A moderator did not let a message of yours through.')
                  : msg('A moderator did not let it through.')
            }</span
          >
        </span>
        ${
          isRefused
            ? html`<button
                type="button"
                class="button small quiet"
                part="dismiss-button"
                @click=${() => host.dispatchEvent(new IlsDismissRefusedChatRequestEvent(id))}
              >
                ${msg('Dismiss')}
              </button>`
            : nothing
        }
      </div>
    </div>
  </div>`;
}
