import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { IlsSelectDeviceRequestEvent } from '../../events/media-requests.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
import { cameraIcon } from '../../icons/camera.ts';
import { microphoneIcon } from '../../icons/microphone.ts';
import { volumeHighIcon } from '../../icons/volume-high.ts';
import { msg, str } from '../../locales/localization.ts';
import type { DeviceKind } from '../../store/local-media.ts';
import type { Store } from '../../store/store.ts';

const ICONS: Readonly<Record<DeviceKind, IconNode>> = {
  camera: cameraIcon,
  microphone: microphoneIcon,
  speaker: volumeHighIcon,
};

const labelOf = (kind: DeviceKind): string =>
  kind === 'camera' ? msg('Camera') : kind === 'microphone' ? msg('Microphone') : msg('Speaker');

/** One list of devices; nothing where the browser names none. `end` stands beside it. */
export function renderDeviceSelect(
  host: EventTarget,
  store: Store,
  kind: DeviceKind,
  end: TemplateResult | typeof nothing = nothing,
): TemplateResult | typeof nothing {
  const devices = store.localMedia.devices.value[kind];
  if (devices.length === 0) return nothing;
  const selected = store.localMedia.selected.value[kind];
  const chosen = devices.some(({ id }) => id === selected) ? selected : devices[0]?.id;
  const handleChange = (event: Event) =>
    host.dispatchEvent(new IlsSelectDeviceRequestEvent(kind, (event.currentTarget as HTMLSelectElement).value));
  return html`<div class="device" part="device">
    ${icon(ICONS[kind])}
    <select
      class="input"
      part="device-select"
      name=${kind}
      aria-label=${labelOf(kind)}
      .value=${live(chosen ?? '')}
      @change=${handleChange}
    >
      ${devices.map(
        ({ id, label }, index) =>
          html`<option value=${id} ?selected=${id === chosen}>
            ${label === '' ? msg(str`${labelOf(kind)} ${index + 1}`) : label}
          </option>`,
      )}
    </select>
    ${end}
  </div>`;
}
