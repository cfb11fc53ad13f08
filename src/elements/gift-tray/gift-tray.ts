import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { AnnouncerController } from '../../controllers/announcer.ts';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { PopoverController } from '../../controllers/popover.ts';
import { RovingFocusController } from '../../controllers/roving-focus.ts';
import {
  IlsDiscardGiftRequestEvent,
  IlsRetryGiftRequestEvent,
  IlsSendGiftRequestEvent,
} from '../../events/gift-requests.ts';
import { closeIcon } from '../../icons/close.ts';
import { giftIcon } from '../../icons/gift.ts';
import { icon } from '../../icons/icon.ts';
import { warningIcon } from '../../icons/warning.ts';
import { describeError } from '../../locales/errors.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import type { GiftItem, ParticipantId } from '../../protocol/index.ts';
import type { GiftsSlice, PendingGift } from '../../store/gifts.ts';
import { may, onStage } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import artStyles from '../gift-feed/gift-art.styles.ts';
import { renderGiftArt } from '../gift-feed/gift-art.ts';
import { RoomElement } from '../room-element.ts';
import styles from './gift-tray.styles.ts';

const COUNTS = [1, 5, 10] as const;
/** After a pause of that length the next gift begins another combo, as on the server. Milliseconds. */
const COMBO_MS = 5_000;

/**
 * @summary Gifts to give: a catalogue with prices, one's balance, to the room or to somebody on stage.
 * A button opens it; with `inline` it stands in the page.
 *
 * @slot - Said where the room has no gifts; nothing unless filled.
 * @slot label - What the button says; `Send a gift` unless filled.
 * @slot title - The heading of the catalogue.
 * @slot top-up - Where one gets more: a link or a button of the site, shown where the balance is too small, and beside it.
 * @csspart button - Opens the catalogue.
 * @csspart panel - The catalogue and all that belongs to it.
 * @csspart balance - What one has to spend.
 * @csspart recipient - The choice of who is given to.
 * @csspart items - The gifts.
 * @csspart item - One of them.
 * @csspart art - The picture of a gift.
 * @csspart counts - How many at once.
 * @csspart send - Gives.
 * @csspart combo - How many in a row.
 * @csspart notice - What went wrong, or that there is too little.
 * @csspart icon - Any icon that is not slotted.
 * @cssproperty [--ils-gift-tray-art-size=40px] - How large the gifts are.
 * @cssstate empty - The room has no gifts.
 * @cssstate open - The catalogue is open.
 * @cssstate sending - A gift is on its way.
 * @cssstate failed - One could not be given, and waits to be sent again or given up.
 * @event {IlsSendGiftRequestEvent} ils-send-gift-request - Somebody gives; prevent the default to do something else.
 * @event {IlsRetryGiftRequestEvent} ils-retry-gift-request - A gift that failed is to be sent again.
 * @event {IlsDiscardGiftRequestEvent} ils-discard-gift-request - A gift that failed is given up.
 */
