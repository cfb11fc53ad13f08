import { html, nothing, type TemplateResult } from 'lit';
import { checkIcon } from '../../icons/check.ts';
import { copyIcon } from '../../icons/copy.ts';
import { icon } from '../../icons/icon.ts';
import { msg } from '../../locales/localization.ts';
import type { BroadcastView } from '../../protocol/index.ts';
import type { Store } from '../../store/store.ts';

export type Link = 'livestreamUrl' | 'playbackHlsUrl';

interface LinksOptions {
  /** The link that was copied a moment ago. */
  readonly copied: Link | null;
  readonly copy: (link: Link, address: string) => void;
}

/** Where the broadcast can be seen, now and afterwards. */
export function renderLinks(
  store: Store,
  view: BroadcastView | null,
  { copied, copy }: LinksOptions,
): TemplateResult | typeof nothing {
  const live = addressOf(store, view?.livestreamUrl);
  const recording = addressOf(store, view?.playbackHlsUrl);
  if (live === null && recording === null) return nothing;
  const renderLink = (link: Link, label: string, address: string): TemplateResult =>
    html`<div class="link-row">
      <div class="link-words">
        <span class="label">${label}</span>
        <a part="link" class="link truncate" href=${address} target="_blank" rel="noreferrer">${address}</a>
      </div>
      <button
        type="button"
        part="copy-button"
        class="icon-button"
        aria-label="${copied === link ? msg('Copied') : msg('Copy the link')}: ${label}"
        @click=${() => copy(link, address)}
      >
        ${icon(copied === link ? checkIcon : copyIcon)}
      </button>
    </div>`;
  const recordingLabel = live === null ? msg('Recording') : msg('From the beginning, with rewind');
  return html`<div part="links" class="links" role="group" aria-label=${msg('Links')}>
    ${live === null ? nothing : renderLink('livestreamUrl', msg('Live, for any player'), live)}
    ${recording === null ? nothing : renderLink('playbackHlsUrl', recordingLabel, recording)}
  </div>`;
}

/** Absolute, against the server that the room was joined on. */
function addressOf(store: Store, path: string | null | undefined): string | null {
  if (path === null || path === undefined) return null;
  return new URL(path, new URL(store.connection.server.value, document.baseURI)).href;
}
