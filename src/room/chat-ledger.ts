import { batch } from '@preact/signals-core';
import type { ChatMessage, ErrorCode, MessageId, WireError } from '../protocol/index.ts';
import type { PendingMessage } from '../store/chat.ts';
import type { WritableStore } from '../store/store.ts';

interface OutgoingMessage extends PendingMessage {
  /** The history's length when it was sent: its own copy stands at or after this index. */
  readonly since: number;
}

/** Of so many authors at most one object serves all their messages. */
const KNOWN_AUTHORS = 2_000;

/** The request may have had its effect all the same. */
const uncertain: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['timeout', 'disconnected']);

/**
 * The room's messages and one's own on their way, each shown once.
 * The reply says for certain which message came of which key. Where the event is first, the oldest of one's own with that text
 * is taken for it until the reply confirms or corrects that.
 */
export class ChatLedger {
  readonly #store: WritableStore;
  readonly #outgoing = new Map<string, OutgoingMessage>();
  /** Own messages that came by event and wait for the reply that says which key was theirs. */
  readonly #unclaimed = new Map<MessageId, ChatMessage>();
  /** Ids of messages that were deleted, since a page asked for earlier may still bring the text. */
  readonly #deleted = new Set<MessageId>();

  /** Half of what a long history would hold, and a browser collects, is the same few authors again. */
  readonly #authors = new Map<string, ChatMessage['author']>();

  constructor(store: WritableStore) {
    this.#store = store;
  }

  /** The server announced a message. */
  receive(message: ChatMessage): void {
    batch(() => {
      this.#put([message]);
      this.#offer(message);
      this.#show();
    });
  }

  /** A message's text is gone for good ([C3]). */
  remove(id: MessageId, index: number): void {
    this.#deleted.add(id);
    const message = this.#store.chat.log.at(index);
    if (message?.id === id) this.#put([message]);
  }

  /** A page of history arrived. */
  fill(messages: readonly ChatMessage[]): void {
    this.#put(messages);
  }

  /** The whole truth at one point. What it does not hold is loaded again when asked for, since it may have been deleted meanwhile. */
  restart(total: number, messages: readonly ChatMessage[]): void {
    batch(() => {
      this.#deleted.clear();
      // A shorter history than before is another one.
      if (total < this.#store.chat.log.total)
        for (const entry of this.#outgoing.values()) this.#outgoing.set(entry.key, { ...entry, since: 0 });
      this.#store.chat.log.reset(messages, total);
      for (const message of messages) this.#offer(message);
      this.#show();
    });
  }

  /** One's own message sets out, or sets out again. */
  send(key: string, text: string, now: number, replyTo?: MessageId): void {
    const before = this.#outgoing.get(key);
    this.#outgoing.delete(key);
    this.#outgoing.set(key, {
      key,
      text,
      replyTo,
      createdAt: before?.createdAt ?? now,
      state: 'sending',
      error: null,
      since: before?.since ?? this.#store.chat.log.total,
    });
    this.#show();
  }

  /** A message that failed and may be sent again. */
  failed(key: string): PendingMessage | undefined {
    const message = this.#outgoing.get(key);
    return message?.state === 'failed' ? message : undefined;
  }

  /** The reply: this is what came of `key`. */
  confirm(key: string, message: ChatMessage): void {
    batch(() => {
      this.#outgoing.delete(key);
      this.#unclaimed.delete(message.id);
      this.#put([message]);
      this.#show();
    });
  }

  fail(key: string, error: WireError): void {
    const message = this.#outgoing.get(key);
    if (!message) return;
    this.#outgoing.set(key, { ...message, state: 'failed', error });
    this.#show();
  }

  discard(key: string): void {
    this.#outgoing.delete(key);
    this.#show();
  }

  /** Deleted is for good: an answer from before does not bring the text back. */
  #put(messages: readonly ChatMessage[]): void {
    const { log } = this.#store.chat;
    const isDeleted = ({ id, index }: ChatMessage): boolean => {
      const known = log.at(index);
      return this.#deleted.has(id) || (known?.id === id && known.deleted);
    };
    log.put(
      messages.map((message) => {
        const author = this.#known(message.author);
        return isDeleted(message) ? { ...message, author, text: '', deleted: true } : { ...message, author };
      }),
    );
  }

  #known(author: ChatMessage['author']): ChatMessage['author'] {
    const known = this.#authors.get(author.id);
    if (known?.name === author.name && known.role === author.role) return known;
    if (this.#authors.size >= KNOWN_AUTHORS) this.#authors.clear();
    this.#authors.set(author.id, author);
    return author;
  }

  #offer(message: ChatMessage): void {
    if (this.#outgoing.size > 0 && message.author.id === this.#store.participants.selfId.value)
      this.#unclaimed.set(message.id, message);
  }

  /** Shows what is on its way, save for those whose own copy seems to be here already. */
  #show(): void {
    const { pending } = this.#store.chat;
    if (this.#outgoing.size === 0) {
      this.#unclaimed.clear();
      if (pending.value.length > 0) pending.value = [];
      return;
    }
    const hidden = new Set<string>();
    for (const message of this.#unclaimed.values()) {
      for (const entry of this.#outgoing.values()) {
        const possible = entry.error === null || uncertain.has(entry.error.code);
        if (hidden.has(entry.key) || !possible) continue;
        if (entry.text !== message.text || message.index < entry.since) continue;
        hidden.add(entry.key);
        break;
      }
    }
    pending.value = [...this.#outgoing.values()].filter((entry) => !hidden.has(entry.key));
  }
}