export class IlsGiftTray extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, fieldStyles, stateStyles, artStyles, styles];

  /** The catalogue stands in the page, without a button. */
  @property({ type: Boolean, reflect: true }) inline = false;

  @state() private chosen: string | undefined;
  @state() private count: number = 1;
  @state() private to: ParticipantId | null = null;
  @state() private combo = 0;

  readonly #internals = this.attachInternals();
  readonly #popover = new PopoverController(this, { placement: 'top-end', gapPx: 8 });
  readonly #announcer = new AnnouncerController(this);
  readonly #focus = new RovingFocusController(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.item:not(.skeleton)')],
    orientation: 'grid',
    columns: () => this.#columns(),
    wrap: true,
  });
  readonly #countFocus = new RovingFocusController(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('.count')],
    orientation: 'horizontal',
    wrap: true,
  });
  #comboTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#comboTimer);
    this.combo = 0;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { room } = this;
    room?.use('gifts');
    const store = room?.store;
    const gifts = store?.features.loaded.value.gifts;
    const items = gifts?.catalogue.value?.items;
    const pending = gifts?.pending.value ?? [];
    this.#setState('empty', items?.length === 0);
    this.#setState('open', this.inline || this.#popover.isOpen);
    this.#setState(
      'sending',
      pending.some((gift) => gift.state === 'sending'),
    );
    this.#setState(
      'failed',
      pending.some((gift) => gift.state === 'failed'),
    );
    if (items?.length === 0) return html`<slot></slot>`;
    if (store?.connection.state.value === 'joined' && !may(store, 'gift.send')) return nothing;
    if (this.inline) {
      return html`<section class="panel" part="panel" aria-label=${msg('Gifts')}>
        ${this.#renderPanel(store, gifts)}
      </section>`;
    }
    return html`
      <button
        type="button"
        class="button primary"
        part="button"
        aria-haspopup="dialog"
        aria-expanded=${this.#popover.isOpen ? 'true' : 'false'}
        @click=${this.#handleToggle}
      >
        ${icon(giftIcon)}<slot name="label">${msg('Send a gift')}</slot>
      </button>
      <div class="panel" part="panel" popover="auto" role="dialog" aria-label=${msg('Gifts')}>
        ${this.#renderPanel(store, gifts)}
      </div>
    `;
  }

  #renderPanel(store: Store | undefined, gifts: GiftsSlice | undefined): TemplateResult {
    const balance = gifts?.balance.value;
    const catalogue = gifts?.catalogue.value;
    const item = catalogue?.items.find(({ id }) => id === this.chosen);
    const missing = item && balance ? item.price * this.count - balance.amount : 0;
    const isIn = store?.connection.state.value === 'joined';
    return html`
      <div class="head">
        <h2 class="title"><slot name="title">${msg('Send a gift')}</slot></h2>
        ${
          balance
            ? html`<span class="balance price" part="balance">
                <span class="visually-hidden">${msg('Your balance:')}</span>
                <span class="coin" aria-hidden="true"></span>${this.#number(balance.amount)}
                <span class="visually-hidden">${catalogue?.unit ?? ''}</span>
              </span>`
            : nothing
        }
        ${missing > 0 ? nothing : html`<slot name="top-up"></slot>`}
      </div>
      ${store ? this.#renderRecipients(store) : nothing}
      ${catalogue ? this.#renderItems(catalogue.items, balance?.amount) : this.#renderSkeletons()}
      ${gifts?.pending.value.filter((gift) => gift.state === 'failed').map((gift) => this.#renderFailure(gift))}
      ${missing > 0 && item ? this.#renderMissing(missing, catalogue?.unit ?? '') : nothing}
      ${item ? this.#renderFoot(item, isIn && missing <= 0) : nothing} ${this.#announcer.renderRegion()}
    `;
  }

  #renderRecipients(store: Store): TemplateResult | typeof nothing {
    const self = store.participants.selfId.value;
    const others = onStage(store).filter(({ id }) => id !== self);
    if (others.length === 0) return nothing;
    return html`<label class="to">
      <span class="label">${msg('To')}</span>
      <select class="input" part="recipient" @change=${this.#handleRecipient}>
        <option value="" ?selected=${this.to === null}>${msg('Everyone')}</option>
        ${others.map(({ id, name }) => html`<option value=${id} ?selected=${this.to === id}>${name}</option>`)}
      </select>
    </label>`;
  }

  #renderItems(items: readonly GiftItem[], balance: number | undefined): TemplateResult {
    return html`<div
      class="items"
      part="items"
      role="radiogroup"
      aria-label=${msg('Gifts')}
      @keydown=${this.#focus.handleKeydown}
      @focusin=${this.#focus.handleFocusin}
    >
      ${repeat(
        items,
        ({ id }) => id,
        (item) =>
          html`<button
            type="button"
            role="radio"
            part="item"
            class=${classMap({ item: true, dear: balance !== undefined && item.price > balance })}
            aria-checked=${item.id === this.chosen ? 'true' : 'false'}
            @click=${() => this.#choose(item)}
          >
            ${renderGiftArt(item)}<span class="name truncate">${item.name}</span>
            <span class="price"><span class="coin" aria-hidden="true"></span>${this.#number(item.price)}</span>
          </button>`,
      )}
    </div>`;
  }

  #renderSkeletons(): TemplateResult {
    return html`<div class="items" aria-busy="true">
      <span class="visually-hidden">${msg('Gifts are loading')}</span>
      ${Array.from({ length: 8 }, () => html`<div class="item skeleton"></div>`)}
    </div>`;
  }

  #renderFoot(item: GiftItem, isReady: boolean): TemplateResult {
    const price = this.#number(item.price * this.count);
    return html`<div class="foot">
      <div
        class="counts"
        part="counts"
        role="radiogroup"
        aria-label=${msg('How many')}
        @keydown=${this.#countFocus.handleKeydown}
        @focusin=${this.#countFocus.handleFocusin}
      >
        ${COUNTS.map(
          (count) =>
            html`<button
              type="button"
              class="count"
              role="radio"
              aria-label=${String(count)}
              aria-checked=${count === this.count ? 'true' : 'false'}
              @click=${() => (this.count = count)}
            >
              ×${count}
            </button>`,
        )}
      </div>
      <button
        type="button"
        class="button primary send"
        part="send"
        aria-disabled=${isReady ? nothing : 'true'}
        @click=${() => isReady && this.#send(item)}
      >
        ${msg('Send')}<span class="price"><span class="coin" aria-hidden="true"></span>${price}</span>
        ${this.combo > 1 ? html`<span class="combo" part="combo">×${this.combo}</span>` : nothing}
      </button>
    </div>`;
  }

  #renderMissing(missing: number, unit: string): TemplateResult {
    return html`<div class="banner warning" part="notice" role="status">
      ${icon(warningIcon)}
      <span class="banner-words">${msg(str`${this.#number(missing)} ${unit} more and it is yours to give.`)}</span>
      <slot name="top-up"></slot>
    </div>`;
  }

  #renderFailure({ key, item, error }: PendingGift): TemplateResult {
    const why = error ? describeError(error) : msg('Something went wrong. Try again.');
    return html`<div class="banner danger" part="notice" role="alert">
      ${icon(warningIcon)}
      <span class="banner-words">${msg(str`${item.name} was not given.`)} ${why}</span>
      <button type="button" class="button small" @click=${() => this.dispatchEvent(new IlsRetryGiftRequestEvent(key))}>
        ${msg('Try again')}
      </button>
      <button
        type="button"
        class="icon-button small"
        aria-label=${msg('Dismiss')}
        @click=${() => this.dispatchEvent(new IlsDiscardGiftRequestEvent(key))}
      >
        ${icon(closeIcon)}
      </button>
    </div>`;
  }

  #choose({ id }: GiftItem): void {
    if (id !== this.chosen) this.#endCombo();
    this.chosen = id;
  }

  #send({ id, name, price }: GiftItem): void {
    const { count, to } = this;
    if (!this.dispatchEvent(new IlsSendGiftRequestEvent(id, price, count, to))) return;
    this.combo += count;
    clearTimeout(this.#comboTimer);
    this.#comboTimer = setTimeout(() => this.#endCombo(), COMBO_MS);
    this.#announcer.announce(() => msg(str`${name} sent, ${this.combo} in a row`));
  }

  #endCombo(): void {
    clearTimeout(this.#comboTimer);
    this.combo = 0;
  }

  readonly #handleRecipient = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    this.to = value === '' ? null : (value as ParticipantId);
    this.#endCombo();
  };

  readonly #handleToggle = (event: Event): void => {
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel');
    if (panel === null) return;
    if (this.#popover.isOpen) this.#popover.hide();
    else this.#popover.show(event.currentTarget as HTMLElement, panel);
  };

  #columns(): number {
    const items = this.renderRoot.querySelector('.items');
    return items ? getComputedStyle(items).gridTemplateColumns.split(' ').length : 1;
  }

  #number(value: number): string {
    return formatCount(value, languageOf(this));
  }

  #setState(name: string, isOn: boolean): void {
    this.#internals.states[isOn ? 'add' : 'delete'](name);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-gift-tray': IlsGiftTray;
  }
}
