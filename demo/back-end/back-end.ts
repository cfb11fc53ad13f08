import type { IncomingMessage, RequestListener } from 'node:http';
import { RoomServer, type RoomServerOptions } from './room-server.ts';
import { isSigned } from './signature.ts';

const LONGEST_BODY = 1_000_000;
const HOUSE = { id: 'house', name: 'The house', role: 'host' };

export interface BackEndOptions extends RoomServerOptions {
  /** The room server's `webhookSecret`. */
  readonly webhookSecret: string;
  /** What the payment provider signs with. */
  readonly paymentSecret: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * A site's back end beside the room server: takes payments to credit wallets, and thanks for gifts in the chat.
 * It keeps nothing. Everything it does has a key made of what it answers to, so that what is told twice has one effect;
 * and it says 2xx only when that is done, so that what failed is told again.
 */
export function createBackEnd({
  webhookSecret,
  paymentSecret,
  now = Date.now,
  ...server
}: BackEndOptions): RequestListener {
  const rooms = new RoomServer(server);

  async function answer(request: IncomingMessage): Promise<number> {
    if (request.method !== 'POST') return 405;
    const body = await readBody(request);
    if (body === null) return 413;
    switch (request.url) {
      case '/hooks':
        return isSigned(request.headers, body, webhookSecret, now()) ? handleHook(JSON.parse(body.toString())) : 401;
      case '/payments':
        return isSigned(request.headers, body, paymentSecret, now()) ? handlePayment(JSON.parse(body.toString())) : 401;
      default:
        return 404;
    }
  }

  async function handleHook({ type, roomId, data }: Hook): Promise<number> {
    // What a later server tells, and this back end does not know, is well received.
    if (type !== 'gift.sent') return 204;
    const { id, count, item, from } = data.gift;
    const text = `Thank you, ${from.name}, for ${count === 1 ? '' : `${count} × `}${item.art} ${item.name}!`;
    const status = await rooms.sendChat(roomId, HOUSE, text, `thanks for ${id}`);
    // The room may be over: then there is nobody to be thanked, and no use in being told again.
    return status === 201 || status === 404 || status === 410 ? 204 : 502;
  }

  async function handlePayment({ orderId, participantId, amount }: Payment): Promise<number> {
    const status = await rooms.creditWallet(participantId, amount, `order ${orderId}`);
    if (status === 200 || status === 201) return 204;
    // The same order for another amount, or nonsense: being told again does not mend it.
    return status === 400 || status === 409 ? status : 502;
  }

  return (request, response) => {
    answer(request).then(
      (status) => response.writeHead(status).end(),
      (error: unknown) => {
        console.error(error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      },
    );
  };
}

/** What the room server tells, as far as it is used here. */
interface Hook {
  readonly type: string;
  readonly roomId: string;
  readonly data: {
    readonly gift: {
      readonly id: string;
      readonly count: number;
      readonly item: { readonly name: string; readonly art: string };
      readonly from: { readonly name: string };
    };
  };
}

/** What the payment provider tells when an order was paid. */
interface Payment {
  readonly orderId: string;
  readonly participantId: string;
  readonly amount: number;
}

/** `null` where it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
