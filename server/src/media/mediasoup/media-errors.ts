import { errors } from 'mediasoup';
import { ProtocolError, type ErrorCode } from '../../../../src/protocol/index.ts';

/** How long a client does well to wait while a worker is replaced. */
const REPLACEMENT_MS = 250;

/**
 * What a failure of the SFU is to the one who asked.
 * @param refused What it is when the SFU understood and refused.
 */
export function toProtocolError(error: unknown, refused: ErrorCode = 'badRequest'): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (error instanceof errors.WorkerClosedError) {
    return new ProtocolError('unavailable', 'The media worker was lost', REPLACEMENT_MS);
  }
  if (error instanceof errors.NotFoundError) return new ProtocolError('notFound', 'It is gone');
  const message = error instanceof Error ? error.message : 'The SFU refused';
  if (error instanceof TypeError || error instanceof errors.UnsupportedError) {
    return new ProtocolError('badRequest', message);
  }
  return new ProtocolError(refused, message);
}

/** Awaits the SFU and throws only `ProtocolError`s. */
export async function askSfu<T>(answer: Promise<T>, refused?: ErrorCode): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw toProtocolError(error, refused);
  }
}
