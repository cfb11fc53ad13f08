/**
 * The closed list of what can go wrong on the wire ([E1]).
 * `retriable`: the same request may succeed later, unchanged. `fatal`: the connection is over, do not come back with the same token.
 */
export const ERRORS = {
  badFrame: { retriable: false, fatal: true },
  frameTooLarge: { retriable: false, fatal: true },
  versionUnsupported: { retriable: false, fatal: true },
  tokenInvalid: { retriable: false, fatal: true },
  tokenExpired: { retriable: false, fatal: true },
  roomEnded: { retriable: false, fatal: true },
  roomFull: { retriable: true, fatal: true },
  roomLocked: { retriable: true, fatal: true },
  removed: { retriable: false, fatal: true },
  joinedElsewhere: { retriable: false, fatal: true },
  unknownRequest: { retriable: false, fatal: false },
  badRequest: { retriable: false, fatal: false },
  forbidden: { retriable: false, fatal: false },
  notFound: { retriable: false, fatal: false },
  conflict: { retriable: false, fatal: false },
  insufficientFunds: { retriable: false, fatal: false },
  expired: { retriable: false, fatal: false },
  rateLimited: { retriable: true, fatal: false },
  unavailable: { retriable: true, fatal: false },
  timeout: { retriable: true, fatal: false },
  disconnected: { retriable: true, fatal: false },
  internal: { retriable: true, fatal: false },
} as const satisfies Record<string, { retriable: boolean; fatal: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

/** What a failed reply or a `bye` carries. `message` is English, for developers; elements say it in the reader's words by `code`. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  /** With `rateLimited` and `unavailable`: when to try again. Milliseconds from now. */
  readonly retryAfterMs?: number;
  /** With `forbidden` of a message: which policy of the chat refused it ([Y2]). */
  readonly reason?: 'link' | 'word' | 'filter';
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}

/** A wire error as a thrown value, the same class at both ends. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  get retriable(): boolean {
    return ERRORS[this.code].retriable;
  }

  get fatal(): boolean {
    return ERRORS[this.code].fatal;
  }

  toWire(): WireError {
    return this.retryAfterMs === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, retryAfterMs: this.retryAfterMs };
  }

  static fromWire(error: WireError): ProtocolError {
    return new ProtocolError(isErrorCode(error.code) ? error.code : 'internal', error.message, error.retryAfterMs);
  }
}
