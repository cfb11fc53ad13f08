import type { WatchedPage } from './chromium.ts';
import type { RoomTag } from './pages.ts';

/** A message that a participant sent, in the order of sending. */
export interface SentMessage {
  readonly author: string;
  readonly text: string;
  /** Why it was not taken; `null` where it was. */
  readonly error: string | null;
}

declare global {
  interface Window {
    /** Ends the chatting; resolves when every message was taken or refused. */
    stopChatting: () => Promise<SentMessage[]>;
  }
}

/** Just below what the server allows a participant for long. */
const EVERY_MS = 550;

/** From now on every room of the page sends numbered messages, connected or not. */
export async function startChatting({ page }: WatchedPage): Promise<void> {
  await page.evaluate((everyMs) => {
    const sent: Promise<SentMessage>[] = [];
    let number = 0;
    const timer = setInterval(() => {
      number += 1;
      for (const { store, actions } of document.querySelectorAll<RoomTag>('ils-room')) {
        const message = { author: store?.participants.selfId.peek() ?? '', text: `message ${number}` };
        sent.push(
          (actions?.sendChat(message.text) ?? Promise.reject(new Error('no room'))).then(
            () => ({ ...message, error: null }),
            (error: unknown) => ({ ...message, error: String(error) }),
          ),
        );
      }
    }, everyMs);
    window.stopChatting = () => {
      clearInterval(timer);
      return Promise.all(sent);
    };
  }, EVERY_MS);
}

export async function stopChatting({ page }: WatchedPage): Promise<readonly SentMessage[]> {
  return page.evaluate(() => window.stopChatting());
}
