import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { ProtocolError, type ErrorCode } from '../../../src/protocol/index.ts';
import { HttpError, toHttpError, type HttpErrorCode } from './http-error.ts';

/** What those codes of the wire are to a client that has no socket. */
const AS_HTTP: Partial<Record<ErrorCode, HttpErrorCode>> = {
  tokenInvalid: 'unauthorized',
  tokenExpired: 'unauthorized',
  removed: 'forbidden',
  joinedElsewhere: 'conflict',
  disconnected: 'conflict',
};

/** Answers with problem details (RFC 9457); `code` is of the closed list that the REST API has too. */
export function sendProblem(reply: FastifyReply, error: unknown): FastifyReply {
  const { code, status, message } = asHttpError(error);
  if (code === 'unauthorized') void reply.header('www-authenticate', 'Bearer');
  if (error instanceof ProtocolError && error.retryAfterMs !== undefined) {
    void reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1_000)));
  }
  const problem = { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, detail: message, code };
  return (
    reply
      .status(status)
      .headers({ 'cache-control': 'no-store', 'content-type': 'application/problem+json' })
      // As bytes: the framework would name a charset, which the type has not.
      .send(Buffer.from(JSON.stringify(problem)))
  );
}

function asHttpError(error: unknown): HttpError {
  const code = error instanceof ProtocolError ? AS_HTTP[error.code] : undefined;
  return code !== undefined && error instanceof ProtocolError ? new HttpError(code, error.message) : toHttpError(error);
}
