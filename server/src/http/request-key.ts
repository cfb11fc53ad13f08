import { createHash, randomUUID } from 'node:crypto';

/** The key of a request by REST, where it is kept beside those of clients: none of theirs is like it ([Q2]). */
export function createRequestKey(operation: string, given: string | undefined): string {
  if (given === undefined) return `rest ${randomUUID()}`;
  return `rest ${createHash('sha256').update(`${operation} ${given}`).digest('base64url')}`;
}
