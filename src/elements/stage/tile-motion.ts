import type { Box } from './grid-layout.ts';

const MOVE_MS = 260;
const FADE_MS = 200;
const EASE = 'cubic-bezier(0.2, 0, 0, 1)';

const sameBox = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < 0.5 &&
  Math.abs(a.y - b.y) < 0.5 &&
  Math.abs(a.width - b.width) < 0.5 &&
  Math.abs(a.height - b.height) < 0.5;

/**
 * Puts tiles into their places and lets them travel there (first, last, invert, play): geometry changes at once,
 * only a transform is animated. Under reduced motion they fade.
 */
export class TileMotion {
  readonly #boxes = new WeakMap<HTMLElement, Box>();

  /** `moving`: false while the stage itself changes its size, when tiles follow at once. */
  place(tile: HTMLElement, box: Box, moving: boolean): void {
    const before = this.#boxes.get(tile);
    if (before !== undefined && sameBox(before, box)) return;
    const from = before === undefined ? undefined : visualBox(tile, before);
    this.#boxes.set(tile, box);
    tile.style.setProperty('left', `${box.x}px`);
    tile.style.setProperty('top', `${box.y}px`);
    tile.style.setProperty('width', `${box.width}px`);
    tile.style.setProperty('height', `${box.height}px`);
    if (before !== undefined)
      for (const animation of tile.getAnimations()) if (animation.id === 'move') animation.cancel();
    if (!moving) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (from === undefined || still) fadeIn(tile, still);
    else travel(tile, from, box);
  }
}

function travel(tile: HTMLElement, from: Box, to: Box): void {
  const shift = `translate(${from.x - to.x}px, ${from.y - to.y}px)`;
  const scale = `scale(${from.width / to.width}, ${from.height / to.height})`;
  const frames = [
    { transformOrigin: '0 0', transform: `${shift} ${scale}` },
    { transformOrigin: '0 0', transform: 'none' },
  ];
  tile.animate(frames, { id: 'move', duration: MOVE_MS, easing: EASE });
}

function fadeIn(tile: HTMLElement, still: boolean): void {
  const frames = still
    ? [{ opacity: 0 }, { opacity: 1 }]
    : [
        { opacity: 0, transform: 'scale(0.94)' },
        { opacity: 1, transform: 'none' },
      ];
  tile.animate(frames, { id: 'move', duration: FADE_MS, easing: EASE });
}

/** Where a tile is seen now: on its way, it may not have arrived. */
function visualBox(tile: HTMLElement, box: Box): Box {
  if (!tile.getAnimations().some(({ id }) => id === 'move')) return box;
  const parent = tile.offsetParent?.getBoundingClientRect();
  const seen = tile.getBoundingClientRect();
  if (parent === undefined) return box;
  return { x: seen.x - parent.x, y: seen.y - parent.y, width: seen.width, height: seen.height };
}
