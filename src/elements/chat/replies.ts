import { html, type LitElement, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon.ts';
import { replyIcon } from '../../icons/reply.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ChatMessage, RepliedMessage } from '../../protocol/index.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import styles from './replies.styles.ts';

export interface RepliesOptions {
  readonly at: (index: number) => ChatMessage | undefined;
  /** Leads to a message, loaded or not. */
  readonly goTo: (index: number) => void;
}

/** The quote over a message that answers another. Loaded with the first of them. */
export class Replies {
  readonly #options: RepliesOptions;

  constructor(host: LitElement, options: RepliesOptions) {
    this.#options = options;
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, styles);
  }

  /** Leads to the message that is answered. Its words are those of its place: deleted there, they are gone here. */
  renderQuote({ index, author }: RepliedMessage): TemplateResult {
    const words = this.wordsOf(index);
    return html`<button
      type="button"
      class="quote"
      part="quote"
      aria-label=${msg(str`In reply to ${author.name}: ${words}`)}
      @click=${() => this.#options.goTo(index)}
    >
      ${icon(replyIcon)}<bdi class="quote-author">${author.name}</bdi>
      <span class="truncate" dir="auto">${words}</span>
    </button>`;
  }

  wordsOf(index: number): string {
    const message = this.#options.at(index);
    if (message?.deleted === true) return msg('Message deleted');
    return message?.text ?? msg('an earlier message');
  }
}
