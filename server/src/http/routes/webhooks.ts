import * as v from 'valibot';
import { roomId } from '../../../../src/protocol/index.ts';
import { WEBHOOK_STATES, type WebhookDelivery, type WebhookStore } from '../../store/webhook-store.ts';
import { pageLimit, queryNumber, time } from '../fields.ts';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';

const delivery = v.object({
  number: v.pipe(v.number(), v.description('Names the delivery; later ones have higher numbers.')),
  id: v.pipe(v.string(), v.description('`webhook-id`: the same for every address and every attempt.')),
  url: v.string(),
  type: v.string(),
  roomId: v.string(),
  createdAt: time,
  attempts: v.number(),
  state: v.picklist(WEBHOOK_STATES),
  at: v.pipe(v.number(), v.description('Of the next attempt, or of the last. Milliseconds since the epoch.')),
  failure: v.pipe(v.nullable(v.string()), v.description('Why the last attempt failed.')),
});

export interface WebhookRouteParts {
  readonly store: Pick<WebhookStore, 'listDeliveries' | 'replayDelivery'>;
  /** A delivery waits to be sent again. */
  readonly wake: () => void;
  readonly now: () => number;
}

export function createWebhookRoutes({ store, wake, now }: WebhookRouteParts): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/v1/webhooks/deliveries',
      operation: 'listWebhookDeliveries',
      summary: 'List webhook deliveries, the newest first',
      description: 'Settled ones are kept for seven days.',
      tag: 'webhooks',
      access: 'apiKey',
      query: v.object({
        state: v.optional(v.picklist(WEBHOOK_STATES)),
        roomId: v.optional(roomId),
        before: v.pipe(
          v.optional(queryNumber(0, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
          v.description('Deliveries of a lower number; without it the latest.'),
        ),
        limit: pageLimit,
      }),
      replies: {
        200: v.object({
          deliveries: v.array(delivery),
          next: v.pipe(
            v.nullable(v.number()),
            v.description('Give it as `before` for older ones; null on the last page.'),
          ),
        }),
      },
      handle: async ({ query: { limit, ...query } }) => {
        const found = await store.listDeliveries({
          ...query,
          state: query.state,
          roomId: query.roomId,
          limit: limit + 1,
        });
        const deliveries = found.slice(0, limit).map(toView);
        return {
          status: 200,
          body: { deliveries, next: found.length > limit ? (deliveries.at(-1)?.number ?? null) : null },
        };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/v1/webhooks/deliveries/{number}/replay',
      operation: 'replayWebhookDelivery',
      summary: 'Send a delivery again',
      description: 'Whether it was delivered or not, with all its attempts. The receiver knows it by its id.',
      tag: 'webhooks',
      access: 'apiKey',
      params: v.object({ number: queryNumber(1, Number.MAX_SAFE_INTEGER) }),
      replies: { 202: v.object({ number: v.number() }) },
      errors: ['notFound'],
      handle: async ({ params: { number } }) => {
        if (!(await store.replayDelivery(number, now()))) throw new HttpError('notFound', 'There is no such delivery.');
        wake();
        return { status: 202, body: { number } };
      },
    }),
  ];
}

/** What was said stays between the server and the address. */
function toView(delivery: WebhookDelivery) {
  const { body: _, ...view } = delivery;
  return view;
}
