import { effect, untracked } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomContext } from '../../context/room-context.ts';
import { AnnouncerController } from '../../controllers/announcer.ts';
import { formatCompactCount } from '../../locales/compact-count.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import type { Gift, GiftGoal, Gifter, GiftTotals } from '../../protocol/index.ts';
import type { GiftsSlice, PendingGift } from '../../store/gifts.ts';
import baseStyles from '../../styles/base.styles.ts';
import { styleProperties } from '../../styles/style-properties.ts';
import { RoomElement } from '../room-element.ts';
import artStyles from './gift-art.styles.ts';
import { renderGiftArt } from './gift-art.ts';
import { GiftCards, type GiftCard } from './gift-cards.ts';
import styles from './gift-feed.styles.ts';
import { playBanner, playBeat, playCard } from './gift-motion.ts';

/** How long a card stays after its last gift. Milliseconds. */
const CARD_MS = 8_000;
const SWEEP_MS = 500;
/** From here on a goal is near. */
const NEAR = 0.8;
/** Those of the most generous who are shown. */
const SHOWN_GIFTERS = 3;

/**
 * @summary What is given, as it is given: cards whose combos grow, large gifts that take the stage, a goal, and who gave most.
 * Where too much comes at once it draws less of it; the sums are always right.
 *
 * @slot - Said while nothing has been given.
 * @csspart goal - What the room gives towards.
 * @csspart goal-bar - How far it is.
 * @csspart top - Those who gave most.
 * @csspart gifter - One of them.
 * @csspart lane - Where the cards stand.
 * @csspart card - A sender's gifts of one kind.
 * @csspart art - The picture of a gift.
 * @csspart combo - How many in a row.
 * @csspart banner - A large gift.
 * @csspart more - How many gifts are not drawn.
 * @cssproperty [--ils-gift-feed-height=216px] - How high the cards may stand.
 * @cssproperty [--ils-gift-feed-card=oklch(0.22 0.03 262 / 0.86)] - Behind the words of a card.
 * @cssproperty [--ils-gift-feed-goal=var(--ils-accent)] - The filled part of the goal.
 * @cssstate empty - Nothing has been given yet.
 * @cssstate goal-reached - The goal is reached.
 * @cssstate crowded - More is given than is drawn.
 */
export class IlsGiftFeed extends RoomElement {
  static override styles = [...baseStyles, artStyles, styles];

  /** Leaves the goal out. */
  @property({ type: Boolean, attribute: 'no-goal' }) noGoal = false;
  /** Leaves those who gave most out. */
  @property({ type: Boolean, attribute: 'no-top' }) noTop = false;

