import { html, nothing, type TemplateResult } from 'lit';
import { IlsStartSourceRequestEvent, IlsTestMediaRequestEvent } from '../../events/media-requests.ts';
import { icon } from '../../icons/icon.ts';
import { closeIcon } from '../../icons/close.ts';
import { msg } from '../../locales/localization.ts';
import { describeMediaError } from '../../locales/media-errors.ts';
import type { MediaErrorCode, Source } from '../../protocol/index.ts';
import { renderBanner } from './control-banner.ts';

/** What failed, why, and what helps. */
export function renderControlFailure(
  host: EventTarget,
  source: Source,
  code: MediaErrorCode,
  dismiss: () => void,
): TemplateResult {
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
        @click=${dismiss}
      >
        ${icon(closeIcon)}
      </button>`,
  );
}
