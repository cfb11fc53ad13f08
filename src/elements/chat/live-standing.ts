import { html, nothing, type TemplateResult } from 'lit';
import { endedIcon } from '../../icons/ended.ts';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { messageIcon } from '../../icons/message.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { participantsIcon } from '../../icons/participants.ts';
import { counted } from '../../locales/counted.ts';
import { languageOf, msg, str } from '../../locales/localization.ts';
import { totalParticipants } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { renderJoinButton, renderState, type ChatStanding } from './chat-standing.ts';
import type { MessageListController } from './message-list.ts';

/** What stands in the list's place while nothing has been said, or after the end where nothing was. */
export function renderEmpty(
  { state, over, isEmpty, mayWrite }: ChatStanding,
  host: HTMLElement,
  handleStart: (() => void) | undefined,
): TemplateResult | typeof nothing {
  if (!isEmpty || state === 'idle' || state === 'connecting') return nothing;
  if (over !== undefined) {
    const action = over.action === undefined ? nothing : renderJoinButton(host, over.action);
    return html`<div class="state-box" part="state">${renderState(endedIcon, over.title, over.text, action)}</div>`;
  }
  const start = html`<button type="button" class="button" @click=${handleStart}>${msg('Say hello')}</button>`;
  const text = msg('What people say during the event will be here.');
  return html`<div class="state-box" part="state">
    <slot name="empty"
      >${renderState(messageIcon, msg('No messages yet'), text, mayWrite && handleStart ? start : nothing)}</slot
    >
  </div>`;
}

/** One line between list and composer: that the connection is interrupted, that the room is over, that history did not load. */
export function renderNotice(
  { state, over, isEmpty }: ChatStanding,
  messages: MessageListController,
): TemplateResult | typeof nothing {
  if (state === 'reconnecting') {
    return html`<div class="notice" part="notice" role="status">
      ${icon(offlineIcon)}<span>${msg('Reconnecting… What you send waits until then.')}</span>
    </div>`;
  }
  if (over !== undefined && !isEmpty) {
    return html`<div class="notice end" part="notice" role="status">${over.title}</div>`;
  }
  if (!messages.historyFailed) return nothing;
  return html`<div class="notice" part="notice" role="status">
    ${icon(errorIcon)}<span>${msg('Earlier messages did not load.')}</span>
    <button type="button" class="button small outlined" @click=${messages.handleLoadAgain}>${msg('Try again')}</button>
  </div>`;
}

/** How many are in the room. */
export function renderCount(store: Store, host: Element): TemplateResult | typeof nothing {
  const total = totalParticipants(store);
  if (total === 0) return nothing;
  const count = counted(total, languageOf(host));
  return html`<span class="count tabular" part="count" role="img" aria-label=${msg(str`${count} in the room`)}>
    ${icon(participantsIcon)}<span aria-hidden="true">${String(count)}</span>
  </span>`;
}
