import * as v from 'valibot';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';

const status = v.object({ status: v.literal('ok') });
const ok = { status: 200, body: { status: 'ok' } } as const;

/** `whyNotReady` says what keeps the server from taking people in, or nothing. */
export function createHealthRoutes(whyNotReady: () => string | undefined): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/healthz',
      operation: 'checkHealth',
      summary: 'Whether the process is alive',
      tag: 'operation',
      access: 'open',
      replies: { 200: status },
      handle: async () => ok,
    }),
    defineRoute({
      method: 'GET',
      path: '/readyz',
      operation: 'checkReadiness',
      summary: 'Whether the server takes people in',
      tag: 'operation',
      access: 'open',
      replies: { 200: status },
      errors: ['unavailable'],
      handle: async () => {
        const reason = whyNotReady();
        if (reason !== undefined) throw new HttpError('unavailable', reason);
        return ok;
      },
    }),
  ];
}
