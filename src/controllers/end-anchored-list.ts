import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { HeightIndex } from './height-index.ts';

export interface EndAnchoredListOptions {
  /** Scrolls; `display: flex; flex-direction: column-reverse; overflow-anchor: none; scrollbar-gutter: stable`. */
  readonly scroller: () => HTMLElement | null;
  /**
   * The scroller's only child: a spacer, the rows (`data-index`), a spacer, and what else stands at the end;
   * `contain: layout; box-sizing: content-box`.
   */
  readonly content: () => HTMLElement | null;
  readonly count: () => number;
  /** Of a usual row and of the lowest there can be. Pixels. */
  readonly estimatePx: number;
  readonly minimumPx: number;
}

const OVERSCAN_PX = 240;
/** So much of the usual height is expected of a row at least. */
const LOW_GUESS = 0.7;
/** Closer to an end than this is at that end. Pixels. */
const AT_END_PX = 2;
/** After so long without a scroll event nobody is scrolling. */
const SCROLLING_MS = 150;

/**
 * A virtual list that reads from its end, for a chat of any length. The browser counts the scroll position of a reversed column
 * from its end, so what is appended there stays in view, and whatever is loaded or measured above moves nothing, with no
 * position written by script. Away from the end the list stands still: new rows join it once the reader comes near its end.
 * (`@tanstack/virtual-core` anchors to the end too, by writing positions, for 8.9 KB; this is 1.5.)
 */
