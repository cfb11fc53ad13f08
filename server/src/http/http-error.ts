import * as v from 'valibot';
import { ProtocolError, type ErrorCode } from '../../../src/protocol/index.ts';

/** Every code of a failed answer, and its HTTP status. Codes of the wire keep their name. */
export const HTTP_ERRORS = {
  badRequest: 400,
  unauthorized: 401,
  insufficientFunds: 402,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  conflict: 409,
  roomFull: 409,
  roomLocked: 409,
  roomEnded: 410,
  expired: 410,
  preconditionFailed: 412,
  tooLarge: 413,
  unsupportedMediaType: 415,
  unprocessable: 422,
  preconditionRequired: 428,
  rateLimited: 429,
  internal: 500,
  notConfigured: 501,
  unavailable: 503,
  timeout: 504,
} as const satisfies Partial<Record<ErrorCode, number>> & Record<string, number>;

export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/** The body of every failed answer. */
export const errorBody = v.object({
  error: v.object({
    code: v.pipe(v.string(), v.description('One of a closed list; decide by this.')),
    message: v.pipe(v.string(), v.description('English, for developers.')),
  }),
});
export type ErrorBody = v.InferOutput<typeof errorBody>;

export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;

  constructor(code: HttpErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return HTTP_ERRORS[this.code];
  }

  toBody(): ErrorBody {
    return { error: { code: this.code, message: this.message } };
  }
}

const isHttpErrorCode = (code: string): code is HttpErrorCode => Object.hasOwn(HTTP_ERRORS, code);

const FRAMEWORK_STATUSES: Readonly<Record<number, HttpErrorCode>> = {
  403: 'forbidden',
  404: 'notFound',
  405: 'methodNotAllowed',
  413: 'tooLarge',
  415: 'unsupportedMediaType',
  503: 'unavailable',
};

/** Whatever was thrown, as an answer; what nobody foresaw says nothing of its inside. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof ProtocolError) {
    return new HttpError(isHttpErrorCode(error.code) ? error.code : 'badRequest', error.message);
  }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    const { statusCode, message } = error;
    if (statusCode < 500) return new HttpError(FRAMEWORK_STATUSES[statusCode] ?? 'badRequest', message);
  }
  return new HttpError('internal', 'The server failed; its log says why.');
}
