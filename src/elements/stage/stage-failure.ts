import { html, nothing, type TemplateResult } from 'lit';
import { IlsTestMediaRequestEvent } from '../../events/media-requests.ts';
import { icon } from '../../icons/icon.ts';
import { cameraIcon } from '../../icons/camera.ts';
import { testMediaIcon } from '../../icons/test-media.ts';
import { msg } from '../../locales/localization.ts';
import { describeMediaError } from '../../locales/media-errors.ts';
import type { MediaErrorCode, Source } from '../../protocol/index.ts';
import { renderState } from './stage-state.ts';

/** Why one cannot go live, and what helps. */
export function renderStageFailure(
  host: EventTarget,
  source: Source,
  code: MediaErrorCode,
  handleRetry: () => void,
): TemplateResult {
  const words = describeMediaError(source, code);
  const retry = words.retry ? msg('Try again') : undefined;
  return html`${renderState(icon(cameraIcon), words.title, words.text, retry, handleRetry)}
  ${
    words.testMedia
      ? html`<button
          type="button"
          part="test-button"
          class="button quiet test"
          @click=${() => host.dispatchEvent(new IlsTestMediaRequestEvent(true))}
        >
          ${icon(testMediaIcon)} ${msg('Use a test picture')}
        </button>`
      : nothing
  }`;
}
