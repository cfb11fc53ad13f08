import { html, nothing, type TemplateResult } from 'lit';
import { IlsStartSourceRequestEvent, IlsTestMediaRequestEvent } from '../../events/media-requests.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
import { cameraIcon } from '../../icons/camera.ts';
import { cameraOffIcon } from '../../icons/camera-off.ts';
import { microphoneIcon } from '../../icons/microphone.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { spinnerIcon } from '../../icons/spinner.ts';
import { testMediaIcon } from '../../icons/test-media.ts';
import { msg } from '../../locales/localization.ts';
import { describeMediaError } from '../../locales/media-errors.ts';
import type { LocalSource } from '../../store/local-media.ts';
import type { Store } from '../../store/store.ts';
import { initialsOf } from '../tile/initials.ts';

export type PreviewSource = 'camera' | 'microphone';

export interface PictureOptions {
  readonly host: EventTarget;
  readonly store: Store;
  readonly sources: readonly PreviewSource[];
  readonly name: string;
  readonly hasFrame: boolean;
  readonly handleToggle: (source: PreviewSource) => void;
  readonly handleOpenAll: () => void;
}

const isOpen = ({ status }: LocalSource): boolean => status === 'live' || status === 'starting' || status === 'muted';

/** One's own picture as it will be seen, with the two buttons over it; where there is none, why and what to do. */
export function renderPicture(options: PictureOptions): TemplateResult {
  const { store, sources, name, hasFrame } = options;
  const { camera } = store.localMedia.sources.value;
  const shown = camera.status === 'live' && hasFrame;
  return html`<div part="picture" class="picture ${shown ? 'shown' : ''}">
    <video part="video" class="video" muted playsinline autoplay tabindex="-1" aria-hidden="true"></video>
    ${shown ? nothing : html`<div class="dark">${renderDark(options)}</div>`}
    ${name === '' ? nothing : html`<span part="name" class="name truncate">${name}</span>`}
    <div class="toggles" part="toggles">
      ${sources.includes('microphone') ? renderToggle(options, 'microphone', microphoneIcon, microphoneOffIcon) : nothing}
      ${sources.includes('camera') ? renderToggle(options, 'camera', cameraIcon, cameraOffIcon) : nothing}
    </div>
    ${store.localMedia.sources.value.microphone.status === 'live' ? html`<div class="level" part="level" aria-hidden="true"><i></i><i></i><i></i></div>` : nothing}
  </div>`;
}

function renderToggle({ store, handleToggle }: PictureOptions, source: PreviewSource, on: IconNode, off: IconNode) {
  const { status } = store.localMedia.sources.value[source];
  const isOn = status === 'live' || status === 'starting';
  const label =
    source === 'camera'
      ? isOn
        ? msg('Turn the camera off')
        : msg('Turn the camera on')
      : isOn
        ? msg('Turn the microphone off')
        : msg('Turn the microphone on');
  return html`<button
    type="button"
    part="toggle ${source}-toggle"
    class="toggle ${isOn ? '' : 'is-off'}"
    aria-label=${label}
    aria-pressed=${String(isOn)}
    ?disabled=${status === 'starting'}
    @click=${() => handleToggle(source)}
  >
    ${isOn ? html`<slot name="${source}-icon">${icon(on)}</slot>` : html`<slot name="${source}-off-icon">${icon(off)}</slot>`}
  </button>`;
}

function renderDark(options: PictureOptions): TemplateResult {
  const { store, sources, name, handleOpenAll } = options;
  const local = store.localMedia.sources.value;
  const { camera } = local;
  if (sources.includes('camera') && camera.status === 'failed') return renderFailure(options, 'camera');
  if (!sources.includes('camera')) return renderInitials(name);
  if (camera.status === 'starting' || camera.status === 'live')
    return html`<p class="passing" role="status">${icon(spinnerIcon)} ${msg('Starting the camera…')}</p>`;
  if (sources.every((source) => !isOpen(local[source]) && local[source].status !== 'failed'))
    return html`<div class="ask" part="ask">
      <p class="ask-title">${msg('Do you want to be seen and heard?')}</p>
      <p class="ask-text">${msg('You can turn either off again at any time.')}</p>
      <button type="button" part="open-button" class="button primary" @click=${handleOpenAll}>
        ${icon(cameraIcon)} ${msg('Turn on camera and microphone')}
      </button>
    </div>`;
  return html`${renderInitials(name)}
    <p class="dark-text">${msg('Camera is off')}</p>`;
}

function renderInitials(name: string): TemplateResult {
  const initials = initialsOf(name);
  return html`<span class="avatar" part="avatar" aria-hidden="true"
    >${initials === '' ? icon(cameraOffIcon) : initials}</span
  >`;
}

/** What went wrong with a device, and what can be done about it now. */
export function renderFailure(
  { host, store }: Pick<PictureOptions, 'host' | 'store'>,
  source: PreviewSource,
): TemplateResult {
  const words = describeMediaError(source, store.localMedia.sources.value[source].error ?? 'failed');
  return html`<div class="failure" part="failure" role="alert">
    <p class="failure-title">${icon(source === 'camera' ? cameraOffIcon : microphoneOffIcon)} ${words.title}</p>
    <p class="failure-text">${words.text}</p>
    <div class="failure-actions">
      ${
        words.retry
          ? html`<button
              type="button"
              part="retry-button"
              class="button small"
              @click=${() => host.dispatchEvent(new IlsStartSourceRequestEvent(source))}
            >
              ${msg('Try again')}
            </button>`
          : nothing
      }
      ${
        words.testMedia && source === 'camera'
          ? html`<button
              type="button"
              part="test-button"
              class="button small quiet"
              @click=${() => host.dispatchEvent(new IlsTestMediaRequestEvent(true))}
            >
              ${icon(testMediaIcon)} ${msg('Use a test picture')}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}
