/** What a key asks of the player. */
export type PlayerCommand = 'mute' | 'fullscreen' | 'pictureInPicture' | 'louder' | 'quieter';

const COMMANDS: Readonly<Record<string, PlayerCommand>> = {
  m: 'mute',
  f: 'fullscreen',
  i: 'pictureInPicture',
  ArrowUp: 'louder',
  ArrowDown: 'quieter',
};

/** `undefined` where the key is meant for something else: a field, a menu, the browser. */
export function commandOf(event: KeyboardEvent): PlayerCommand | undefined {
  const command = COMMANDS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (command === undefined || !isMeantForPlayer(event)) return undefined;
  const target = event.composedPath()[0];
  const moves = command === 'louder' || command === 'quieter';
  return moves && target instanceof HTMLElement && target.closest('input:not(.scrubber)') ? undefined : command;
}

/** Whether no field, menu or browser has a use for the key. */
export function isMeantForPlayer(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return true;
  return !(target.isContentEditable || target.closest('textarea, select, [role="menu"], input:not([type="range"])'));
}