  readonly #internals = this.attachInternals();
  readonly #announcer = new AnnouncerController(this, 4_000);
  readonly #cards = new GiftCards(CARD_MS);
  #followed: RoomContext | undefined;
  #stopFollowing = (): void => {};
  #sweeping: ReturnType<typeof setInterval> | undefined;
  /** The banner that plays. */
  #playing: string | undefined;
  readonly #drawn = new Map<string, number>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follow(undefined);
  }

  protected override render(): TemplateResult {
    const { room } = this;
    this.#follow(room);
    const gifts = room?.store.features.loaded.value.gifts;
    const totals = gifts?.totals.value ?? { gifts: 0, amount: 0 };
    const pending = gifts?.pending.value.filter(({ state }) => state === 'sending') ?? [];
    const { cards, banner, dropped } = this.#cards;
    const isEmpty = totals.gifts === 0 && pending.length === 0;
    this.#setState('empty', isEmpty);
    this.#setState('crowded', dropped > 0);
    return html`
      ${this.noGoal || !gifts?.goal.value ? nothing : this.#renderGoal(gifts.goal.value, totals)}
      ${this.noTop || !gifts ? nothing : this.#renderTop(gifts)}
      <div class="lane" part="lane">
        ${isEmpty ? html`<div class="empty"><slot>${msg('Gifts appear here.')}</slot></div>` : nothing}
        ${dropped > 0 ? html`<span class="more" part="more">${msg(str`and ${dropped} more`)}</span>` : nothing}
        ${repeat(
          cards,
          ({ id }) => id,
          (card) => this.#renderCard(card),
        )}
        ${pending.map((gift) => this.#renderPending(gift))}
      </div>
      ${banner ? this.#renderBanner(banner) : nothing} ${this.#announcer.renderRegion()}
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    for (const card of this.#cards.cards) {
      const beats = this.#drawn.get(card.id);
      if (beats === card.beats) continue;
      this.#drawn.set(card.id, card.beats);
      const element = this.renderRoot.querySelector(`[data-card="${CSS.escape(card.id)}"]`);
      const number = element?.querySelector('.combo');
      if (element && beats === undefined) playCard(element);
      else if (number) playBeat(number);
    }
    for (const id of this.#drawn.keys()) if (!this.#cards.cards.some((card) => card.id === id)) this.#drawn.delete(id);
    this.#playNext();
  }

  #renderGoal(goal: GiftGoal, totals: GiftTotals): TemplateResult {
    const progress = goalProgress(goal, totals);
    const isReached = progress >= 1;
    this.#setState('goal-reached', isReached);
    const sum = `${this.#number(Math.max(0, totals.amount - goal.since))} / ${this.#number(goal.target)}`;
    return html`<section
      class=${classMap({ goal: true, near: progress >= NEAR && !isReached, reached: isReached })}
      part="goal"
      aria-label=${msg('Goal')}
    >
      <div class="goal-words">
        <span class="goal-title truncate">${goal.title}</span>
        <span class="goal-sum">${isReached ? msg(str`Reached · ${sum}`) : sum}</span>
      </div>
      <div
        class="track"
        role="progressbar"
        aria-label=${goal.title}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.floor(progress * 100)}
      >
        <div class="bar" part="goal-bar" ${styleProperties({ transform: `scaleX(${progress})` })}></div>
      </div>
    </section>`;
  }

  #renderTop({ top }: GiftsSlice): TemplateResult | typeof nothing {
    const gifters = top.value.slice(0, SHOWN_GIFTERS);
    if (gifters.length === 0) return nothing;
    return html`<ol class="top" part="top" aria-label=${msg('Most generous')}>
      ${repeat(
        gifters,
        ({ id }) => id,
        ({ name, amount }: Gifter, index) =>
          html`<li class="gifter" part="gifter">
            <span class="rank" aria-hidden="true">${index + 1}</span>
            <span class="gifter-words">
              <span class="gifter-name truncate">${name}</span>
              <span class="price">
                <span class="coin" aria-hidden="true"></span>${formatCompactCount(amount, languageOf(this))}
              </span>
            </span>
          </li>`,
      )}
    </ol>`;
  }

  #renderCard({ id, item, from, to, combo, isOwn }: GiftCard): TemplateResult {
    return html`<div class=${classMap({ card: true, own: isOwn })} part="card" data-card=${id}>
      ${renderGiftArt(item)}
      <span class="words"><span class="from truncate">${from}</span>${this.#renderWhat(item.name, to)}</span>
      ${combo > 1 ? html`<span class="combo" part="combo">×${this.#number(combo)}</span>` : nothing}
    </div>`;
  }

  #renderPending({ item, count }: PendingGift): TemplateResult {
    return html`<div class="card own pending" part="card">
      ${renderGiftArt(item)}
      <span class="words">
        <span class="from truncate">${msg('You')}</span><span class="what truncate">${msg('Sending…')}</span>
      </span>
      ${count > 1 ? html`<span class="combo" part="combo">×${this.#number(count)}</span>` : nothing}
    </div>`;
  }

  #renderBanner({ id, item, from, to, combo }: GiftCard): TemplateResult {
    return html`<div class="banner" part="banner" data-banner=${id}>
      ${renderGiftArt(item)}<span class="from truncate">${from}</span>
      ${this.#renderWhat(combo > 1 ? `${item.name} ×${this.#number(combo)}` : item.name, to)}
    </div>`;
  }

  #renderWhat(name: string, to: string | null): TemplateResult {
    return html`<span class="what truncate">${to === null ? name : msg(str`${name} for ${to}`)}</span>`;
  }

  #follow(room: RoomContext | undefined): void {
    if (room === this.#followed) return;
    this.#stopFollowing();
    clearInterval(this.#sweeping);
    this.#followed = room;
    this.#cards.clear();
    this.#drawn.clear();
    this.#playing = undefined;
    if (room === undefined) return;
    room.use('gifts');
    let next: number | undefined;
    this.#stopFollowing = untracked(() =>
      effect(() => {
        const gifts = room.store.features.loaded.value.gifts;
        if (!gifts || gifts.catalogue.value === null) return;
        const latest = gifts.latest.value;
        const { gifts: given } = gifts.totals.peek();
        // What was given before one came is no news; what was missed while the link was broken is.
        const since = next ?? given;
        next = given;
        const news = latest.filter(({ index }) => index >= since);
        if (news.length > 0) untracked(() => this.#show(room, news));
      }),
    );
    this.#sweeping = setInterval(() => this.#cards.sweep(performance.now()) && this.requestUpdate(), SWEEP_MS);
  }

  #show({ store }: RoomContext, news: readonly Gift[]): void {
    const selfId = store.participants.selfId.peek();
    for (const gift of news) this.#cards.add(gift, gift.from.id === selfId, performance.now());
    const last = news.at(-1);
    if (last)
      this.#announcer.announce(() => msg(str`${last.from.name} gave ${last.item.name}, ${last.combo} in a row`));
    this.requestUpdate();
  }

  #playNext(): void {
    const { banner } = this.#cards;
    if (banner === undefined || banner.id === this.#playing) return;
    const element = this.renderRoot.querySelector<HTMLElement>('.banner');
    if (element === null) return;
    this.#playing = banner.id;
    void playBanner(element, banner.item.animation).then(() => {
      if (this.#playing !== banner.id) return;
      this.#playing = undefined;
      this.#cards.endBanner();
      this.requestUpdate();
    });
  }

  #number(value: number): string {
    return formatCount(value, languageOf(this));
  }

  #setState(name: string, isOn: boolean): void {
    this.#internals.states[isOn ? 'add' : 'delete'](name);
  }
}

/** How far a goal is, from 0 to 1. */
function goalProgress({ target, since }: GiftGoal, { amount }: GiftTotals): number {
  return Math.min(1, Math.max(0, (amount - since) / target));
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-gift-feed': IlsGiftFeed;
  }
}
