import {
  DEFAULT_CHAT_POLICIES,
  MOST_HELD_MESSAGES,
  MOST_HELD_OF_ONE,
  ProtocolError,
  type ChatMessage,
  type ChatPolicies as Policies,
  type HeldMessage,
  type HoldReason,
  type MessageId,
  type ParticipantId,
  type ReplyData,
  type RequestData,
  type WireError,
} from '../../../src/protocol/index.ts';
import type { StoredHeld } from '../store/chat-policy-store.ts';
import type { ChatDraft } from '../store/room-store.ts';
import type { Chat, Sampling } from './chat.ts';
import { hasLink } from './chat/links.ts';
import { WordFilter } from './chat/word-filter.ts';
import type { Feature, FeatureParts } from './features.ts';
import { Lane } from './lane.ts';
import { createEntry, type Act } from './moderation-entry.ts';
import type { Participant } from './participant.ts';
import { tellPermitted } from './tell-permitted.ts';

type Parts = Pick<
  FeatureParts,
  'roomId' | 'channel' | 'roster' | 'clock' | 'limits' | 'announce' | 'stores' | 'filter'
>;

const PAGE = 50;
/** Above so many those who are known to have written are asked for again. */
const REMEMBERED = 10_000;

interface Desk {
  policies: Policies;
  words: WordFilter;
  /** In the order sent. */
  readonly held: Map<MessageId, StoredHeld>;
}

/** What becomes of a message: told with this text, or held for that reason. */
export interface Verdict {
  readonly text: string;
  readonly hold: HoldReason | null;
}

/** A message that a policy refused ([Y2]). */
class Refusal extends ProtocolError {
  readonly reason: NonNullable<WireError['reason']>;

  constructor(reason: NonNullable<WireError['reason']>, message: string) {
    super('forbidden', message);
    this.reason = reason;
  }

  override toWire(): WireError {
    return { ...super.toWire(), reason: this.reason };
  }
}

