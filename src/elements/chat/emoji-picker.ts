import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { PopoverController } from '../../controllers/popover.ts';
import { RovingFocusController } from '../../controllers/roving-focus.ts';
import { icon } from '../../icons/icon.ts';
import { searchIcon } from '../../icons/search.ts';
import { msg } from '../../locales/localization.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import popoverStyles from '../../styles/popover.styles.ts';
import { emojiGroups, findEmoji, type Emoji, type EmojiGroup } from './emoji-data.ts';
import styles from './emoji-picker.styles.ts';

export interface EmojiPickerOptions {
  readonly handlePick: (emoji: string) => void;
  readonly handleClosed: () => void;
}

const RECENT_COUNT = 16;
const COLUMNS = 8;

/** The emoji in a popover: found by words, walked through by the arrow keys. Loaded when it first opens. */
export class EmojiPickerController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: EmojiPickerOptions;
  readonly #popover: PopoverController;
  readonly #focus: RovingFocusController;
  readonly #element = createRef<HTMLElement>();
  readonly #field = createRef<HTMLInputElement>();
  readonly #groups: readonly EmojiGroup[] = emojiGroups();
  #recent: readonly Emoji[] = [];
  #search = '';

  constructor(host: LitElement, options: EmojiPickerOptions) {
    this.#host = host;
    this.#options = options;
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, fieldStyles, popoverStyles, styles);
    this.#popover = new PopoverController(host, { placement: 'top-end', gapPx: 10 });
    this.#focus = new RovingFocusController(host, {
      items: () => this.#buttons(),
      orientation: 'grid',
      columns: () => COLUMNS,
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#search = '';
  }

  get isOpen(): boolean {
    return this.#popover.isOpen;
  }

  async toggle(anchor: HTMLElement): Promise<void> {
    if (this.#popover.isOpen) {
      this.#popover.hide();
      return;
    }
    this.#search = '';
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const element = this.#element.value;
    if (element === undefined) return;
    this.#popover.show(anchor, element);
    element.scrollTop = 0;
    // Under a finger the field would bring up the keyboard, which covers the emoji.
    if (matchMedia('(pointer: coarse)').matches) this.#focus.focusFirst();
    else this.#field.value?.focus();
  }

  render(): TemplateResult {
    const found = this.#search === '' ? undefined : findEmoji(this.#groups, this.#search);
    return html`<div
      ${ref(this.#element)}
      class="popover emoji-picker"
      part="emoji-picker"
      popover="auto"
      role="dialog"
      aria-label=${msg('Emoji')}
      @keydown=${this.#handleKeydown}
      @focusin=${this.#focus.handleFocusin}
      @click=${this.#handleClick}
    >
      <div class="emoji-search">
        ${icon(searchIcon)}
        <input
          ${ref(this.#field)}
          class="input"
          type="text"
          autocomplete="off"
          spellcheck="false"
          placeholder=${msg('Search')}
          aria-label=${msg('Search emoji')}
          .value=${this.#search}
          @input=${this.#handleSearch}
        />
      </div>
      <div class="emoji-groups">
        ${
          found === undefined
            ? [
                this.#recent.length === 0 ? nothing : this.#renderGroup({ label: msg('Recent'), emoji: this.#recent }),
                ...this.#groups.map((group) => this.#renderGroup(group)),
              ]
            : found.length === 0
              ? html`<p class="emoji-none" role="status">${msg('Nothing found')}</p>`
              : this.#renderGroup({ label: msg('Found'), emoji: found })
        }
      </div>
    </div>`;
  }

  #renderGroup({ label, emoji }: EmojiGroup): TemplateResult {
    return html`<div class="emoji-group" role="group" aria-label=${label}>
      <div class="menu-label" aria-hidden="true">${label}</div>
      <div class="emoji-grid">
        ${emoji.map(
          (one) =>
            html`<button type="button" class="emoji" tabindex="-1" aria-label=${one.words} .emoji=${one}>
              ${one.character}
            </button>`,
        )}
      </div>
    </div>`;
  }

  #buttons(): HTMLElement[] {
    return [...(this.#element.value?.querySelectorAll<HTMLElement>('.emoji') ?? [])];
  }

  #pick(emoji: Emoji, stay: boolean): void {
    this.#recent = [emoji, ...this.#recent.filter((one) => one.character !== emoji.character)].slice(0, RECENT_COUNT);
    this.#options.handlePick(emoji.character);
    if (stay) return;
    this.#popover.hide();
    this.#options.handleClosed();
  }

  readonly #handleSearch = (): void => {
    this.#search = this.#field.value?.value.trim() ?? '';
    this.#host.requestUpdate();
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    const inField = event.composedPath()[0] === this.#field.value;
    if (event.key !== 'Escape' && event.key !== 'Tab') event.stopPropagation();
    if (inField && event.key === 'ArrowDown') {
      event.preventDefault();
      this.#focus.focusFirst();
    } else if (inField && event.key === 'Enter') {
      event.preventDefault();
      const [first] = this.#search === '' ? [] : findEmoji(this.#groups, this.#search);
      if (first !== undefined) this.#pick(first, event.shiftKey);
    } else if (!inField && event.key === 'ArrowUp' && this.#buttons().indexOf(event.target as HTMLElement) < COLUMNS) {
      event.preventDefault();
      this.#field.value?.focus();
    } else if (!inField) this.#focus.handleKeydown(event);
  };

  readonly #handleClick = (event: MouseEvent): void => {
    const button = event
      .composedPath()
      .find((target): target is HTMLElement & { emoji: Emoji } => target instanceof HTMLElement && 'emoji' in target);
    if (button !== undefined) this.#pick(button.emoji, event.shiftKey);
  };
}
