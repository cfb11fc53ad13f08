import { effect, untracked } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomContext } from '../../context/room-context.ts';
import { RovingFocusController } from '../../controllers/roving-focus.ts';
import { IlsSendReactionRequestEvent } from '../../events/reaction-requests.ts';
import { msg, str } from '../../locales/localization.ts';
import { may } from '../../store/selectors.ts';
import baseStyles from '../../styles/base.styles.ts';
import { RoomElement } from '../room-element.ts';
import { ReactionFlight } from './reaction-flight.ts';
import styles from './reactions.styles.ts';

/** How long a batch glows on its button where nothing may rise. Milliseconds. */
const GLOW_MS = 1_200;

/**
 * @summary Reactions: one tap says how one feels, and everybody sees how the room does.
 * They rise above the bar; where less motion is wanted, the buttons glow instead.
 *
 * @slot - Said where the room has no reactions; nothing unless filled.
 * @csspart bar - The buttons.
 * @csspart button - One of them.
 * @csspart flight - The box above the bar in which reactions rise; lets clicks through.
 * @csspart reaction - One that rises.
 * @cssproperty [--ils-reactions-height=min(320px, 50vh)] - How far they rise.
 * @cssproperty [--ils-reactions-size=26px] - How large they are.
 * @cssstate empty - The room has no reactions.
 * @event {IlsSendReactionRequestEvent} ils-send-reaction-request - Somebody taps; prevent the default to do something else.
 */
export class IlsReactions extends RoomElement {
  static override styles = [...baseStyles, styles];

  readonly #internals = this.attachInternals();
  readonly #focus = new RovingFocusController(this, {
    items: () => [...this.renderRoot.querySelectorAll('button')],
    orientation: 'horizontal',
    wrap: true,
  });
  readonly #flight = new ReactionFlight(() => this.renderRoot.querySelector<HTMLElement>('.flight'));
  /** One's own taps are shown at once, and not again when the server counts them. */
  readonly #own = new Map<string, number>();
  readonly #glowing = new Map<string, ReturnType<typeof setTimeout>>();
  #followed: RoomContext | undefined;
  #stopFollowing = (): void => {};

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(undefined);
    for (const timer of this.#glowing.values()) clearTimeout(timer);
    this.#glowing.clear();
  }

  protected override render(): TemplateResult {
    const { room } = this;
    this.#follow(room);
    const store = room?.store;
    const available = store?.features.loaded.value.reactions?.available.value ?? [];
    const isIn = store?.connection.state.value === 'joined';
    const isAllowed = store !== undefined && may(store, 'reaction.send');
    this.#internals.states[available.length === 0 ? 'add' : 'delete']('empty');
    if (available.length === 0) return html`<slot></slot>`;
    return html`
      <div class="flight" part="flight" aria-hidden="true"></div>
      ${
        isAllowed
          ? html`<div
              class="bar"
              part="bar"
              role="toolbar"
              aria-label=${msg('Reactions')}
              @keydown=${this.#focus.handleKeydown}
              @focusin=${this.#focus.handleFocusin}
            >
              ${repeat(
                available,
                (emoji) => emoji,
                (emoji) => this.#renderButton(emoji, isIn),
              )}
            </div>`
          : nothing
      }
    `;
  }

  #renderButton(emoji: string, isIn: boolean): TemplateResult {
    return html`<button
      type="button"
      part="button"
      class=${classMap({ glowing: this.#glowing.has(emoji) })}
      aria-label=${msg(str`React with ${emoji}`)}
      aria-disabled=${isIn ? nothing : 'true'}
      @click=${() => isIn && this.#react(emoji)}
    >
      ${emoji}
    </button>`;
  }

  #react(emoji: string): void {
    const request = new IlsSendReactionRequestEvent(emoji);
    if (!this.dispatchEvent(request)) return;
    this.#own.set(emoji, (this.#own.get(emoji) ?? 0) + 1);
    this.#show(emoji, 1);
  }

  #follow(room: RoomContext | undefined): void {
    if (room === this.#followed) return;
    this.#stopFollowing();
    this.#followed = room;
    this.#own.clear();
    if (room === undefined) return;
    room.use('reactions');
    let isFirst = true;
    this.#stopFollowing = untracked(() =>
      effect(() => {
        const reactions = room.store.features.loaded.value.reactions;
        const counts = reactions?.latest.value ?? [];
        if (!isFirst) for (const [emoji, count] of counts) this.#show(emoji, this.#withoutOwn(emoji, count));
        isFirst = reactions === undefined;
      }),
    );
  }

  #withoutOwn(emoji: string, count: number): number {
    const own = Math.min(count, this.#own.get(emoji) ?? 0);
    this.#own.set(emoji, (this.#own.get(emoji) ?? 0) - own);
    return count - own;
  }

  #show(emoji: string, count: number): void {
    if (count <= 0) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.#glow(emoji);
    else this.#flight.add(emoji, count);
  }

  #glow(emoji: string): void {
    clearTimeout(this.#glowing.get(emoji));
    const timer = setTimeout(() => {
      this.#glowing.delete(emoji);
      this.requestUpdate();
    }, GLOW_MS);
    this.#glowing.set(emoji, timer);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-reactions': IlsReactions;
  }
}
