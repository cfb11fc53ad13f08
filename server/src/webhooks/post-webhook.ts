import { postSigned } from './post-signed.ts';
import type { WebhookDelivery } from '../store/webhook-store.ts';

/** How long an address may take to answer. Milliseconds. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Posts a delivery, signed as Standard Webhooks 1.0 says: HMAC-SHA256 over `id.timestamp.body` in `webhook-signature`.
 * Gives why it failed, or `null`: any 2xx is delivered, a redirect is not followed.
 */
export async function postWebhook(
  { id, url, body }: Pick<WebhookDelivery, 'id' | 'url' | 'body'>,
  { secret, sentAt, signal }: { secret: string; sentAt: Date; signal: AbortSignal },
): Promise<string | null> {
  try {
    const signals = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    const response = await postSigned({ url, secret, id, body, sentAt, signal: signals });
    await response.body?.cancel();
    return response.ok ? null : `answered ${response.status}`;
  } catch (error) {
    return `not reached: ${reasonOf(error)}`;
  }
}

/** What `fetch` met below, such as ECONNREFUSED; its own words say only that it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name === 'TimeoutError' ? `no answer within ${ANSWER_TIMEOUT_MS / 1_000} s` : error.message;
}
