import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { icon } from '../../icons/icon.ts';
import { sendIcon } from '../../icons/send.ts';
import { smileIcon } from '../../icons/smile.ts';
import { msg, str } from '../../locales/localization.ts';
import type { EmojiPickerController } from './emoji-picker.ts';

export interface ComposerOptions {
  readonly maxlength: () => number;
  /** Returns whether the text was taken; if not, the draft stays. */
  readonly send: (text: string) => boolean;
  readonly handleChange: () => void;
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
export class ComposerController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: ComposerOptions;
  readonly #textarea = createRef<HTMLTextAreaElement>();
  readonly #emojiButton = createRef<HTMLButtonElement>();
  #picker: EmojiPickerController | undefined;
  #draft = '';

  constructor(host: LitElement, options: ComposerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  get draft(): string {
    return this.#draft;
  }

  set draft(draft: string) {
    if (draft === this.#draft) return;
    this.#draft = draft;
    this.#options.handleChange();
    this.#host.requestUpdate();
  }

  get textarea(): HTMLTextAreaElement | undefined {
    return this.#textarea.value;
  }

  get isTooLong(): boolean {
    return this.#draft.length > this.#options.maxlength();
  }

  /** Puts text where the caret is. */
  insert(text: string): void {
    const textarea = this.#textarea.value;
    if (textarea === undefined) {
      this.draft += text;
      return;
    }
    textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, 'end');
    this.draft = textarea.value;
  }

  render({ placeholder, disabled, reason }: ComposerView): TemplateResult {
    const left = this.#options.maxlength() - this.#draft.length;
    const counting = left <= Math.min(COUNTER_FROM, this.#options.maxlength() / 10);
    const sendable = !disabled && this.#draft.trim() !== '' && left >= 0;
    return html`<form
      class="composer"
      part="composer"
      @submit=${this.#handleSubmit}
      aria-label=${msg('Write a message')}
    >
      <slot name="composer-start"></slot>
      <div class="grow" part="composer-field" data-draft=${this.#draft}>
        <textarea
          ${ref(this.#textarea)}
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
          .value=${this.#draft}
          @input=${this.#handleInput}
          @keydown=${this.#handleKeydown}
        ></textarea>
      </div>
      ${
        counting
          ? html`<span id="counter" class="counter tabular ${left < 0 ? 'over' : ''}" part="counter">
              <span aria-hidden="true">${left}</span>
              <span class="visually-hidden"
                >${left < 0 ? msg(str`${-left} characters too many`) : msg(str`${left} characters left`)}</span
              >
            </span>`
          : nothing
      }
      <button
        ${ref(this.#emojiButton)}
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
        aria-label=${msg('Send')}
        aria-disabled=${sendable ? nothing : 'true'}
      >
        <slot name="send-icon">${icon(sendIcon)}</slot>
      </button>
      ${this.#picker?.render() ?? nothing}
    </form>`;
  }

  #submit(): void {
    const text = this.#draft.trim();
    if (text === '' || this.isTooLong || this.#textarea.value?.disabled !== false) return;
    if (this.#options.send(text)) this.draft = '';
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#submit();
    this.#textarea.value?.focus();
  };

  readonly #handleInput = (): void => {
    this.draft = this.#textarea.value?.value ?? '';
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    // Enter that ends an input method's word sends nothing; Safari tells it by 229 alone.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  };

  readonly #handleEmojiClick = async (): Promise<void> => {
    const { EmojiPickerController } = await import('./emoji-picker.ts');
    const button = this.#emojiButton.value;
    if (button === undefined) return;
    this.#picker ??= new EmojiPickerController(this.#host, {
      handlePick: (emoji) => this.insert(emoji),
      handleClosed: () => this.#textarea.value?.focus(),
    });
    await this.#picker.toggle(button);
  };
}
