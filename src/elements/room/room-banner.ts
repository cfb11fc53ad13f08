import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { errorIcon, icon, offlineIcon } from '../../icons/index.ts';
import type { ConnectionState } from '../../store/connection.ts';
import type { Store } from '../../store/store.ts';

interface BannerText {
  readonly text: string;
  /** What the one button says, where trying again may help. */
  readonly action?: string;
}

function bannerText(state: ConnectionState, store: Store): BannerText | undefined {
  const code = store.connection.error.value?.code;
  const rejoin = msg('Join again');
  switch (state) {
    case 'reconnecting':
      return { text: msg('Connection lost. Coming back…') };
    case 'removed':
      return { text: msg('You were removed from the room.') };
    case 'ended':
      return { text: msg('The show has ended.') };
    case 'denied':
      return code === 'tokenExpired'
        ? { text: msg('Your invitation has run out.'), action: rejoin }
        : { text: msg('This invitation is not valid. Ask the host for a new one.'), action: msg('Try again') };
    case 'failed':
      if (code === 'joinedElsewhere') return { text: msg('You joined from another window.'), action: msg('Join here') };
      if (code === 'roomFull') return { text: msg('The room is full.'), action: msg('Try again') };
      if (code === 'versionUnsupported') return { text: msg('This page is out of date. Load it again.') };
      return { text: msg('The room cannot be reached.'), action: msg('Try again') };
    default:
      return undefined;
  }
}

/** Why the room is not connected and the one thing to do about it; nothing while all is well. */
export function renderRoomBanner(
  host: EventTarget,
  store: Store,
  state: ConnectionState,
): TemplateResult | typeof nothing {
  const banner = bannerText(state, store);
  if (banner === undefined) return nothing;
  const passing = state === 'reconnecting';
  const handleClick = () => host.dispatchEvent(new IlsJoinRequestEvent());
  return html`<div
    part="banner"
    class="banner ${passing ? 'warning passing' : ''}"
    role=${passing ? 'status' : 'alert'}
  >
    ${icon(passing ? offlineIcon : errorIcon)}
    <span part="banner-text">${banner.text}</span>
    ${
      banner.action === undefined
        ? nothing
        : html`<button part="banner-action" class="button small outlined" @click=${handleClick}>
            ${banner.action}
          </button>`
    }
  </div>`;
}
