import { LAYERS } from './encodings.ts';

/** A layer may be stretched this much before the next one is worth its bits. */
const STRETCH = 1.25;
/** How far beyond a border a size must go before the layer changes. */
const HYSTERESIS = 0.1;

const TOP = LAYERS.length - 1;

function smallestFor(pixels: number): number {
  const layer = LAYERS.findIndex(({ width }) => width * STRETCH >= pixels);
  return layer === -1 ? TOP : layer;
}

/** The simulcast layer, 0 the smallest, for a picture shown `pixels` device pixels wide where `current` flows now. */
export function chooseLayer(pixels: number, current: number | undefined): number {
  if (current === undefined) return smallestFor(pixels);
  const up = smallestFor(pixels / (1 + HYSTERESIS));
  if (up > current) return up;
  const down = smallestFor(pixels / (1 - HYSTERESIS));
  return Math.min(down, current);
}
