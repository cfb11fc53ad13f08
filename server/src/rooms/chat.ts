import { randomUUID } from 'node:crypto';
import {
  ProtocolError,
  type ChatMessage,
  type EventData,
  type MessageId,
  type RepliedMessage,
  type RoomId,
} from '../../../src/protocol/index.ts';
import type { ChatDraft, RoomStore, StoredRoom } from '../store/room-store.ts';
import type { Channel } from './channel.ts';
import { concerned } from './chat/concerned.ts';
import { CrowdSample, GATHERED_MS, type SampledChat } from './chat/crowd-sample.ts';
import type { Clock } from './clock.ts';
import type { Participant } from './participant.ts';
import type { Roster } from './roster.ts';
import { tellPermitted } from './tell-permitted.ts';

/** Messages that everyone who joins is given. */
export const LATEST_MESSAGES = 50;

export interface ChatOptions {
  readonly roomId: RoomId;
  readonly store: RoomStore;
  readonly channel: Channel;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly stored: StoredRoom['chat'];
}

/** How much of a crowd everyone is told ([C5]). */
export interface Sampling {
  /** `null`: all of it. */
  readonly mostPerSecond: number | null;
  /** This message is told whatever the rate. */
  readonly always: boolean;
}

const ALL: Sampling = { mostPerSecond: null, always: true };
/** Messages of one signal to those who are told all. */
const UNSAMPLED_AT_ONCE = 50;
/** Ranges that are repeated to those who were not listening: a minute of them. */
const REPEATED_RANGES = 60_000 / GATHERED_MS;

/** Who writes; the site's back end writes as whom it likes. */
type Author = Pick<Participant, 'id' | 'name' | 'role'>;

/** A room's chat: stored first, then announced in the order of index ([C1], [C2]). */
export class Chat {
  readonly #roomId: RoomId;
  readonly #store: RoomStore;
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #roster: Roster;
  readonly #sample: CrowdSample;
  /** The latest announced messages, oldest first. */
  readonly #latest: ChatMessage[];
  readonly #sampled: EventData<'chatSampled'>[] = [];
  /** Messages announced. What is stored beyond is on its way and in no answer yet. */
  #total: number;

  constructor({ roomId, store, channel, roster, clock, stored }: ChatOptions) {
    this.#roomId = roomId;
    this.#store = store;
    this.#channel = channel;
    this.#clock = clock;
    this.#roster = roster;
    this.#sample = new CrowdSample(clock, (sampled) => this.#tell(sampled));
    this.#latest = [...stored.latest];
    this.#total = stored.total;
  }

  /** How many messages have been announced. */
  get total(): number {
    return this.#total;
  }

  /** Where a sample was told lately, oldest first. */
  get sampled(): readonly EventData<'chatSampled'>[] {
    return this.#sampled;
  }

  get view(): { total: number; messages: ChatMessage[] } {
    return { total: this.#total, messages: [...this.#latest] };
  }

  /** The message that this author sent with this key before, if any ([Q2]). */
  find(author: Participant, key: string): Promise<ChatMessage | null> {
    return this.#store.findChat(this.#roomId, author.id, key);
  }

  draft(author: Author, key: string, text: string, repliedTo?: ChatMessage): ChatDraft {
    return {
      roomId: this.#roomId,
      id: randomUUID() as MessageId,
      key,
      author: { id: author.id, name: author.name, role: author.role.name },
      text,
      replyTo: repliedTo && toReplied(repliedTo),
      sentAt: this.#clock.now(),
    };
  }

  /** The store answers in the order of index, so what follows each answer at once is in that order too. */
  append(draft: ChatDraft, sampling = ALL): Promise<ChatMessage> {
    return this.#store.appendChat(draft).then(({ message, repeated }) => {
      if (!repeated) this.#announce(message, sampling);
      return message;
    });
  }

  /** Throws `notFound` where there is no such message, or no more. */
  async assertMessage(messageId: MessageId): Promise<ChatMessage> {
    const message = await this.#store.findMessage(this.#roomId, messageId);
    if (!message || message.deleted) throw new ProtocolError('notFound', 'There is no such message.');
    return message;
  }

  load(before: number, limit: number): Promise<readonly ChatMessage[]> {
    return this.#store.loadChat(this.#roomId, Math.min(before, this.#total), limit);
  }

  /** Gives the author, or `null` where it was deleted before. Throws `notFound` where there is no such message. */
  async delete(messageId: MessageId, deletedBy: Participant): Promise<ChatMessage['author'] | null> {
    const deleted = await this.#store.deleteChat(this.#roomId, messageId);
    if (!deleted) throw new ProtocolError('notFound', 'There is no such message.');
    if (deleted.repeated) return null;
    this.#sample.forget(messageId);
    const place = this.#latest.findIndex(({ id }) => id === messageId);
    const message = this.#latest[place];
    if (message) this.#latest[place] = { ...message, text: '', deleted: true };
    this.#channel.publish('chatDeleted', { messageId, index: deleted.index, deletedBy: deletedBy.id });
    return deleted.author;
  }

  close(): void {
    this.#sample.close();
  }

  #announce(message: ChatMessage, { mostPerSecond, always }: Sampling): void {
    this.#total = message.index + 1;
    this.#latest.push(message);
    if (this.#latest.length > LATEST_MESSAGES) this.#latest.shift();
    this.#sample.add(message, mostPerSecond, always);
  }

  #tell({ told, skipped }: SampledChat): void {
    for (const message of told) this.#channel.publish('chatSent', { message });
    const [first] = skipped;
    const last = skipped.at(-1);
    if (!first || !last) return;
    const range = { from: first.index, to: last.index, skipped: skipped.length };
    this.#sampled.push(range);
    if (this.#sampled.length > REPEATED_RANGES) this.#sampled.shift();
    this.#channel.publish('chatSampled', range);
    const room = { roster: this.#roster, channel: this.#channel };
    for (const [{ link }, messages] of concerned(this.#roster, skipped))
      if (link) this.#channel.signalTo(link, 'chatUnsampled', { messages });
    for (let start = 0; start < skipped.length; start += UNSAMPLED_AT_ONCE) {
      const messages = skipped.slice(start, start + UNSAMPLED_AT_ONCE);
      tellPermitted(room, 'chat.moderate', 'chatUnsampled', { messages });
    }
  }
}

function toReplied({ id, index, author }: ChatMessage): RepliedMessage {
  return { id, index, author: { id: author.id, name: author.name } };
}
