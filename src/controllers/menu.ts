import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { icon, type IconNode } from '../icons/icon.ts';
import { checkIcon } from '../icons/check.ts';
import { PopoverController, type Placement } from './popover.ts';
import { RovingFocusController } from './roving-focus.ts';

export interface MenuItem {
  readonly label: string;
  /** A second, smaller line. */
  readonly note?: string;
  readonly icon?: IconNode;
  /** One of a choice: the chosen one carries a tick. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** Takes something away for good. */
  readonly destructive?: boolean;
  readonly handleSelect: () => void;
}

export interface MenuSection {
  readonly label?: string;
  readonly items: readonly MenuItem[];
}

/** What a menu holds, asked anew at each update of the host, so that signals read here keep it true while it is open. */
export type MenuContent = () => readonly MenuSection[];

/**
 * The one menu of a host, opened beside whatever button asks. Put `render()` once into the host's template and on the button
 * `aria-haspopup="menu"` and `aria-expanded=${menu.isOpenFor(key)}`. The host's styles take `popover.styles.ts`.
 */
export class MenuController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #popover: PopoverController;
  readonly #focus: RovingFocusController;
  readonly #element = createRef<HTMLElement>();
  #key: unknown;
  #label = '';
  #content: MenuContent = () => [];

  constructor(host: ReactiveControllerHost & HTMLElement, placement: Placement = 'bottom-end') {
    this.#host = host;
    // The words stay until the popover has faded out; the next opening replaces them.
    this.#popover = new PopoverController(host, { placement });
    this.#focus = new RovingFocusController(host, { items: () => this.#items(), wrap: true, typeahead: true });
  }

  get isOpen(): boolean {
    return this.#popover.isOpen;
  }

  isOpenFor(key: unknown): boolean {
    return this.#popover.isOpen && this.#key === key;
  }

  /** Opens beside `anchor`, or closes if it is open for `key` already. */
  async toggle(key: unknown, anchor: HTMLElement, label: string, content: MenuContent): Promise<void> {
    if (this.isOpenFor(key)) {
      this.hide();
      return;
    }
    this.hide();
    this.#key = key;
    this.#label = label;
    this.#content = content;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const element = this.#element.value;
    if (element === undefined || this.#key !== key || !anchor.isConnected) return;
    this.#popover.show(anchor, element);
    const items = this.#items();
    this.#focus.focus(items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0]);
  }

  hide(): void {
    this.#popover.hide();
  }

  render(): TemplateResult {
    const sections = this.#key === undefined ? [] : this.#content().filter(({ items }) => items.length > 0);
    return html`<div
      ${ref(this.#element)}
      class="popover menu"
      part="menu"
      popover="auto"
      role="menu"
      aria-label=${this.#label || nothing}
      @keydown=${this.#handleKeydown}
      @focusin=${this.#focus.handleFocusin}
      @click=${this.#handleClick}
    >
      ${sections.map(
        ({ label, items }) =>
          html`<div role="group" aria-label=${label ?? nothing} class="menu-section">
            ${label === undefined ? nothing : html`<div class="menu-label" aria-hidden="true">${label}</div>`}
            ${items.map((item) => this.#renderItem(item))}
          </div>`,
      )}
    </div>`;
  }

  #renderItem(item: MenuItem): TemplateResult {
    return html`<button
      type="button"
      class="menu-item ${item.destructive === true ? 'destructive' : ''}"
      part="menu-item"
      role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked=${item.checked === undefined ? nothing : String(item.checked)}
      aria-disabled=${item.disabled === true ? 'true' : nothing}
      tabindex="-1"
      .menuItem=${item}
    >
      ${item.icon === undefined ? nothing : icon(item.icon)}
      <span class="words">
        <span>${item.label}</span>
        ${item.note === undefined ? nothing : html`<span class="note">${item.note}</span>`}
      </span>
      ${item.checked === true ? html`<span class="tick">${icon(checkIcon)}</span>` : nothing}
    </button>`;
  }

  #items(): HTMLElement[] {
    return [...(this.#element.value?.querySelectorAll<HTMLElement>('.menu-item') ?? [])];
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') {
      this.hide();
      return;
    }
    // Keys within a menu are no shortcuts of what is around it.
    if (event.key !== 'Escape') event.stopPropagation();
    this.#focus.handleKeydown(event);
  };

  readonly #handleClick = (event: Event): void => {
    const button = event
      .composedPath()
      .find(
        (target): target is HTMLElement & { menuItem: MenuItem } =>
          target instanceof HTMLElement && 'menuItem' in target,
      );
    if (button === undefined || button.menuItem.disabled === true) return;
    this.hide();
    button.menuItem.handleSelect();
  };
}