/** What holds for messages before they are told, and those that wait for a moderator ([Y1]–[Y4]). */
export class ChatPolicies implements Feature {
  readonly #parts: Parts;
  readonly #changes = new Lane();
  readonly #known = new Set<ParticipantId>();
  #told: Promise<unknown> = Promise.resolve();
  #desk: Promise<Desk> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get settled(): Promise<unknown> {
    return Promise.all([this.#changes.idle, this.#told]);
  }

  /** Tells them that a message of theirs waits, or was refused ([D1]). */
  handleJoined(participant: Participant): void {
    const told = this.ownOf(participant).then(({ held, refused }) => {
      if (held.length + refused.length > 0 && participant.link)
        this.#parts.channel.signalTo(participant.link, 'chatModerated', {});
    });
    // Who is not told has them with the next thing to ask for.
    this.#told = Promise.all([this.#told, told.catch(() => {})]);
  }

  async policies(): Promise<Policies> {
    return (await this.#open()).policies;
  }

  change(by: Participant | null, change: RequestData<'setChatPolicies'>): Promise<Policies> {
    return this.#changes.run(async () => {
      const desk = await this.#open();
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const policies: Policies = { ...desk.policies, ...Object.fromEntries(given) };
      if (JSON.stringify(policies) === JSON.stringify(desk.policies)) return policies;
      const { roomId, stores } = this.#parts;
      await Promise.all([
        stores.chatPolicies.saveChatPolicies(roomId, policies),
        this.#log(by, { action: 'chatPoliciesChanged' }),
      ]);
      desk.policies = policies;
      desk.words = new WordFilter(policies.words, policies.wordAction);
      tellPermitted(this.#parts, 'chat.moderate', 'chatPoliciesChanged', { policies });
      return policies;
    });
  }

  /** By the room's own rules. Throws `forbidden` with the reason ([Y2]). */
  async assertAllowed(author: Participant, text: string): Promise<Verdict> {
    const { policies, words } = await this.#open();
    const moderates = author.may('chat.moderate');
    const { links } = policies;
    const linked = links !== 'allow' && hasLink(text);
    if (linked && (links === 'refuse' || (links === 'moderators' && !moderates))) {
      throw new Refusal('link', 'Links are not allowed here.');
    }
    if (moderates) return { text, hold: null };
    const found = words.matches(text);
    if (found && words.action === 'block') throw new Refusal('word', 'The message has a word that is not allowed.');
    const shown = found && words.action === 'mask' ? words.mask(text) : text;
    if (found && words.action === 'hold') return { text, hold: 'word' };
    if (linked && links === 'hold') return { text: shown, hold: 'link' };
    if (policies.holdsFirstMessages && !(await this.#hasWritten(author.id)))
      return { text: shown, hold: 'firstMessage' };
    return { text: shown, hold: null };
  }

  /** Those who moderate, and those who may be on the stage, are read by everyone. */
  async samplingFor(author: Participant): Promise<Sampling> {
    const { mostPerSecond } = (await this.#open()).policies;
    return { mostPerSecond, always: author.may('chat.moderate') || author.role.publish.length > 0 };
  }

  /** By the site's filter too, where there is one. Throws `forbidden` with the reason. */
  async review(author: Participant, verdict: Verdict): Promise<Verdict> {
    const { filter, roomId } = this.#parts;
    const { policies } = await this.#open();
    if (!filter || !policies.usesFilter || author.may('chat.moderate')) return verdict;
    const judged = await filter.judge(
      roomId,
      { id: author.id, name: author.name, role: author.role.name },
      verdict.text,
    );
    // Whoever was removed meanwhile says nothing any more.
    if (!this.#parts.roster.has(author)) throw new ProtocolError('disconnected', 'The participant has left.');
    switch (judged.verdict) {
      case 'allow':
        return verdict;
      case 'mask':
        return { text: judged.text, hold: verdict.hold };
      case 'hold':
        return { text: verdict.text, hold: verdict.hold ?? 'filter' };
      case 'block':
        throw new Refusal('filter', 'The message is not allowed.');
    }
  }

  /** What was answered to the same request before, if anything. */
  async findHeld(author: Participant, key: string): Promise<ReplyData<'sendChat'> | null> {
    const { roomId, stores } = this.#parts;
    const found = await stores.chatPolicies.findHeld(roomId, author.id, key);
    return found && { message: toUntold(found.draft), held: true };
  }

  /** Keeps a message for a moderator. Throws `conflict` where too many wait ([Y3]). */
  hold(draft: ChatDraft, reason: HoldReason): Promise<ReplyData<'sendChat'>> {
    return this.#changes.run(async () => {
      const { held } = await this.#open();
      assertRoom(held, draft.author.id);
      const stored = await this.#parts.stores.chatPolicies.hold(draft, reason);
      if (!stored.repeated) {
        held.set(draft.id, stored.held);
        const message = toView(stored.held);
        tellPermitted(this.#parts, 'chat.moderate', 'chatHeld', { message }, draft.author.id);
        const link = this.#parts.roster.get(draft.author.id)?.link;
        if (link) this.#parts.channel.signalTo(link, 'chatModerated', {});
        this.#parts.announce('chat.held', { message });
      }
      return { message: toUntold(stored.held.draft), held: true };
    });
  }

  async list(
    reader: Participant | null,
    { after, limit = PAGE }: RequestData<'listHeldChat'>,
  ): Promise<ReplyData<'listHeldChat'>> {
    const { held } = await this.#open();
    const readsAll = reader === null || reader.may('chat.moderate');
    const readable = [...held.values()].filter(({ draft }) => readsAll || draft.author.id === reader.id);
    const start = after === undefined ? 0 : readable.findIndex(({ draft }) => draft.id === after) + 1;
    return { held: readable.slice(start, start + limit).map(toView), total: readable.length };
  }

  /** What an author is shown of their own again, wherever they come back ([Y5]). */
  async ownOf({ id }: Participant): Promise<Pick<ReplyData<'getModeration'>, 'held' | 'refused'>> {
    const { stores, roomId } = this.#parts;
    const [{ held }, refused] = await Promise.all([this.#open(), stores.chatPolicies.listRefused(roomId, id)]);
    return { held: ownAmong(held, id).map(toView), refused: [...refused] };
  }

  /** Tells it to everyone, now. Throws `notFound` where it does not wait. */
  approve(by: Participant | null, messageId: MessageId, chat: Chat): Promise<ChatMessage> {
    return this.#changes.run(async () => {
      const { held } = await this.#open();
      const { draft } = find(held, messageId);
      const { roomId, stores, clock } = this.#parts;
      // One turn, one transaction: it is never both, nor neither.
      const [message] = await Promise.all([
        chat.append({ ...draft, sentAt: clock.now() }),
        stores.chatPolicies.settleHeld(roomId, messageId, 'approved'),
        this.#log(by, { action: 'messageApproved', target: draft.author, messageId }),
      ]);
      held.delete(messageId);
      this.#remember(draft.author.id);
      this.#tellReviewed(draft, 'approved');
      return message;
    });
  }

  reject(by: Participant | null, messageId: MessageId, reason: string): Promise<void> {
    return this.#changes.run(async () => {
      const { held } = await this.#open();
      const { draft } = find(held, messageId);
      const { roomId, stores } = this.#parts;
      await Promise.all([
        stores.chatPolicies.settleHeld(roomId, messageId, 'rejected'),
        this.#log(by, { action: 'messageRejected', target: draft.author, messageId, reason }),
      ]);
      held.delete(messageId);
      this.#tellReviewed(draft, 'rejected');
    });
  }

  /** Its author has seen that it was refused ([Y5]). Throws `notFound` where it is none of theirs. */
  dismiss({ id }: Participant, messageId: MessageId): Promise<void> {
    return this.#changes.run(async () => {
      const { stores, roomId } = this.#parts;
      if (await stores.chatPolicies.dismissRefused(roomId, id, messageId)) return;
      throw new ProtocolError('notFound', 'No message of yours was refused so.');
    });
  }

