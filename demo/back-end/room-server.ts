export interface RoomServerOptions {
  /** `https://live.example` */
  readonly origin: string;
  /** One of its `apiKeys`. */
  readonly apiKey: string;
}

/** The few calls of the room server's REST that this back end makes; `/openapi.json` there describes them all. */
export class RoomServer {
  readonly #options: RoomServerOptions;

  constructor(options: RoomServerOptions) {
    this.#options = options;
  }

  /** Credits a wallet once for a key, however often it is asked. Gives the status: 201, or 200 for a repeat. */
  creditWallet(participantId: string, amount: number, key: string): Promise<number> {
    return this.#post(`/api/v1/wallets/${encodeURIComponent(participantId)}/credit`, { amount }, key);
  }

  /** Writes in the chat once for a key. */
  sendChat(roomId: string, author: { id: string; name: string; role: string }, text: string, key: string) {
    return this.#post(`/api/v1/rooms/${encodeURIComponent(roomId)}/chat`, { author, text }, key);
  }

  async #post(path: string, body: object, key: string): Promise<number> {
    const { origin, apiKey } = this.#options;
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    await response.body?.cancel();
    return response.status;
  }
}
