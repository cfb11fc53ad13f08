import type { ChatMessage, RoomId } from '../../../../src/protocol/index.ts';
import type { RoomStore } from '../../store/room-store.ts';

/** The chat as it is stored, forwards, also of a room that has ended. */
export class ChatArchive {
  readonly #store: Pick<RoomStore, 'loadChat'>;
  readonly #roomId: RoomId;

  constructor(store: Pick<RoomStore, 'loadChat'>, roomId: RoomId) {
    this.#store = store;
    this.#roomId = roomId;
  }

  /** Up to `limit` messages from index `from` on. */
  async read(from: number, limit: number): Promise<readonly ChatMessage[]> {
    // What is asked for beyond the end is given from before: it is left out.
    const page = await this.#store.loadChat(this.#roomId, from + limit, limit);
    return page.filter(({ index }) => index >= from);
  }

  /** Index of the first message sent at that time or later, found by halving. */
  async indexAt(time: number): Promise<number> {
    const [last] = await this.#store.loadChat(this.#roomId, Number.MAX_SAFE_INTEGER, 1);
    let low = 0;
    let high = last === undefined ? 0 : last.index + 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // oxlint-disable-next-line no-await-in-loop -- each answer says where to look next
      const [message] = await this.#store.loadChat(this.#roomId, middle + 1, 1);
      if (message !== undefined && message.sentAt < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