  #tellReviewed({ id, author }: ChatDraft, outcome: 'approved' | 'rejected'): void {
    const data = { messageId: id, outcome };
    tellPermitted(this.#parts, 'chat.moderate', 'heldChatReviewed', data, author.id);
  }

  #log(by: Participant | null, act: Act): Promise<void> {
    const { stores, roomId, clock } = this.#parts;
    return stores.moderation.record(roomId, {}, createEntry(by, act, clock.now()));
  }

  async #hasWritten(id: ParticipantId): Promise<boolean> {
    if (this.#known.has(id)) return true;
    const { stores, roomId } = this.#parts;
    if (!(await stores.chatPolicies.hasWritten(roomId, id))) return false;
    this.#remember(id);
    return true;
  }

  #remember(id: ParticipantId): void {
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.add(id);
  }

  /** What is stored, read once; a failure is tried again by the next who asks. */
  #open(): Promise<Desk> {
    this.#desk ??= this.#load().catch((error: unknown) => {
      this.#desk = null;
      throw error;
    });
    return this.#desk;
  }

  async #load(): Promise<Desk> {
    const { roomId, stores, limits } = this.#parts;
    const stored = await stores.chatPolicies.loadChatPolicies(roomId);
    const policies = {
      ...DEFAULT_CHAT_POLICIES,
      mostPerSecond: limits.chatMostPerSecond,
      ...stored.policies,
    };
    return {
      policies,
      words: new WordFilter(policies.words, policies.wordAction),
      held: new Map(stored.held.map((held) => [held.draft.id, held])),
    };
  }
}

const ownAmong = (held: ReadonlyMap<MessageId, StoredHeld>, id: ParticipantId): StoredHeld[] =>
  [...held.values()].filter(({ draft }) => draft.author.id === id);

function find(held: ReadonlyMap<MessageId, StoredHeld>, messageId: MessageId): StoredHeld {
  const found = held.get(messageId);
  if (!found) throw new ProtocolError('notFound', 'No such message waits.');
  return found;
}

function assertRoom(held: ReadonlyMap<MessageId, StoredHeld>, authorId: ParticipantId): void {
  let own = 0;
  for (const { draft } of held.values()) if (draft.author.id === authorId) own += 1;
  if (own >= MOST_HELD_OF_ONE || held.size >= MOST_HELD_MESSAGES) {
    throw new ProtocolError('conflict', 'Too many messages wait for a moderator.');
  }
}

function toView({ draft: { id, author, text, sentAt }, reason }: StoredHeld): HeldMessage {
  return { id, author, text, sentAt, reason };
}

/** As its author is answered: it has no place in the chat yet. */
function toUntold({ id, author, text, sentAt }: ChatDraft): ChatMessage {
  return { id, index: -1, author, text, sentAt, deleted: false };
}
