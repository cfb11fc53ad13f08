/** A stretch that plays without a break. Milliseconds. */
export interface RecordedSpan {
  /** On the programme's clock, since the epoch. */
  readonly startsAt: number;
  /** In what plays. */
  readonly offset: number;
  readonly durationMs: number;
}

/** When a recording was made, and what of that plays. Milliseconds since the epoch. */
export interface RecordingTimeline {
  readonly roomId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly spans: readonly RecordedSpan[];
}

/** Where in a recording a moment of the programme plays; what fell between two stretches stands at the seam. */
export function offsetOf(spans: readonly RecordedSpan[], at: number): number {
  const span = spans.findLast(({ startsAt }) => startsAt <= at);
  return span === undefined ? 0 : Math.round(span.offset + Math.min(at - span.startsAt, span.durationMs));
}
