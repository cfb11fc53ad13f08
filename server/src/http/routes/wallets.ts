import * as v from 'valibot';
import { participantId } from '../../../../src/protocol/index.ts';
import { LEDGER_KINDS, type LedgerStore } from '../../store/ledger-store.ts';
import { pageLimit, queryNumber, time } from '../fields.ts';
import { HttpError } from '../http-error.ts';
import { defineRoute, type Route } from '../route.ts';

const tag = 'wallets';
const access = 'apiKey';
const path = '/api/v1/wallets/{participantId}';
const params = v.object({
  participantId: v.pipe(participantId, v.description('Id of the participant, in every room.')),
});

const balance = v.pipe(v.number(), v.description('What they have to spend.'));
const transaction = v.object({
  number: v.pipe(v.number(), v.description('Counts up from 1.')),
  kind: v.picklist(LEDGER_KINDS),
  reference: v.pipe(v.string(), v.description('Id of the gift, or the key of the credit.')),
  note: v.nullable(v.string()),
  at: time,
  entries: v.pipe(
    v.array(v.object({ account: v.string(), amount: v.number() })),
    v.description(
      'They sum to zero. Accounts: `wallet:<participant>`, `earned:<participant>`, `room:<room>`, `issued`, `external`.',
    ),
  ),
});

export function createWalletRoutes(ledger: LedgerStore, now: () => number): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path,
      operation: 'getWallet',
      summary: 'Read what a participant has to spend, and was given',
      tag,
      access,
      params,
      replies: {
        200: v.object({
          participantId,
          balance,
          earned: v.pipe(v.number(), v.description('What was given to them, in every room.')),
        }),
      },
      handle: async ({ params: { participantId: id } }) => {
        const wallet = await ledger.loadWallet(id);
        return { status: 200, body: { participantId: id, balance: wallet.balance.amount, earned: wallet.earned } };
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${path}/credit`,
      operation: 'creditWallet',
      summary: 'Credit a wallet',
      description:
        'Needs an `Idempotency-Key`, that of the payment say: the same again credits nothing and is answered 200; with another amount or for somebody else it is a conflict.',
      tag,
      access,
      repeatable: true,
      params,
      body: v.object({
        amount: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.description('Whole.')),
        note: v.optional(v.pipe(v.string(), v.maxLength(200), v.description('For the ledger.'))),
      }),
      replies: {
        201: v.object({ number: v.number(), balance }),
        200: v.object({ number: v.number(), balance }),
      },
      errors: ['conflict'],
      handle: async ({ params: { participantId: ownerId }, body: { amount, note = null }, idempotencyKey: key }) => {
        if (key === undefined) throw new HttpError('badRequest', 'header.Idempotency-Key: is needed to move money');
        const credited = await ledger.credit({ ownerId, amount, key, note, at: now() });
        const body = { number: credited.number, balance: credited.balance.amount };
        return credited.repeated ? { status: 200, body } : { status: 201, body };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/v1/ledger',
      operation: 'listLedger',
      summary: 'Read every movement of money, the newest first',
      tag,
      access,
      query: v.object({
        account: v.pipe(v.optional(v.pipe(v.string(), v.maxLength(80))), v.description('Only of that account.')),
        before: v.pipe(
          v.optional(queryNumber(0, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
          v.description('Transactions of a lower number; without it the latest.'),
        ),
        limit: pageLimit,
      }),
      replies: {
        200: v.object({
          transactions: v.array(transaction),
          next: v.pipe(
            v.nullable(v.number()),
            v.description('Give it as `before` for older ones; null on the last page.'),
          ),
        }),
      },
      handle: async ({ query: { account, before, limit } }) => {
        const found = await ledger.listLedger({ account, before, limit: limit + 1 });
        const transactions = found.slice(0, limit).map((each) => ({ ...each, entries: [...each.entries] }));
        const next = found.length > limit ? (transactions.at(-1)?.number ?? null) : null;
        return { status: 200, body: { transactions, next } };
      },
    }),
  ];
}
