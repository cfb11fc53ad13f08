import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { IlsUnpinChatRequestEvent } from '../../events/pin-requests.ts';
import { announcementIcon } from '../../icons/announcement.ts';
import { chevronDownIcon } from '../../icons/chevron-down.ts';
import { chevronUpIcon } from '../../icons/chevron-up.ts';
import { icon } from '../../icons/icon.ts';
import { pinOffIcon } from '../../icons/pin-off.ts';
import { pinIcon } from '../../icons/pin.ts';
import { languageOf, msg, str } from '../../locales/localization.ts';
import { formatTime } from '../../locales/times.ts';
import type { ChatPin } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { renderText } from './message-text.ts';

/** What stands over the chat, one at a time: the newest, and a step to each of the others. */
export class PinsBar {
  readonly #host: LitElement;
  readonly #goTo: (index: number) => void;
  /** Of the one shown; none: the newest. */
  #shownId: string | undefined;
  #newestId: string | undefined;

  /** `goTo` leads to a message. */
  constructor(host: LitElement, goTo: (index: number) => void) {
    this.#host = host;
    this.#goTo = goTo;
  }

  render(store: Store, pins: readonly ChatPin[]): TemplateResult | typeof nothing {
    const newest = pins.at(-1);
    if (newest === undefined) return nothing;
    // A new one is shown, whichever one was looking at.
    if (newest.id !== this.#newestId) this.#shownId = undefined;
    this.#newestId = newest.id;
    const place = Math.max(0, this.#shownId === undefined ? pins.length - 1 : this.#placeOf(pins));
    const pin = pins[place] ?? newest;
    const isAnnouncement = pin.message === null;
    const label = isAnnouncement ? msg('Announcement') : msg('Pinned message');
    return html`<section
      class="pins ${isAnnouncement ? 'announcement' : ''}"
      part="pins ${isAnnouncement ? 'announcement' : ''}"
      aria-label=${pins.length > 1 ? msg(str`${label}, ${place + 1} of ${pins.length}`) : label}
    >
      <span class="pin-icon">${icon(isAnnouncement ? announcementIcon : pinIcon)}</span>
      <div class="pin-body" part="pin" aria-live="polite">
        <div class="pin-head">
          <bdi class="truncate">${pin.message === null ? pin.pinnedBy.name : pin.message.author.name}</bdi>
          ${
            pin.expiresAt === null
              ? nothing
              : html`<span class="pin-until tabular">
                  ${msg(str`until ${formatTime(pin.expiresAt, languageOf(this.#host))}`)}
                </span>`
          }
        </div>
        <span class="pin-text" dir="auto" tabindex="0" role="group" aria-label=${label}
          >${renderText(pin, pin.text)}</span
        >
        ${pin.message === null ? nothing : this.#renderJump(pin.message.index)}
      </div>
      ${pins.length > 1 ? this.#renderSteps(pins, place) : nothing}
      ${may(store, 'chat.moderate') ? this.#renderUnpin(pin.id, store) : nothing}
    </section>`;
  }

  #renderJump(index: number): TemplateResult {
    return html`<button type="button" class="pin-jump" part="pin-jump-button" @click=${() => this.#goTo(index)}>
      ${msg('Show in the chat')}
    </button>`;
  }

  #renderSteps(pins: readonly ChatPin[], place: number): TemplateResult {
    const step = (by: 1 | -1) => () => {
      this.#shownId = pins[place + by]?.id;
      this.#host.requestUpdate();
    };
    return html`<div class="pin-steps" part="pin-steps">
      <button
        type="button"
        class="icon-button small"
        part="pin-step-button"
        aria-label=${msg('Earlier pin')}
        ?disabled=${place === 0}
        @click=${step(-1)}
      >
        ${icon(chevronUpIcon)}
      </button>
      <span class="tabular" aria-hidden="true">${place + 1}/${pins.length}</span>
      <button
        type="button"
        class="icon-button small"
        part="pin-step-button"
        aria-label=${msg('Later pin')}
        ?disabled=${place === pins.length - 1}
        @click=${step(1)}
      >
        ${icon(chevronDownIcon)}
      </button>
    </div>`;
  }

  #renderUnpin(pinId: string, store: Store): TemplateResult {
    return html`<button
      type="button"
      class="icon-button small"
      part="unpin-button"
      aria-label=${msg('Unpin')}
      ?disabled=${store.connection.state.value !== 'joined'}
      @click=${() => this.#host.dispatchEvent(new IlsUnpinChatRequestEvent(pinId))}
    >
      ${icon(pinOffIcon)}
    </button>`;
  }

  /** Of the one shown; the newest where it has been taken down. */
  #placeOf(pins: readonly ChatPin[]): number {
    const place = pins.findIndex(({ id }) => id === this.#shownId);
    return place === -1 ? pins.length - 1 : place;
  }
}
