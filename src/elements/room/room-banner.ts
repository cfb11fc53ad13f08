import { html, nothing, type TemplateResult } from 'lit';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { icon } from '../../icons/icon.ts';
import { errorIcon } from '../../icons/error.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { msg } from '../../locales/localization.ts';
import type { Store } from '../../store/store.ts';
import { connectionMessage } from '../connection-message.ts';

/** Elements that say in their own place why there is no connection, each with its button. */
const SPEAKERS = 'ils-player, ils-stage, ils-preview';

/** Whether the page shows an element of the room that says it already, or soon will. */
function isSaidElsewhere(room: Element): boolean {
  return [...room.querySelectorAll(SPEAKERS)].some((element) => element.checkVisibility());
}

/** Why the room is not connected and the one thing to do about it; nothing while all is well, or after leaving on purpose. */
export function renderRoomBanner(host: Element, store: Store): TemplateResult | typeof nothing {
  const state = store.connection.state.value;
  if (state === 'left') return nothing;
  const passing = state === 'reconnecting';
  const message = passing ? { title: msg('Connection lost. Coming back…') } : connectionMessage(store);
  // Asked last: it has the browser lay the page out.
  if (message === undefined || isSaidElsewhere(host)) return nothing;
  const handleClick = () => host.dispatchEvent(new IlsJoinRequestEvent());
  return html`<div
    part="banner"
    class="banner ${passing ? 'warning passing' : ''}"
    role=${passing ? 'status' : 'alert'}
  >
    ${icon(passing ? offlineIcon : errorIcon)}
    <span part="banner-text">${message.title}</span>
    ${
      message.action === undefined
        ? nothing
        : html`<button type="button" part="banner-action" class="button small outlined" @click=${handleClick}>
            ${message.action}
          </button>`
    }
  </div>`;
}