export class EndAnchoredListController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: EndAnchoredListOptions;
  readonly #heights: HeightIndex;
  readonly #rows = new Map<Element, number>();
  #observer: ResizeObserver | undefined;
  #scroller: HTMLElement | null = null;
  #content: HTMLElement | null = null;
  #frame = 0;
  #viewport = 0;
  #width = 0;
  /** From the end of the content to the lower edge of the viewport. Pixels. */
  #distance = 0;
  #upwards = false;
  /** Goes off when the reader has stopped scrolling. */
  #scrolling: ReturnType<typeof setTimeout> | undefined;
  /** By how much the lower spacer is too high, or too low, until then. Pixels. */
  #stretch = 0;
  /** Of all, as it stands until then. Pixels. */
  #height = 0;
  /** What a row not measured yet is taken for when the view is filled: rather lower than it is, or the view had a gap. */
  #usual: number;
  /** Height of what stands after the rows. Pixels. */
  #tail = 0;
  /** The row at the viewport's lower edge and how far below its start that edge is. */
  #anchor = { index: 0, offset: 0 };
  #atEnd = true;
  #atStart = false;
  #held = false;
  #first = 0;
  #last = 0;
  #end = 0;
  #seen = 0;

  constructor(host: ReactiveControllerHost, options: EndAnchoredListOptions) {
    this.#host = host;
    this.#options = options;
    this.#heights = new HeightIndex(options.estimatePx);
    this.#usual = options.minimumPx;
    host.addController(this);
  }

  /** Rows `first` to `last − 1` are to be rendered. */
  get first(): number {
    return this.#first;
  }
  get last(): number {
    return this.#last;
  }
  /** Keeps to the newest row. */
  get following(): boolean {
    return this.#atEnd && !this.#held;
  }
  /** Stands still because the keyboard is on a row. */
  get held(): boolean {
    return this.#held;
  }
  /** How many rows came since the reader left the end. */
  get unseen(): number {
    return Math.max(0, this.#options.count() - this.#seen);
  }

  /** Updates the host in this frame where it is not drawn yet, else in the next: once, whoever asks. */
  updateSoon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#host.requestUpdate();
    });
  }

  /** Stands still even at the end, while the keyboard is on a row. */
  hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#anchorHere();
    this.#host.requestUpdate();
  }

  scrollToEnd(): void {
    this.#atEnd = true;
    this.#atStart = false;
    this.#held = false;
    this.#distance = 0;
    if (this.#scroller !== null) this.#scroller.scrollTop = 0;
    this.#host.requestUpdate();
  }

  /** Brings a row to the middle of the view, as far as its place is known; what is drawn there says more. */
  scrollTo(index: number): void {
    if (this.#scroller === null) return;
    const end = this.#heights.offset(this.#end) + this.#tail;
    this.#distance = Math.max(0, end - this.#heights.offset(index) - this.#viewport / 2);
    this.#scroller.scrollTop = -this.#distance;
    // What is measured before the browser tells of it must not move the view back.
    this.#atStart = false;
    this.#anchorHere();
  }

  scrollToStart(): void {
    const scroller = this.#scroller;
    if (scroller !== null) scroller.scrollTop = -scroller.scrollHeight;
  }

  hostConnected(): void {
    this.#observer = new ResizeObserver((entries) => this.#measure(entries));
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    clearTimeout(this.#scrolling);
    this.#scrolling = undefined;
    this.#stretch = 0;
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#rows.clear();
    this.#unlisten();
    this.#scroller = null;
    this.#content = null;
    // A list that is taken out of the page forgets its scroll position.
    this.#distance = 0;
    this.#atEnd = true;
    this.#atStart = false;
    this.#held = false;
  }

  /** Decides which rows are rendered. */
  hostUpdate(): void {
    const count = this.#options.count();
    const near = !this.#held && !this.#readingUpwards && this.#distance < this.#viewport / 2;
    if (this.following || near || count < this.#end) this.#end = count;
    const { first, last } = this.following ? this.#windowAtEnd() : this.#windowAt(this.#anchorOffset());
    this.#first = first;
    this.#last = last;
    this.#seen = this.following ? count : Math.min(Math.max(this.#seen, this.#anchor.index + 1), count);
  }

  hostUpdated(): void {
    this.#attach();
    for (const row of this.#rows.keys()) {
      if (row.parentNode === this.#content) continue;
      this.#rows.delete(row);
      this.#observer?.unobserve(row);
    }
    for (const row of this.#content?.children ?? []) {
      const index = row.getAttribute('data-index');
      if (index === null) continue;
      if (!this.#rows.has(row)) this.#observer?.observe(row);
      this.#rows.set(row, Number(index));
    }
    this.#place();
  }

  #attach(): void {
    const scroller = this.#options.scroller();
    if (scroller === this.#scroller) return;
    this.#unlisten();
    if (this.#scroller !== null) this.#observer?.unobserve(this.#scroller);
    this.#scroller = scroller;
    this.#content = this.#options.content();
    if (scroller === null) return;
    scroller.addEventListener('scroll', this.#handleScroll, { passive: true });
    scroller.addEventListener('wheel', this.#handleIntent, { passive: true });
    scroller.addEventListener('keydown', this.#handleIntent);
    this.#observer?.observe(scroller);
    const tail = this.#content?.querySelector(':scope > [data-tail]');
    if (tail) this.#observer?.observe(tail);
  }

  #unlisten(): void {
    this.#scroller?.removeEventListener('scroll', this.#handleScroll);
    this.#scroller?.removeEventListener('wheel', this.#handleIntent);
    this.#scroller?.removeEventListener('keydown', this.#handleIntent);
  }

  /** New rows at the end would end the movement. */
  get #readingUpwards(): boolean {
    return this.#upwards && this.#scrolling !== undefined;
  }

  /** Where the viewport's lower edge is, from the start of the rows. */
  #anchorOffset(): number {
    return this.#heights.offset(this.#anchor.index) + this.#anchor.offset;
  }

  #windowAtEnd(): { first: number; last: number } {
    const wanted = this.#viewport + OVERSCAN_PX - this.#tail;
    let first = this.#end;
    for (let height = 0; first > 0 && height < wanted; first--) {
      height += this.#heights.measured(first - 1) || this.#usual;
    }
    return { first, last: this.#end };
  }

  #windowAt(lowerEdge: number): { first: number; last: number } {
    const first = this.#heights.find(Math.max(0, lowerEdge - this.#viewport - OVERSCAN_PX), this.#end);
    const wanted = lowerEdge + OVERSCAN_PX - this.#heights.offset(first);
    let last = first;
    for (let height = 0; last < this.#end && height < wanted; last++) {
      height += this.#heights.measured(last) || this.#usual;
    }
    return { first, last };
  }

  /**
   * Gives the spacers their heights and keeps the anchor where it was. A position written while somebody drags the scroll bar
   * or while a touch coasts takes from that movement, and so does a new height, were it for one layout: Chromium ends a smooth
   * scroll (Page Up, the wheel) when a reversed column grows. Until it is over the content keeps its height, and the spacers
   * take up what rows differ from the estimate by.
   */
  #place(): void {
    const spacers = this.#content?.querySelectorAll<HTMLElement>(':scope > [data-spacer]');
    const all = this.#heights.offset(this.#end);
    const above = this.#heights.offset(this.#first);
    const below = Math.max(0, all - this.#heights.offset(this.#last));
    const distance = all + this.#tail - this.#anchorOffset();
    const difference = this.#distance - distance;
    const rest = this.#height - all - this.#tail - difference;
    const scrolling = this.#scrolling !== undefined && !this.following && !this.#atStart;
    const fitsBelow = this.#last < this.#end ? below + difference >= 0 : Math.abs(difference) < 1;
    const within = this.#first > 0 && fitsBelow && above + rest >= 0;
    const still = scrolling && within;
    const grown = all + this.#tail !== this.#height;
    if (!still) this.#height = all + this.#tail;
    this.#stretch = still ? difference : 0;
    this.#content?.style.setProperty('block-size', still ? `${this.#height}px` : 'auto');
    spacers?.[0]?.style.setProperty('block-size', `${still ? above + rest : above}px`);
    spacers?.[1]?.style.setProperty('block-size', `${below + this.#stretch}px`);
    if (this.following || this.#scroller === null || still) return;
    if (this.#atStart) {
      if (grown) this.scrollToStart();
      return;
    }
    if (Math.abs(difference) < 1) return;
    this.#distance = distance;
    this.#scroller.scrollTop = -distance;
  }

  #measure(entries: readonly ResizeObserverEntry[]): void {
    const resized = entries.find(({ target }) => target === this.#scroller);
    if (resized !== undefined) {
      const { width, height } = resized.contentRect;
      if (this.#width !== 0 && Math.abs(width - this.#width) > 0.5) this.#heights.clear();
      this.#width = width;
      this.#viewport = height;
    }
    for (const { target, borderBoxSize } of entries) {
      const height = borderBoxSize[0]?.blockSize ?? 0;
      const index = this.#rows.get(target);
      if (index !== undefined) {
        // A row that is taken out, or in a hidden list, measures 0.
        if (height > 0) this.#learn(index, height);
      } else if (target !== this.#scroller) {
        this.#tail = height;
      }
    }
    this.#place();
    this.#updateIfShort();
  }

  #learn(index: number, height: number): void {
    this.#heights.set(index, height);
    this.#usual += (Math.max(this.#options.minimumPx, height * LOW_GUESS) - this.#usual) / 16;
  }

  #anchorHere(): void {
    const lowerEdge = this.#heights.offset(this.#end) + this.#tail + this.#stretch - this.#distance;
    const index = this.#heights.find(Math.max(0, lowerEdge), this.#end);
    this.#anchor = { index, offset: lowerEdge - this.#heights.offset(index) };
  }

  readonly #handleScroll = (): void => {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const distance = Math.max(0, -scroller.scrollTop);
    this.#upwards = distance > this.#distance;
    this.#distance = distance;
    this.#atEnd = !this.#upwards && distance <= AT_END_PX;
    this.#atStart = !this.#atEnd && distance >= scroller.scrollHeight - scroller.clientHeight - AT_END_PX;
    this.#noteScrolling();
    // Scroll events come once a frame, before its callbacks.
    this.updateSoon();
  };

  /** Whoever turns upwards has left the end before the first pixel of it: a row that came meanwhile would end the movement. */
  readonly #handleIntent = (event: Event): void => {
    const scroller = this.#scroller;
    const upwards = event instanceof WheelEvent ? event.deltaY < 0 : (event as KeyboardEvent).key === 'PageUp';
    if (!upwards || !this.following || scroller === null || scroller.scrollHeight <= scroller.clientHeight) return;
    this.#upwards = true;
    this.#atEnd = false;
    // Rows drawn since the last frame are not measured yet.
    if (this.#content !== null) this.#height = Number.parseFloat(getComputedStyle(this.#content).blockSize);
    this.#noteScrolling();
  };

  #noteScrolling(): void {
    this.#anchorHere();
    clearTimeout(this.#scrolling);
    this.#scrolling = setTimeout(() => {
      this.#scrolling = undefined;
      this.#atEnd = this.#distance <= AT_END_PX;
      this.#place();
      this.updateSoon();
    }, SCROLLING_MS);
  }

  /** Rows that turned out lower than expected leave room for more: in the next frame, or the observer would complain of a loop. */
  #updateIfShort(): void {
    const { first, last } = this.following ? this.#windowAtEnd() : this.#windowAt(this.#anchorOffset());
    if (first < this.#first || last > this.#last) this.updateSoon();
  }
}
