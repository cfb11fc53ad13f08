import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { EVENTS, isErrorCode, REQUESTS, roomSnapshot, SIGNALS, type ServerFrame } from '../../../src/protocol/index.ts';

/** How a frame strays from the protocol: a value of another shape, or a key that is nobody's business. */
export function findViolations(frame: ServerFrame, nameOf: (id: number) => string | undefined): string[] {
  switch (frame.type) {
    case 'event':
      return check(EVENTS[frame.name], frame.data, `event ${frame.name}`);
    case 'signal':
      return check(SIGNALS[frame.name], frame.data, `signal ${frame.name}`);
    case 'welcome':
      return frame.snapshot === null ? [] : check(roomSnapshot, frame.snapshot, 'snapshot');
    case 'bye':
      return checkError(frame.error);
    case 'reply':
      return frame.error ? checkError(frame.error) : checkReply(nameOf(frame.id), frame.data);
    case 'pong':
      return [];
  }
}

function checkReply(name: string | undefined, data: unknown): string[] {
  if (name === undefined) return [];
  if (!(name in REQUESTS)) return [`reply with data to ${name}`];
  return check(REQUESTS[name as keyof typeof REQUESTS].reply, data, `reply to ${name}`);
}

function checkError(error: object): string[] {
  const { code, message, ...rest } = error as Record<string, unknown>;
  const extra = Object.keys(rest).filter((key) => key !== 'retryAfterMs' && key !== 'reason');
  const isTyped = isErrorCode(code) && typeof message === 'string' && extra.length === 0;
  return isTyped ? [] : [`error ${JSON.stringify(error)}`];
}

function check(schema: v.GenericSchema | undefined, value: unknown, what: string): string[] {
  if (!schema) return [`unknown ${what}`];
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return [`${what}: ${v.summarize(parsed.issues)}`];
  return isDeepStrictEqual(parsed.output, value) ? [] : [`${what} has more than its schema: ${JSON.stringify(value)}`];
}
