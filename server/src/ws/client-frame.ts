import * as v from 'valibot';
import { clientFrame, ProtocolError, type ClientFrame } from '../../../src/protocol/index.ts';

/** Reads one frame. Throws `badFrame` for anything that is not JSON or not of the union ([L1]). */
export function parseClientFrame(data: Buffer): ClientFrame {
  const parsed = v.safeParse(clientFrame, parseJson(data));
  if (parsed.success) return parsed.output;
  throw new ProtocolError('badFrame', 'The frame is none that a client may send.');
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    throw new ProtocolError('badFrame', 'The frame is not JSON.');
  }
}
