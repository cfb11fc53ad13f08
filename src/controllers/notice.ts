import { effect } from '@preact/signals-core';
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { RoomContext } from '../context/room-context.ts';
import { icon } from '../icons/icon.ts';
import { closeIcon } from '../icons/close.ts';
import { errorIcon } from '../icons/error.ts';
import { describeError } from '../locales/errors.ts';
import { msg } from '../locales/localization.ts';
import type { RequestName } from '../protocol/index.ts';

const SHOWN_MS = 8_000;

/**
 * Says in the host why the server refused what the host asked for. Call `expect` when a request is fired, so that of several elements
 * only the one that asked answers. Put `render()` into the template; styles: state, button.
 */
export class NoticeController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #room: () => RoomContext | undefined;
  readonly #expected = new Set<RequestName>();
  #watched: RoomContext | undefined;
  #stopWatching: (() => void) | undefined;
  #words = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, room: () => RoomContext | undefined) {
    this.#host = host;
    this.#room = room;
    host.addController(this);
  }

  expect(request: RequestName): void {
    this.#expected.add(request);
    this.#show('');
  }

  hostUpdated(): void {
    const room = this.#room();
    if (room === this.#watched) return;
    this.hostDisconnected();
    this.#watched = room;
    if (room === undefined) return;
    const heard = room.store.notices.latest.peek()?.id;
    this.#stopWatching = effect(() => {
      const notice = room.store.notices.latest.value;
      if (notice === null || notice.id === heard || !this.#expected.has(notice.request)) return;
      this.#show(describeError(notice.error));
    });
  }

  hostDisconnected(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#watched = undefined;
    clearTimeout(this.#timer);
    this.#words = '';
  }

  render(): TemplateResult {
    return html`<div role="alert" class="notice-region">
      ${
        this.#words === ''
          ? nothing
          : html`<div class="banner danger" part="notice">
              ${icon(errorIcon)}<span class="banner-words">${this.#words}</span>
              <button
                type="button"
                class="icon-button small"
                aria-label=${msg('Dismiss')}
                @click=${() => this.#show('')}
              >
                ${icon(closeIcon)}
              </button>
            </div>`
      }
    </div>`;
  }

  #show(words: string): void {
    if (words === this.#words) return;
    this.#words = words;
    clearTimeout(this.#timer);
    if (words !== '') this.#timer = setTimeout(() => this.#show(''), SHOWN_MS);
    this.#host.requestUpdate();
  }
}
