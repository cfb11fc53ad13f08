import type { ErrorCode } from '../../protocol/index.ts';

/** What a `ProtocolError` tells of itself, read without its class: this folder may see the protocol's types alone. */
interface Refusal {
  readonly code: ErrorCode;
  readonly retriable: boolean;
  readonly retryAfterMs: number | undefined;
}

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'code' in error && 'retriable' in error;
}

export function refusalCode(error: unknown): ErrorCode | undefined {
  return isRefusal(error) ? error.code : undefined;
}

/** Whether it makes sense to ask the same again. A `conflict` passes: the stream of a former connection is about to go. */
export function mayRetry(error: unknown): boolean {
  return !isRefusal(error) || error.retriable || error.code === 'conflict';
}

/** Milliseconds to wait, if the refusal says so. */
export function retryAfterMs(error: unknown): number | undefined {
  return isRefusal(error) ? error.retryAfterMs : undefined;
}
