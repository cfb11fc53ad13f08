import { randomUUID } from 'node:crypto';
import { ProtocolError, type DirectMessage, type MessageId } from '../../../src/protocol/index.ts';
import type { Feature, FeatureParts } from './features.ts';
import type { Link } from './link.ts';
import type { Participant } from './participant.ts';
import type { Role } from './templates.ts';

type Parts = Pick<FeatureParts, 'roomId' | 'channel' | 'roster' | 'clock' | 'stores'>;

/** Whom a message is for, as they are found in the room. */
export type Addressee = Role | Participant;

const isRole = (addressee: Addressee): addressee is Role => 'watch' in addressee;

/** Messages for those of one role or for one person: stored first, then told to them and their author alone ([J1]–[J3]). */
export class DirectChat implements Feature {
  readonly #parts: Parts;
  #settled: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get settled(): Promise<unknown> {
    return this.#settled;
  }

  /** Tells them that there is something to ask for ([D1]). */
  handleJoined(participant: Participant): void {
    const told = this.hasAnyFor(participant).then((hasAny) => {
      if (hasAny && participant.link) this.#parts.channel.signalTo(participant.link, 'chatModerated', {});
    });
    // Who is not told has them with the next one.
    this.#settled = Promise.all([this.#settled, told.catch(() => {})]);
  }

  /** Throws `badRequest` or `forbidden` ([J2]). */
  assertMayReach(author: Participant, addressee: Addressee): void {
    if (addressee === author) throw new ProtocolError('badRequest', 'That is yourself.');
    if (author.may('chat.direct') || addressee.permissions.includes('chat.direct')) return;
    throw new ProtocolError('forbidden', 'You may not write to them alone.');
  }

  /** The message that this author sent with this key before, if any ([Q2]). */
  find(author: Participant, key: string): Promise<DirectMessage | null> {
    return this.#parts.stores.directChat.findDirect(this.#parts.roomId, author.id, key);
  }

  /** `after`: how many messages the room's chat has. */
  async send(
    author: Participant,
    key: string,
    addressee: Addressee,
    text: string,
    after: number,
  ): Promise<DirectMessage> {
    const { stores, roomId, clock } = this.#parts;
    const stored = stores.directChat.appendDirect(roomId, {
      id: randomUUID() as MessageId,
      key,
      after,
      author: { id: author.id, name: author.name, role: author.role.name },
      to: isRole(addressee)
        ? { kind: 'role', role: addressee.name }
        : { kind: 'participant', participant: { id: addressee.id, name: addressee.name } },
      text,
      sentAt: clock.now(),
    });
    this.#settled = stored.catch(() => {});
    const { message, repeated } = await stored;
    if (!repeated) this.#tell(message);
    return message;
  }

  hasAnyFor(reader: Participant): Promise<boolean> {
    return this.#parts.stores.directChat.hasDirect(this.#parts.roomId, { id: reader.id, role: reader.role.name });
  }

  /** Throws `notFound` where the reader may read no such message. */
  async load(reader: Participant, before: MessageId | undefined, limit: number): Promise<DirectMessage[]> {
    const { stores, roomId } = this.#parts;
    const as = { id: reader.id, role: reader.role.name };
    const messages = await stores.directChat.loadDirect(roomId, as, before ?? null, limit);
    if (messages === null) throw new ProtocolError('notFound', 'There is no such message.');
    return [...messages];
  }

  /**
   * Erases what it says ([J4]); gives its author where somebody else did it, `null` where that is nothing to be logged.
   * Throws `forbidden` or `notFound`.
   */
  async delete(by: Participant, messageId: MessageId): Promise<DirectMessage['author'] | null> {
    const { stores, roomId, channel } = this.#parts;
    const message = await stores.directChat.getDirect(roomId, messageId);
    const isReader =
      message?.to.kind === 'role' ? message.to.role === by.role.name : message?.to.participant.id === by.id;
    const mayDelete = message?.author.id === by.id || by.may('chat.moderate');
    if (!message || (!mayDelete && !isReader)) throw new ProtocolError('notFound', 'There is no such message.');
    if (!mayDelete) throw new ProtocolError('forbidden', 'The message is not yours.');
    if (message.text === '') return null;
    const erased = stores.directChat.eraseDirect(roomId, messageId);
    this.#settled = erased.catch(() => {});
    await erased;
    channel.signalToAll(this.#linksOf(message), 'directChatDeleted', { messageId });
    return message.author.id === by.id ? null : message.author;
  }

  #tell(message: DirectMessage): void {
    this.#parts.channel.signalToAll(this.#linksOf(message), 'directChatSent', { message });
  }

  /** Those who are told: as they are now, not as they were when it was sent. */
  #linksOf({ author, to }: DirectMessage): Link[] {
    const { roster } = this.#parts;
    const readers =
      to.kind === 'role' ? [...roster].filter(({ role }) => role.name === to.role) : [roster.get(to.participant.id)];
    return [...new Set([...readers, roster.get(author.id)])].flatMap((reader) => reader?.link ?? []);
  }
}
