/** How a live programme stands at one moment. Seconds. */
export interface LiveMoment {
  /** From what is shown to where live playing should be: positive is too late. */
  readonly late: number;
  /** Fetched and not yet shown. */
  readonly buffered: number;
}

export type LiveStep = { readonly rate: number } | 'jump';

/** Within this much of the target nothing is done. */
const TOLERANCE = 0.08;
/** What must remain fetched for catching up to be worth the risk of a stall. */
const LEAST_BUFFER = 0.4;
/** So late, catching up would take longer than anybody waits. */
const JUMP = 6;
/** After a stop the rest of the way is fetched already: a step there costs no other stop, and ten seconds of haste are spared. */
const STEP = 1.5;
const FASTEST = 1.1;
/** Running dry: slower is less bad than standing still. */
const DRY = 0.12;
const SLOWEST = 0.95;

/** What to do to be where live is: a rate hardly to be heard, or one jump. hls.js itself only catches up with more than a second in hand. */
export function stepTowardsLive({ late, buffered }: LiveMoment): LiveStep {
  if (late > JUMP || (late > STEP && buffered > late + LEAST_BUFFER)) return 'jump';
  if (late > TOLERANCE && buffered > LEAST_BUFFER) return { rate: Math.min(FASTEST, 1 + Math.max(0.03, late * 0.1)) };
  if (late < -TOLERANCE && buffered < DRY) return { rate: SLOWEST };
  return { rate: 1 };
}
