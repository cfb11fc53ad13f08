import { html, type LitElement, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import { icon } from '../../icons/icon.ts';
import { moreIcon } from '../../icons/more.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import type { MessageListController } from './message-list.ts';
import { SampledLog } from './sampled-log.ts';
import styles from './sampled-part.styles.ts';
import type { ShownLog, ShownMessage } from './shown-log.ts';

export interface SampledPartOptions {
  readonly room: () => RoomContext | undefined;
  readonly messages: MessageListController;
}

/** A crowd that is told as a sample: says how much was left out, and opens it. */
export class SampledPart {
  readonly #host: LitElement;
  readonly #options: SampledPartOptions;
  #log: { readonly base: ShownLog; readonly log: SampledLog } | undefined;

  constructor(host: LitElement, options: SampledPartOptions) {
    this.#host = host;
    this.#options = options;
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, styles);
  }

  logOver(base: ShownLog): ShownLog {
    const store = this.#options.room()?.store;
    const slice = store?.features.loaded.value.moderation;
    if (store === undefined || slice === undefined) return base;
    if (this.#log?.base !== base) this.#log = { base, log: new SampledLog(base, store, slice) };
    return this.#log.log;
  }

  /** Leads to a message, which is not left out any more; rows that are drawn by then are those of after. */
  async goTo(index: number): Promise<void> {
    if (this.#log?.log.open(index) !== undefined) {
      this.#host.requestUpdate();
      await this.#host.updateComplete;
    }
    this.#options.messages.goTo(index);
  }

  renderFold(row: number, { index, leftOut }: ShownMessage): TemplateResult | undefined {
    if (leftOut === undefined) return undefined;
    const count = formatCount(leftOut, languageOf(this.#host));
    return html`<div class="row fold" part="left-out" data-index=${row}>
      <button
        type="button"
        class="button small quiet"
        part="left-out-button"
        aria-label=${leftOut === 1 ? msg('Show 1 more message') : msg(str`Show ${count} more messages`)}
        @click=${() => void this.goTo(this.#firstLeftOut(index))}
      >
        ${icon(moreIcon)}<span class="tabular">${leftOut === 1 ? msg('1 more') : msg(str`${count} more`)}</span>
      </button>
    </div>`;
  }

  /** A fold is named by its first index, which may have been told. */
  #firstLeftOut(index: number): number {
    const log = this.#options.room()?.store.chat.log;
    let first = index;
    while (log?.at(first) !== undefined) first += 1;
    return first;
  }
}
