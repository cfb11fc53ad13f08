import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon.ts';
import { moreIcon } from '../../icons/more.ts';
import { sendIcon } from '../../icons/send.ts';
import { smileIcon } from '../../icons/smile.ts';
import { msg, str } from '../../locales/localization.ts';
import type { EmojiPickerController } from './emoji-picker.ts';

export interface ComposerOptions {
  readonly maxlength: () => number;
  /** Returns whether the text was taken; if not, the draft stays. */
  readonly send: (text: string) => boolean;
  readonly draft: () => string;
  readonly handleDraft: (draft: string) => void;
  /** What stands over the field. */
  readonly renderOver: () => unknown;
  /** What keeps from writing for a time, or only from sending. */
  readonly limit: () => WriteLimit | undefined;
  readonly handleOptions: (button: HTMLElement) => void;
}

/** Keeps from sending, for a time. */
export interface WriteLimit {
  /** Nothing can be written either. */
  readonly isClosed: boolean;
  /** In place of the send button's icon: how long it lasts. */
  readonly countdown: string;
}

export interface ComposerView {
  readonly placeholder: string;
  readonly disabled: boolean;
  /** Why it is disabled. */
  readonly reason: string;
}

/** The counter shows when so much room is left, or a tenth of the limit where that is less. */
const COUNTER_FROM = 100;

/** Where a message is written: one line that grows to five, Enter sends, Shift+Enter breaks the line. */
export class ComposerController {
  readonly #host: LitElement;
  readonly #options: ComposerOptions;
  #picker: EmojiPickerController | undefined;

  constructor(host: LitElement, options: ComposerOptions) {
    this.#host = host;
    this.#options = options;
  }

  get textarea(): HTMLTextAreaElement | null {
    return this.#host.renderRoot.querySelector('textarea');
  }

  /** Puts text where the caret is. */
  insert(text: string): void {
    const { textarea } = this;
    if (textarea === null) return;
    textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, 'end');
    this.#options.handleDraft(textarea.value);
  }

  render({ placeholder, disabled: isReadOnly, reason }: ComposerView): TemplateResult {
    const limit = isReadOnly ? undefined : this.#options.limit();
    const disabled = isReadOnly || limit?.isClosed === true;
    const draft = this.#options.draft();
    const left = this.#options.maxlength() - draft.length;
    const counting = left <= Math.min(COUNTER_FROM, this.#options.maxlength() / 10);
    const sendable = !disabled && limit === undefined && draft.trim() !== '' && left >= 0;
    return html`${this.#options.renderOver()}
      <form class="composer" part="composer" @submit=${this.#handleSubmit} aria-label=${msg('Write a message')}>
        <slot name="composer-start"></slot>
        <div class="grow" part="composer-field" data-draft=${draft}>
          <textarea
            part="textarea"
            rows="1"
            dir="auto"
            enterkeyhint="send"
            autocomplete="off"
            aria-label=${msg('Message')}
            aria-describedby=${counting ? 'counter' : nothing}
            aria-invalid=${left < 0 ? 'true' : nothing}
            placeholder=${disabled && reason !== '' ? reason : placeholder}
            ?disabled=${disabled}
            .value=${draft}
            @input=${this.#handleInput}
            @keydown=${this.#handleKeydown}
          ></textarea>
        </div>
        ${
          counting
            ? html`<span id="counter" class="counter tabular ${left < 0 ? 'over' : ''}" part="counter">
                <span aria-hidden="true">${left}</span>
                <span class="visually-hidden">${describeLeft(left)}</span>
              </span>`
            : nothing
        }
        <button
          type="button"
          class="icon-button emoji-button"
          part="options-button"
          aria-label=${msg('Chat options')}
          aria-haspopup="menu"
          @click=${this.#handleOptions}
        >
          ${icon(moreIcon)}
        </button>
        <button
          type="button"
          class="icon-button emoji-button"
          part="emoji-button"
          aria-label=${msg('Emoji')}
          aria-haspopup="dialog"
          aria-expanded=${String(this.#picker?.isOpen ?? false)}
          ?disabled=${disabled}
          @click=${this.#handleEmojiClick}
        >
          <slot name="emoji-icon">${icon(smileIcon)}</slot>
        </button>
        <button
          type="submit"
          class="icon-button send-button ${sendable ? 'primary' : ''}"
          part="send-button"
          aria-label=${limit === undefined ? msg('Send') : `${msg('Send')} ${limit.countdown}`}
          aria-disabled=${sendable ? nothing : 'true'}
        >
          ${
            limit === undefined
              ? html`<slot name="send-icon">${icon(sendIcon)}</slot>`
              : html`<span class="countdown tabular">${limit.countdown}</span>`
          }
        </button>
        ${this.#picker?.render() ?? nothing}
      </form>`;
  }

  #submit(): void {
    const draft = this.#options.draft();
    const text = draft.trim();
    if (text === '' || draft.length > this.#options.maxlength() || this.textarea?.disabled !== false) return;
    if (this.#options.limit() !== undefined) return;
    if (this.#options.send(text)) this.#options.handleDraft('');
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#submit();
    this.textarea?.focus();
  };

  readonly #handleInput = (): void => {
    this.#options.handleDraft(this.textarea?.value ?? '');
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    // Enter that ends an input method's word sends nothing; Safari tells it by 229 alone.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  };

  readonly #handleOptions = ({ currentTarget }: Event): void => {
    if (currentTarget instanceof HTMLElement) this.#options.handleOptions(currentTarget);
  };

  readonly #handleEmojiClick = async (event: Event): Promise<void> => {
    const button = event.currentTarget;
    const { EmojiPickerController } = await import('./emoji-picker.ts');
    if (!(button instanceof HTMLElement)) return;
    this.#picker ??= new EmojiPickerController(this.#host, {
      handlePick: (emoji) => this.insert(emoji),
      handleClosed: () => this.textarea?.focus(),
    });
    await this.#picker.toggle(button);
  };
}

function describeLeft(left: number): string {
  if (left === 1) return msg('1 character left');
  if (left === -1) return msg('1 character too many');
  return left < 0 ? msg(str`${-left} characters too many`) : msg(str`${left} characters left`);
}
