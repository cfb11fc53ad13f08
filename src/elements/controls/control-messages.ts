import { html, nothing, type TemplateResult } from 'lit';
import { IlsStartSourceRequestEvent, IlsTestMediaRequestEvent } from '../../events/media-requests.ts';
import { icon } from '../../icons/icon.ts';
import { closeIcon } from '../../icons/close.ts';
import { errorIcon } from '../../icons/error.ts';
import { infoIcon } from '../../icons/info.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { msg, str } from '../../locales/localization.ts';
import { describeMediaError } from '../../locales/media-errors.ts';
import type { Source } from '../../protocol/index.ts';
import type { MediaErrorCode } from '../../store/local-media.ts';
import { mayPublish, streamOf } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

export interface MessageView {
  readonly speaksMuted: boolean;
  /** In words; empty without shortcuts. */
  readonly unmuteKey: string;
  /** What the reader has waved away: source and cause. */
  readonly dismissed: ReadonlySet<string>;
  readonly dismiss: (key: string) => void;
}

const SHOWN: readonly Source[] = ['camera', 'microphone', 'screen'];
/** These two were the reader's own doing at the browser's own dialog, which said enough. */
const SILENT: ReadonlySet<MediaErrorCode> = new Set(['permissionDismissed', 'ended']);

export const dismissKey = (source: Source, code: MediaErrorCode): string => `${source} ${code}`;

/** The one thing most worth saying above the buttons: what failed and what helps, else that one is muted. */
export function renderMessage(host: EventTarget, store: Store, view: MessageView): TemplateResult | typeof nothing {
  if (!store.localMedia.supported.value && (mayPublish(store, 'camera') || mayPublish(store, 'microphone'))) {
    return renderBanner(
      'warning',
      html`<strong>${msg('This browser cannot go live.')}</strong>
        ${msg('Use a current version of Chrome, Edge, Firefox or Safari.')}`,
    );
  }
  const sources = store.localMedia.sources.value;
  for (const source of SHOWN) {
    const { error } = sources[source];
    if (error === null || view.dismissed.has(dismissKey(source, error))) continue;
    if (source === 'screen' && SILENT.has(error)) continue;
    return renderMediaError(host, source, error, view);
  }
  return renderMuted(store, view);
}

function renderMediaError(host: EventTarget, source: Source, code: MediaErrorCode, view: MessageView): TemplateResult {
  const { title, text, retry, testMedia } = describeMediaError(source, code);
  return renderBanner(
    'danger',
    html`<strong>${title}.</strong> ${text}`,
    html`${
        retry
          ? html`<button
              type="button"
              class="button small"
              part="retry-button"
              @click=${() => host.dispatchEvent(new IlsStartSourceRequestEvent(source))}
            >
              ${msg('Try again')}
            </button>`
          : nothing
      }
      ${
        testMedia
          ? html`<button
              type="button"
              class="button small"
              part="test-media-button"
              @click=${() => host.dispatchEvent(new IlsTestMediaRequestEvent(true))}
            >
              ${msg('Use a test picture')}
            </button>`
          : nothing
      }
      <button
        type="button"
        class="icon-button small"
        part="dismiss-button"
        aria-label=${msg('Dismiss')}
        @click=${() => view.dismiss(dismissKey(source, code))}
      >
        ${icon(closeIcon)}
      </button>`,
  );
}

function renderMuted(store: Store, { speaksMuted, unmuteKey }: MessageView): TemplateResult | typeof nothing {
  const id = store.participants.selfId.value;
  const stream = id === null ? null : streamOf(store, id, 'microphone');
  if (stream?.muted === true && stream.mutedBy === 'host') {
    return renderBanner('', msg('The host muted you. You can unmute yourself when it is your turn.'), nothing, 'muted');
  }
  if (!speaksMuted) return nothing;
  const words = unmuteKey === '' ? msg('You are muted.') : msg(str`You are muted. Press ${unmuteKey} to be heard.`);
  return renderBanner('', words, nothing, 'muted');
}

function renderBanner(
  kind: '' | 'warning' | 'danger',
  words: unknown,
  actions: unknown = nothing,
  about: 'muted' | '' = '',
): TemplateResult {
  const node = about === 'muted' ? microphoneOffIcon : kind === '' ? infoIcon : errorIcon;
  return html`<div class="banner ${kind}" part="message" role=${kind === 'danger' ? 'alert' : 'status'}>
    ${icon(node)}<span class="banner-words">${words}</span>
    ${actions === nothing ? nothing : html`<span class="banner-actions">${actions}</span>`}
  </div>`;
}
