import { msg, str } from './localization.ts';
import type { ErrorCode, WireError } from '../protocol/index.ts';

/** What a refusal of the server means to the reader, in one sentence. */
export function describeError(error: WireError): string {
  if (error.code === 'rateLimited') return describeRateLimit(error.retryAfterMs);
  return describeErrorCode(error.code);
}

function describeRateLimit(retryAfterMs: number | undefined): string {
  const seconds = Math.ceil((retryAfterMs ?? 0) / 1_000);
  return seconds > 1 ? msg(str`Too fast. Try again in ${seconds} seconds.`) : msg('Too fast. Try again in a moment.');
}

function describeErrorCode(code: ErrorCode): string {
  switch (code) {
    case 'forbidden':
      return msg('You are not allowed to do that.');
    case 'notFound':
      return msg('That is no longer there.');
    case 'conflict':
      return msg('Someone else was faster. Try again.');
    case 'insufficientFunds':
      return msg('There is not enough left for that.');
    case 'expired':
      return msg('That has expired.');
    case 'rateLimited':
      return msg('Too fast. Try again in a moment.');
    case 'timeout':
      return msg('No answer from the server. Try again.');
    case 'disconnected':
      return msg('The connection is interrupted. Try again when it is back.');
    case 'unavailable':
      return msg('The server is busy. Try again in a moment.');
    case 'roomFull':
      return msg('The room is full.');
    case 'roomLocked':
      return msg('The room is locked.');
    case 'roomEnded':
      return msg('The room has ended.');
    case 'removed':
      return msg('You were removed from the room.');
    case 'joinedElsewhere':
      return msg('You joined from another window.');
    case 'tokenInvalid':
      return msg('This invitation is not valid.');
    case 'tokenExpired':
      return msg('This invitation has expired.');
    case 'versionUnsupported':
      return msg('This page is out of date. Reload it.');
    case 'badFrame':
    case 'frameTooLarge':
    case 'unknownRequest':
    case 'badRequest':
    case 'internal':
      return msg('Something went wrong. Try again.');
  }
}
