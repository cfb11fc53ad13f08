import type { RoomTag } from '../../e2e/support/pages.ts';

declare global {
  interface Window {
    /** Times of the frames drawn, and tasks of more than 50 ms as the browser reports them. Milliseconds. */
    frameTimes: number[];
    longTasks: number[];
    listScroller: () => HTMLElement | null;
    listTotal: () => number;
    /** The yardstick's own. */
    plainListTotal?: () => number;
  }
}

/** Put into a page before its own scripts: counts frames and long tasks, and finds the list, whoever made it. */
export function watchList(): void {
  window.frameTimes = [];
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  const count = (): void => {
    window.frameTimes.push(performance.now());
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  window.listScroller = () =>
    document.querySelector<HTMLElement>('#list') ??
    document.querySelector('ils-chat')?.shadowRoot?.querySelector<HTMLElement>('.scroller') ??
    null;
  window.listTotal = () =>
    window.plainListTotal?.() ?? document.querySelector<RoomTag>('ils-room')?.store?.chat.log.total ?? 0;
}

/** Where the list stands: the lowest and highest index in view, the scroll bar's thumb, whether it is drawn without a gap. */
export function readList() {
  const scroller = window.listScroller();
  if (scroller === null) return null;
  const view = scroller.getBoundingClientRect();
  const rows = [...scroller.querySelectorAll<HTMLElement>('[data-index]')]
    .map((row) => ({ index: Number(row.dataset['index']), box: row.getBoundingClientRect() }))
    .filter(({ box }) => box.bottom > view.top && box.top < view.bottom)
    .sort((one, other) => one.index - other.index);
  // A reversed column counts from its end, below 0.
  const { scrollTop, scrollHeight, clientHeight } = scroller;
  const reach = scrollHeight - clientHeight;
  const reversed = getComputedStyle(scroller).flexDirection === 'column-reverse';
  return {
    total: window.listTotal(),
    first: rows[0]?.index ?? -1,
    last: rows.at(-1)?.index ?? -1,
    /** From 0 at the top to 1 at the end. */
    place: reversed ? 1 + scrollTop / reach : scrollTop / reach,
    view: { x: view.x, y: view.y, width: view.width, height: view.height },
  };
}
