import { html, nothing, type TemplateResult } from 'lit';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { icon } from '../../icons/icon.ts';
import { endedIcon } from '../../icons/ended.ts';
import { messageIcon } from '../../icons/message.ts';
import { msg } from '../../locales/localization.ts';
import type { ConnectionState } from '../../store/connection.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { connectionMessage, type ConnectionMessage } from '../connection-message.ts';

/** How the chat stands: what to draw where there is nothing to read, and whether one may write. */
export interface ChatStanding {
  readonly state: ConnectionState;
  readonly isEmpty: boolean;
  readonly isReconnecting: boolean;
  readonly mayWrite: boolean;
  /** Why one may not write; for the reader. */
  readonly reason: string;
  /** Why one is out of the room, where one is. */
  readonly over: ConnectionMessage | undefined;
}

export function chatStanding(store: Store | undefined): ChatStanding {
  const state = store?.connection.state.value ?? 'idle';
  const over = store === undefined ? undefined : connectionMessage(store);
  const isIn = state === 'joined' || state === 'reconnecting';
  const mayWrite = store !== undefined && isIn && may(store, 'chat.send');
  // Without the revision: the list draws by frame, and whatever else is read here draws it at once.
  const isEmpty = store === undefined || (store.chat.log.total === 0 && store.chat.pending.value.length === 0);
  return {
    state,
    isEmpty,
    over,
    isReconnecting: state === 'reconnecting',
    mayWrite,
    reason: mayWrite || over !== undefined ? '' : describeReason(state),
  };
}

function describeReason(state: ConnectionState): string {
  if (state === 'idle') return msg('Join to write');
  return state === 'connecting' ? msg('Joining…') : msg('Only reading is allowed here');
}

/** What stands in the list's place while there is nothing to read, or after the end where nothing was said. */
export function renderStanding(
  standing: ChatStanding,
  host: HTMLElement,
  handleStart: () => void,
): TemplateResult | typeof nothing {
  if (!standing.isEmpty) return nothing;
  const { state } = standing;
  if (state === 'connecting') return nothing;
  if (standing.over !== undefined) return renderOver(standing.over, host);
  const idle = state === 'idle';
  return html`<div class="state-box" part="state">
    <slot name="empty">
      <div class="state">
        ${icon(messageIcon)}
        <div class="title">${idle ? msg('The chat opens when you join') : msg('No messages yet')}</div>
        <div class="text">${idle ? '' : msg('What people say during the event will be here.')}</div>
        ${
          idle
            ? renderJoinButton(host, msg('Join'))
            : standing.mayWrite
              ? html`<button type="button" class="button" @click=${handleStart}>${msg('Say hello')}</button>`
              : nothing
        }
      </div>
    </slot>
  </div>`;
}

function renderOver({ title, text, action }: ConnectionMessage, host: HTMLElement): TemplateResult {
  return html`<div class="state-box" part="state">
    <div class="state">
      ${icon(endedIcon)}
      <div class="title">${title}</div>
      ${text === undefined ? nothing : html`<div class="text">${text}</div>`}
      ${action === undefined ? nothing : renderJoinButton(host, action)}
    </div>
  </div>`;
}

function renderJoinButton(host: HTMLElement, words: string): TemplateResult {
  return html`<button
    type="button"
    class="button primary"
    @click=${() => host.dispatchEvent(new IlsJoinRequestEvent())}
  >
    ${words}
  </button>`;
}
