/** One figure of a run, beside its yardstick of the same run. */
export interface Comparison {
  readonly what: string;
  readonly ours: number;
  readonly yardstick: number;
  readonly yardstickName: string;
  readonly unit: string;
  /** `ours / yardstick` may be at most this, or at least this. */
  readonly expected: { readonly atMost: number } | { readonly atLeast: number };
}

/** One figure that has no yardstick but a bound. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost: number;
}

export type Result = Comparison | Figure;

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Whether the result is within what is expected. */
export function holds(result: Result): boolean {
  if ('value' in result) return result.value <= result.atMost;
  const ratio = result.ours / result.yardstick;
  return 'atMost' in result.expected ? ratio <= result.expected.atMost : ratio >= result.expected.atLeast;
}

export function describeResult(result: Result): string {
  const mark = holds(result) ? '✓' : '✗';
  if ('value' in result) {
    return `${mark} ${result.what}: ${format(result.value)} ${result.unit} (expected ≤ ${result.atMost})`;
  }
  const ratio = result.ours / result.yardstick;
  const bound = 'atMost' in result.expected ? `≤ ${result.expected.atMost}` : `≥ ${result.expected.atLeast}`;
  const figures = `${format(result.ours)} against ${format(result.yardstick)} ${result.unit} (${result.yardstickName})`;
  return `${mark} ${result.what}: ratio ${ratio.toFixed(2)}, expected ${bound}; ${figures}`;
}

function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}
