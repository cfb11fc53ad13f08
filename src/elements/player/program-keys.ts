import { isMeantForPlayer } from './player-keys.ts';

/** What a key asks of the programme. `by`: seconds. `share`: of all there is, 0 to 1. */
export type ProgramKey =
  | { readonly type: 'toggle' | 'captions' | 'start' | 'end' }
  | { readonly type: 'step'; readonly by: number }
  | { readonly type: 'jump'; readonly share: number };

const KEYS: Readonly<Record<string, ProgramKey>> = {
  ' ': { type: 'toggle' },
  k: { type: 'toggle' },
  c: { type: 'captions' },
  j: { type: 'step', by: -10 },
  l: { type: 'step', by: 10 },
  ArrowLeft: { type: 'step', by: -5 },
  ArrowRight: { type: 'step', by: 5 },
  Home: { type: 'start' },
  End: { type: 'end' },
};

/** `undefined` where the key is meant for something else. */
export function programKeyOf(event: KeyboardEvent): ProgramKey | undefined {
  if (!isMeantForPlayer(event)) return undefined;
  const target = event.composedPath()[0];
  const onSlider = target instanceof HTMLInputElement && !target.classList.contains('scrubber');
  if (onSlider && /^(Arrow|Home|End)/.test(event.key)) return undefined;
  // A button's own key presses the button.
  if (event.key === ' ' && target instanceof HTMLButtonElement) return undefined;
  if (/^\d$/.test(event.key)) return { type: 'jump', share: Number(event.key) / 10 };
  return KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}
