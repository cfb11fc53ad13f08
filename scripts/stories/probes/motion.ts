import { describe, findAll } from './composed-tree.ts';

/** Fades and colours are calm; these move, grow or turn what people look at. */
const MOVING =
  /^(transform|translate|scale|rotate|offsetDistance|left|right|top|bottom|inset|width|height|inlineSize|blockSize|margin|padding|backgroundPosition)/;

const LOOK_EVERY_MS = 50;

const moves = new Set<string>();

function look(): void {
  const roots = [document, ...[...findAll(document)].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
  for (const { effect, playState } of roots.flatMap((root) => root.getAnimations())) {
    if (playState !== 'running' || !(effect instanceof KeyframeEffect) || !effect.target) continue;
    if (Number(effect.getComputedTiming().duration) <= 1) continue;
    const frames = effect.getKeyframes();
    const names = new Set(frames.flatMap((frame) => Object.keys(frame).filter((name) => MOVING.test(name))));
    const moving = [...names].filter((name) => new Set(frames.map((frame) => frame[name])).size > 1);
    if (moving.length > 0) moves.add(`moves by ${moving.join(', ')}: ${describe(effect.target)}`);
  }
}

let timer: ReturnType<typeof setInterval> | undefined;

/** Looks from now on, often enough for what lasts as long as a fade. */
export function watchMotion(): void {
  timer = setInterval(look, LOOK_EVERY_MS);
}

/** What has moved so far although the reader wants it calm. Nobody looks any more afterwards. */
export function endMotionWatch(): readonly string[] {
  clearInterval(timer);
  look();
  return [...moves];
}
