import { html, nothing, type TemplateResult } from 'lit';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
import { endedIcon } from '../../icons/ended.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { playIcon } from '../../icons/play.ts';
import { warningIcon } from '../../icons/warning.ts';
import { msg } from '../../locales/localization.ts';
import type { Store } from '../../store/store.ts';
import { connectionMessage } from '../connection-message.ts';
import type { PlayerPhase } from './player-phase.ts';

/** What stands in place of a picture: what happened or will happen, and the one thing to do. */
export interface Slate {
  readonly icon: IconNode;
  readonly title: string;
  readonly text?: string;
  readonly action?: { readonly label: string; readonly busy?: boolean; readonly handleClick: () => void };
}

/** `undefined` where there is a picture or is to be one: what waits for it says so by itself. */
export function slateFor(phase: PlayerPhase, host: EventTarget, store: Store): Slate | undefined {
  switch (phase) {
    case 'connecting':
    case 'waiting':
    case 'live':
    case 'broadcastOff':
    case 'program':
      return undefined;
    case 'idle':
      return { icon: playIcon, title: msg('Ready when you are'), action: joinAction(host, msg('Watch')) };
    case 'unsupported':
      return {
        icon: warningIcon,
        title: msg('This browser cannot play live video'),
        text: msg('The chat works all the same. To see the show, use a current Chrome, Edge, Firefox or Safari.'),
      };
    case 'broadcastOver':
      return { icon: endedIcon, title: msg('The broadcast has ended'), text: msg('Thank you for being there.') };
    case 'blind':
      return {
        icon: offlineIcon,
        title: msg('Nothing to watch here'),
        text: msg('Your role takes part without a picture.'),
      };
    case 'over':
      return overSlate(host, store);
  }
}

function overSlate(host: EventTarget, store: Store): Slate | undefined {
  const message = connectionMessage(store);
  if (message === undefined) return undefined;
  const { title, text, action } = message;
  const state = store.connection.state.value;
  return {
    icon: state === 'ended' || state === 'left' ? endedIcon : offlineIcon,
    title,
    ...(text === undefined ? {} : { text }),
    ...(action === undefined ? {} : { action: joinAction(host, action) }),
  };
}

function joinAction(host: EventTarget, label: string) {
  return { label, handleClick: () => host.dispatchEvent(new IlsJoinRequestEvent()) };
}

/** `heading`: the show's own title, over what the slate says. */
export function renderSlate(slate: Slate, heading: string): TemplateResult {
  const { title, text, action } = slate;
  return html`<div class="slate" part="slate" role="status">
    <slot name="poster"></slot>
    <slot name="slate">
      <div class="slate-content">
        <span class="slate-icon" part="slate-icon">${icon(slate.icon)}</span>
        ${heading === '' ? nothing : html`<p class="slate-heading" part="slate-heading">${heading}</p>`}
        <p class="slate-title" part="slate-title">${title}</p>
        ${text === undefined ? nothing : html`<p class="slate-text" part="slate-text">${text}</p>`}
        ${
          action === undefined
            ? nothing
            : html`<button
                type="button"
                part="slate-action"
                class="button primary large"
                ?disabled=${action.busy ?? false}
                @click=${action.handleClick}
              >
                ${action.label}
              </button>`
        }
      </div>
    </slot>
  </div>`;
}
