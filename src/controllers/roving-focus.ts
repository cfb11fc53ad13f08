import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface RovingFocusOptions {
  /** The items in order, as they stand now. */
  readonly items: () => readonly HTMLElement[];
  /** Which arrows move: up and down (the default), left and right, or all four over rows of `columns`. */
  readonly orientation?: 'vertical' | 'horizontal' | 'grid';
  readonly columns?: () => number;
  /** Which item Tab comes to first; the first unless told. */
  readonly start?: 'first' | 'last';
  /** From the last to the first and back. */
  readonly wrap?: boolean;
  /** Letters move to the item whose text begins so. */
  readonly typeahead?: boolean;
}

const TYPEAHEAD_MS = 700;

/** One tab stop for many items; arrows, Home, End, Page Up and Page Down move between them. Put `handleKeydown` and `handleFocusin` on the list. */
export class RovingFocusController implements ReactiveController {
  readonly #options: RovingFocusOptions;
  readonly #host: ReactiveControllerHost & HTMLElement;
  #current: HTMLElement | undefined;
  /** Nobody has been here: the tab stop keeps to its start. */
  #untouched = true;
  #typed = '';
  #typedAt = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, options: RovingFocusOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    this.refresh();
  }

  /** Gives the one tab stop to the current item, or to the first where that is gone. Called by itself after each update of the host. */
  refresh(): void {
    const items = this.#options.items();
    if (this.#current === undefined || !items.includes(this.#current) || this.#untouched) {
      this.#current = items.at(this.#options.start === 'last' ? -1 : 0);
    }
    for (const item of items) item.tabIndex = item === this.#current ? 0 : -1;
  }

  /** Makes `item` the tab stop and focuses it. */
  focus(item: HTMLElement | undefined): void {
    if (item === undefined) return;
    this.#current = item;
    this.#untouched = false;
    this.refresh();
    item.focus();
  }

  focusFirst(): void {
    this.focus(this.#options.items()[0]);
  }

  focusLast(): void {
    this.focus(this.#options.items().at(-1));
  }

  readonly handleFocusin = (event: FocusEvent): void => {
    const path = event.composedPath();
    const item = this.#options.items().find((candidate) => path.includes(candidate));
    if (item === undefined) return;
    this.#current = item;
    this.#untouched = false;
    this.refresh();
  };

  readonly handleKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const items = this.#options.items();
    const path = event.composedPath();
    const index = items.findIndex((item) => path.includes(item));
    if (index < 0) return;
    const target = this.#step(event, items, index);
    if (target === undefined) return;
    event.preventDefault();
    this.focus(target);
  };

  #step(event: KeyboardEvent, items: readonly HTMLElement[], index: number): HTMLElement | undefined {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const { orientation = 'vertical', wrap = false } = this.#options;
    const columns = orientation === 'grid' ? Math.max(1, this.#options.columns?.() ?? 1) : 1;
    const rtl = getComputedStyle(this.#host).direction === 'rtl' ? -1 : 1;
    const to = (next: number) =>
      wrap ? items[(next + items.length) % items.length] : items[Math.min(Math.max(next, 0), items.length - 1)];
    switch (event.key) {
      case 'ArrowDown':
        return orientation === 'horizontal'
          ? undefined
          : orientation === 'grid'
            ? (items[index + columns] ?? items.at(-1))
            : to(index + 1);
      case 'ArrowUp':
        return orientation === 'horizontal'
          ? undefined
          : orientation === 'grid'
            ? (items[index - columns] ?? items[0])
            : to(index - 1);
      case 'ArrowRight':
        return orientation === 'vertical' ? undefined : to(index + rtl);
      case 'ArrowLeft':
        return orientation === 'vertical' ? undefined : to(index - rtl);
      case 'Home':
        return items[0];
      case 'End':
        return items.at(-1);
      case 'PageDown':
        return items[Math.min(index + 10 * columns, items.length - 1)];
      case 'PageUp':
        return items[Math.max(index - 10 * columns, 0)];
      default:
        return this.#typeahead(event, items, index);
    }
  }

  #typeahead(event: KeyboardEvent, items: readonly HTMLElement[], index: number): HTMLElement | undefined {
    if (this.#options.typeahead !== true || [...event.key].length !== 1 || event.key === ' ') return undefined;
    if (event.timeStamp - this.#typedAt > TYPEAHEAD_MS) this.#typed = '';
    this.#typedAt = event.timeStamp;
    this.#typed += event.key.toLocaleLowerCase();
    const from = this.#typed.length > 1 ? index : index + 1;
    const ordered = [...items.slice(from), ...items.slice(0, from)];
    return ordered.find((item) => (item.textContent ?? '').trim().toLocaleLowerCase().startsWith(this.#typed));
  }
}
