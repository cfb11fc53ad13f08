import { Webhook } from 'standardwebhooks';

export interface SignedPost {
  readonly url: string;
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string;
  readonly id: string;
  readonly body: string;
  readonly sentAt: Date;
  readonly signal: AbortSignal;
}

/** Posts JSON, signed as Standard Webhooks 1.0 says, and gives the answer. A redirect is not followed. */
export function postSigned({ url, secret, id, body, sentAt, signal }: SignedPost): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'ils-kit-server',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
    },
    body,
    redirect: 'manual',
    signal,
  });
}
