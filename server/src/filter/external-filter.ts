import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { LIMITS, type ChatMessage, type RoomId } from '../../../src/protocol/index.ts';
import type { Clock } from '../rooms/clock.ts';
import type { Logger } from '../rooms/logger.ts';
import { postSigned } from '../webhooks/post-signed.ts';

/** What becomes of a message where the filter gives no answer in time. */
export const FILTER_FALLBACKS = ['allow', 'hold', 'block'] as const;
export type FilterFallback = (typeof FILTER_FALLBACKS)[number];

const verdict = v.variant('verdict', [
  v.object({ verdict: v.picklist(['allow', 'hold', 'block']) }),
  /** `text` is told in place of what was written. */
  v.object({
    verdict: v.literal('mask'),
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.chatTextLength)),
  }),
]);
export type FilterVerdict = v.InferOutput<typeof verdict>;

/** More of an answer is not read. Bytes. */
const LONGEST_ANSWER = 64 * 1_024;

export interface ExternalFilterOptions {
  readonly url: string;
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string;
  /** How long the site may take for a message. Milliseconds. */
  readonly timeoutMs: number;
  readonly fallback: FilterFallback;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The site's own filter, asked for each message by the signed webhook `chat.filter`, which is answered with 200 and
 * `{"verdict":"allow"|"hold"|"block"}` or `{"verdict":"mask","text":"…"}`. It only ever delays who wrote the message.
 */
export class ExternalFilter {
  readonly #options: ExternalFilterOptions;
  readonly #closing = new AbortController();

  constructor(options: ExternalFilterOptions) {
    this.#options = options;
  }

  /** Never fails: without a proper answer in time it is the fallback. */
  async judge(roomId: RoomId, author: ChatMessage['author'], text: string): Promise<FilterVerdict> {
    const { url, secret, timeoutMs, fallback, clock, logger } = this.#options;
    const at = clock.now();
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const body = JSON.stringify({ type: 'chat.filter', roomId, at, data: { author, text } });
      const response = await postSigned({
        url,
        secret,
        id: `filter_${randomUUID()}`,
        body,
        sentAt: new Date(at),
        signal,
      });
      return v.parse(verdict, JSON.parse(await readAnswer(response)));
    } catch (error) {
      // Neither the text nor the answer, which may hold it.
      const reason = error instanceof Error ? error.name : 'unknown';
      logger.warn({ roomId, reason, fallback }, 'the chat filter gave no answer');
      return { verdict: fallback };
    }
  }

  close(): void {
    this.#closing.abort();
  }
}

async function readAnswer(response: Response): Promise<string> {
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Error('No verdict.');
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER) throw new Error('Too long a verdict.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
