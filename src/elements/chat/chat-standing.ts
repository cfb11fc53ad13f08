import { html, nothing, type TemplateResult } from 'lit';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
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
    mayWrite,
    reason: mayWrite || over !== undefined ? '' : describeReason(state),
  };
}

function describeReason(state: ConnectionState): string {
  if (state === 'idle') return msg('Join to write');
  return state === 'connecting' ? msg('Joining…') : msg('Only reading is allowed here');
}

/** What stands in the list's place before one is in a room; with the room comes what stands there then. */
export const renderIdle = (host: HTMLElement): TemplateResult =>
  renderState(messageIcon, msg('The chat opens when you join'), undefined, renderJoinButton(host, msg('Join')));

/** In place of messages: an icon, a few words and the one thing to do. */
export function renderState(
  node: IconNode,
  title: string,
  text: string | undefined,
  action: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<div class="state">
    ${icon(node)}
    <div class="title">${title}</div>
    ${text === undefined ? nothing : html`<div class="text">${text}</div>`} ${action}
  </div>`;
}

export function renderJoinButton(host: HTMLElement, words: string): TemplateResult {
  return html`<button
    type="button"
    class="button primary"
    @click=${() => host.dispatchEvent(new IlsJoinRequestEvent())}
  >
    ${words}
  </button>`;
}
