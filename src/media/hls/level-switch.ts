/** How far what is fetched may be from a key frame to end there. Seconds. */
const TOLERANCE = 0.05;
/** Updates of the playlist after which it is changed anyway. */
const PATIENCE = 20;

interface Place {
  /** Seconds. */
  readonly start: number;
}

/** A part, or a whole segment, by the segment's number. */
interface Load {
  readonly segment: number;
  readonly isWhole: boolean;
}

/** What a playlist says of the places of key frames. */
export interface KeyFrames {
  readonly fragments: readonly Place[];
  readonly partList: readonly (Place & { readonly independent: boolean })[] | null;
}

/**
 * Chooses when a live picture, which has little in hand, goes over to another rendition. What is fetched of that begins
 * with a key frame: one before the end of what is there already would take the place of what is being played.
 */
export class LevelSwitch {
  readonly #change: (level: number) => void;
  #wanted: number | null = null;
  #waited = 0;
  #hasPicture = false;
  /** What is on its way. */
  #loading: Load | null = null;
  /** Where what is fetched ends. Seconds. */
  #end = 0;

  constructor(change: (level: number) => void) {
    this.#change = change;
  }

  /** -1 leaves the choice to the library. */
  choose(level: number): void {
    this.#wanted = level;
    this.#waited = 0;
    if (level < 0 || !this.#hasPicture || this.#loading?.isWhole === true) this.#go();
  }

  loading(load: Load): void {
    this.#loading = load;
    // It ends where the next segment begins, and is finished.
    if (load.isWhole) this.#go();
  }

  buffered(segment: number, end: number): void {
    this.#hasPicture = true;
    this.#end = end;
    if (this.#loading?.segment === segment) this.#loading = null;
  }

  /** The playlist of the rendition that is played says more: what comes next is fetched in a moment. */
  updated(keyFrames: KeyFrames): void {
    if (this.#wanted === null) return;
    this.#waited += 1;
    const isNow = this.#loading === null && beginsAnew(keyFrames, this.#end);
    if (isNow || this.#waited > PATIENCE) this.#go();
  }

  #go(): void {
    const level = this.#wanted;
    this.#wanted = null;
    if (level !== null) this.#change(level);
  }
}

/** Each rendition has its key frames at the same places. */
function beginsAnew({ fragments, partList }: KeyFrames, end: number): boolean {
  const isThere = ({ start }: Place): boolean => Math.abs(start - end) < TOLERANCE;
  return fragments.some(isThere) || (partList ?? []).some((part) => part.independent && isThere(part));
}
