import { IlsTokenNeededEvent } from '../../events/room-events.ts';
import type { TokenReason } from '../../room/room.ts';

/** Where `<ils-room token-url>` gets its tokens. The page's cookies say who asks. */
export interface TokenQuestion {
  readonly room: string;
  readonly name: string;
  readonly reason: TokenReason;
}

const PARTICIPANT_KEY = 'ils-participant';

/**
 * Asks `url` for a token: GET with the query `room`, `name`, `reason` and `participant` (an id of this browser tab, for back ends that have no accounts).
 * The answer is JSON `{ "token": "…" }` or the token as plain text.
 * @throws Error with the status where the answer is not a success.
 */
export async function fetchToken(url: string, question: TokenQuestion, signal: AbortSignal): Promise<string> {
  const address = new URL(url, document.baseURI);
  for (const [key, value] of Object.entries({ ...question, participant: tabParticipant() })) {
    if (value !== '') address.searchParams.set(key, value);
  }
  const response = await fetch(address, { signal, headers: { accept: 'application/json, text/plain' } });
  if (!response.ok) throw new Error(`The token address answered ${response.status}.`);
  const text = (await response.text()).trim();
  if (!text.startsWith('{')) return text;
  const { token } = JSON.parse(text) as { token?: unknown };
  if (typeof token !== 'string') throw new Error('The token address answered without a token.');
  return token;
}

/** The same after a reload, another in each tab; a new one each time where the page may store nothing. */
function tabParticipant(): string {
  const fresh = `tab-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
  try {
    const kept = sessionStorage.getItem(PARTICIPANT_KEY);
    if (kept !== null) return kept;
    sessionStorage.setItem(PARTICIPANT_KEY, fresh);
  } catch {
    // An opaque origin has no storage.
  }
  return fresh;
}

const PATIENCE_MS = 60_000;

/** Tokens that the page sets as an attribute: the present one at the join, then whatever it sets when asked. */
export class TokenAttribute {
  readonly #host: EventTarget & { readonly token: string };
  #waiting: (() => void)[] = [];

  constructor(host: EventTarget & { readonly token: string }) {
    this.#host = host;
  }

  /** The host's `token` has a new value. */
  changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** @throws Error where the page sets no fresh token within a minute. */
  async ask(reason: TokenReason, signal: AbortSignal): Promise<string> {
    if (reason === 'join' && this.#host.token !== '') return this.#host.token;
    const answer = new Promise<void>((resolve, reject) => {
      this.#waiting.push(resolve);
      AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]).addEventListener('abort', () =>
        reject(new Error('The page set no fresh token.')),
      );
    });
    this.#host.dispatchEvent(new IlsTokenNeededEvent(reason));
    await answer;
    return this.#host.token;
  }
}
