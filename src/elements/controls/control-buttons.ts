import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconNode } from '../../icons/icon.ts';
import { chevronUpIcon } from '../../icons/chevron-up.ts';
import { spinnerIcon } from '../../icons/spinner.ts';
import { warningIcon } from '../../icons/warning.ts';
import type { LocalSource } from '../../store/local-media.ts';
import type { Shortcut } from './shortcuts.ts';

export interface SourceButtonView {
  readonly source: 'camera' | 'microphone' | 'screen';
  readonly state: LocalSource;
  readonly icon: IconNode;
  readonly offIcon: IconNode;
  /** What the button does now. */
  readonly label: string;
  readonly shortcut: Shortcut | null;
  readonly handleToggle: () => void;
}

export interface DeviceMenuView {
  readonly label: string;
  readonly isOpen: boolean;
  readonly handleOpen: (button: HTMLElement) => void;
}

/** Turns a source on and off; with devices to choose from, a second button opens them. */
export function renderSourceButton(view: SourceButtonView, menu: DeviceMenuView | null): TemplateResult {
  const { source, state, shortcut, label } = view;
  const isOn = state.status === 'live' || (source === 'screen' && state.status === 'starting');
  const failed = state.status === 'failed' && source !== 'screen';
  const look = isOn ? (source === 'screen' ? 'sharing' : 'on') : state.status === 'muted' || failed ? 'off' : '';
  return html`<div class="split ${source} ${look}" part="${source}">
    <button
      type="button"
      class="icon-button large toggle"
      part="${source}-button"
      aria-label=${label}
      aria-keyshortcuts=${shortcut?.aria ?? nothing}
      aria-busy=${state.status === 'starting' ? 'true' : nothing}
      data-tooltip=${shortcut === null ? label : `${label} (${shortcut.words})`}
      @click=${view.handleToggle}
    >
      ${
        state.status === 'starting'
          ? html`<span class="spinner">${icon(spinnerIcon)}</span>`
          : html`<slot name="${source}-${isOn ? 'on' : 'off'}-icon">${icon(isOn ? view.icon : view.offIcon)}</slot>`
      }
      ${failed ? html`<span class="problem">${icon(warningIcon)}</span>` : nothing}
    </button>
    ${
      menu === null
        ? nothing
        : html`<button
            type="button"
            class="icon-button chevron"
            part="${source}-menu-button"
            aria-label=${menu.label}
            aria-haspopup="menu"
            aria-expanded=${String(menu.isOpen)}
            data-tooltip=${menu.label}
            @click=${(event: Event) => event.currentTarget instanceof HTMLElement && menu.handleOpen(event.currentTarget)}
          >
            ${icon(chevronUpIcon)}
          </button>`
    }
  </div>`;
}
