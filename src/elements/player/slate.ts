import { html, nothing, type TemplateResult } from 'lit';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
import { endedIcon } from '../../icons/ended.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { playIcon } from '../../icons/play.ts';
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

/** For those who are not in the room. */
export function slateFor(phase: PlayerPhase, host: EventTarget, store: Store): Slate | undefined {
  if (phase === 'idle')
    return { icon: playIcon, title: msg('Ready when you are'), action: joinAction(host, msg('Watch')) };
  return phase === 'over' ? overSlate(host, store) : undefined;
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
                @click=${({ target }: Event) => {
                  // The button goes with what it does; the focus stays in the player.
                  if (target instanceof Element) target.closest<HTMLElement>('.base')?.focus();
                  action.handleClick();
                }}
              >
                ${action.label}
              </button>`
        }
      </div>
    </slot>
  </div>`;
}
