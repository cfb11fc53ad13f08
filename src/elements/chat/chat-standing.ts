import { html, nothing, type TemplateResult } from 'lit';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { endedIcon, icon, messageIcon } from '../../icons/index.ts';
import { describeConnection } from '../../locales/connection.ts';
import { describeError } from '../../locales/errors.ts';
import { msg } from '../../locales/localization.ts';
import type { ConnectionState } from '../../store/connection.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

/** How the chat stands: what to draw where there is nothing to read, and whether one may write. */
export interface ChatStanding {
  readonly state: ConnectionState;
  readonly isEmpty: boolean;
  readonly isOver: boolean;
  readonly isReconnecting: boolean;
  readonly mayWrite: boolean;
  /** Why one may not write; for the reader. */
  readonly reason: string;
  /** What ended it, where something did. */
  readonly error: string;
}

const OVER: ReadonlySet<ConnectionState> = new Set(['left', 'removed', 'ended', 'denied', 'failed']);

export function chatStanding(store: Store | undefined): ChatStanding {
  const state = store?.connection.state.value ?? 'idle';
  const error = store?.connection.error.value ?? null;
  const isOver = OVER.has(state);
  const isIn = state === 'joined' || state === 'reconnecting';
  const mayWrite = store !== undefined && isIn && may(store, 'chat.send');
  // Without the revision: the list draws by frame, and whatever else is read here draws it at once.
  const isEmpty = store === undefined || (store.chat.log.total === 0 && store.chat.pending.value.length === 0);
  return {
    state,
    isEmpty,
    isOver,
    isReconnecting: state === 'reconnecting',
    mayWrite,
    reason: mayWrite || isOver ? '' : isIn ? msg('Only reading is allowed here') : describeConnection(state),
    error: isOver && error !== null && state !== 'ended' && state !== 'removed' ? describeError(error) : '',
  };
}

/** What stands in the list's place while there is nothing to read, or after the end where nothing was said. */
export function renderStanding(
  standing: ChatStanding,
  host: HTMLElement,
  handleStart: () => void,
): TemplateResult | typeof nothing {
  if (!standing.isEmpty) return nothing;
  const { state } = standing;
  if (state === 'connecting') {
    return html`<div class="state-box loading" part="state" role="status" aria-label=${msg('Loading the chat')}>
      ${[46, 78, 62, 90, 55].map(
        (width) =>
          html`<div class="row hole">
            <div class="skeleton head-skeleton"></div>
            <div class="skeleton text-skeleton width-${width}"></div>
          </div>`,
      )}
    </div>`;
  }
  if (standing.isOver) return renderOver(standing, host);
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

function renderOver({ state, error }: ChatStanding, host: HTMLElement): TemplateResult {
  return html`<div class="state-box" part="state">
    <div class="state">
      ${icon(endedIcon)}
      <div class="title">${describeConnection(state)}</div>
      <div class="text">${error}</div>
      ${state === 'left' || state === 'failed' ? renderJoinButton(host, msg('Join again')) : nothing}
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
