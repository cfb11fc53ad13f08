import { PROTOCOL_VERSIONS } from '../../../src/protocol/version.ts';
import type { EventFrame, ReplyFrame, SignalFrame, WelcomeFrame } from '../../../src/protocol/index.ts';
import { loopbackAddress } from '../chat-fan-out/contender.ts';
import { REACTION, ROOM, WORDS, type Crowd, type Member } from './crowd.ts';
import { RawSocket } from './raw-socket.ts';
import { readDigits, type Receipts } from './receipts.ts';

const KIND_AT = '{"type":"'.length;
const SEQ_AT = '{"type":"event","seq":'.length;
const [EVENT, SIGNAL, REPLY, WELCOME, BYE] = ['e', 's', 'r', 'w', 'b'].map((letter) => letter.charCodeAt(0));

/** What an event of the room means here: read once, however many receive it. */
class Heard {
  /** Number of the message that event `seq` brought, or -1. */
  readonly #messages: number[] = [];
  readonly #reactions = new Map<string, number>();

  messageOf(seq: number, bytes: Buffer, start: number, end: number): number {
    return (this.#messages[seq] ??= this.#read(bytes.toString('utf8', start, end)));
  }

  reactionsOf(frame: string): number {
    let count = this.#reactions.get(frame);
    if (count === undefined) {
      const { name, data } = JSON.parse(frame) as SignalFrame;
      count = name === 'reactionsCounted' && 'counts' in data ? sumOf(data.counts as [string, number][]) : 0;
      this.#reactions.set(frame, count);
    }
    return count;
  }

  #read(frame: string): number {
    const { name, data } = JSON.parse(frame) as EventFrame;
    return name === 'chatSent' && 'message' in data ? Number.parseInt(data.message.text, 10) : -1;
  }
}

const sumOf = (counts: readonly (readonly [string, number])[]): number =>
  counts.reduce((sum, [, count]) => sum + count, 0);

/** A client of the room server on a bare socket, by the specification. */
class RoomMember implements Member {
  chats = 0;
  reactions = 0;
  pollId = '';
  readonly #socket: RawSocket;
  readonly #heard: Heard;
  readonly #receipts: Receipts;
  readonly #welcome = Promise.withResolvers<void>();
  readonly #waiting = new Map<number, (reply: ReplyFrame) => void>();
  #lastSeq = 0;
  #requests = 0;

  private constructor(socket: RawSocket, heard: Heard, receipts: Receipts) {
    this.#socket = socket;
    this.#heard = heard;
    this.#receipts = receipts;
    socket.handleText = (bytes, start, end) => this.#handleText(bytes, start, end);
  }

  static async join(port: number, index: number, role: string, heard: Heard, receipts: Receipts): Promise<RoomMember> {
    const who = new URLSearchParams({ room: ROOM, role, participant: `${role}-${index}`, name: `Viewer ${index}` });
    const answer = await fetch(`http://127.0.0.1:${port}/dev/token?${who.toString()}`);
    const { token } = (await answer.json()) as { token: string };
    const socket = await RawSocket.open(port, '/ws', loopbackAddress(index));
    const member = new RoomMember(socket, heard, receipts);
    socket.send(JSON.stringify({ type: 'hello', versions: PROTOCOL_VERSIONS, room: ROOM, token }));
    socket.flush();
    await member.#welcome.promise;
    return member;
  }

  get isOpen(): boolean {
    return this.#socket.isOpen;
  }

  sendChat(number: number): void {
    this.#receipts.sendChat(number);
    void this.request('sendChat', { text: `${number} ${WORDS}` });
  }

  react(): void {
    void this.request('sendReaction', { emoji: REACTION, count: 1 });
  }

  vote(): void {
    const sentAt = performance.now();
    const answer = { type: 'choices', choices: [this.#requests % 3] };
    void this.request('vote', { pollId: this.pollId, answer }).then(() =>
      this.#receipts.vote.add(performance.now() - sentAt),
    );
  }

  close(): void {
    this.#socket.close();
  }

  request(name: string, data: object): Promise<ReplyFrame> {
    this.#requests += 1;
    const id = this.#requests;
    this.#socket.send(JSON.stringify({ type: 'request', id, key: `request-${id}`, name, data }));
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  #handleText(bytes: Buffer, start: number, end: number): void {
    const kind = bytes[start + KIND_AT];
    if (kind === EVENT) {
      this.#handleEvent(bytes, start, end);
    } else if (kind === SIGNAL) {
      this.reactions += this.#heard.reactionsOf(bytes.toString('utf8', start, end));
    } else if (kind === REPLY) {
      this.#handleReply(JSON.parse(bytes.toString('utf8', start, end)) as ReplyFrame);
    } else if (kind === WELCOME) {
      this.#lastSeq = (JSON.parse(bytes.toString('utf8', start, end)) as WelcomeFrame).seq;
      this.#welcome.resolve();
    } else if (kind === BYE) {
      this.#receipts.refuse(bytes.toString('utf8', start, end));
    }
  }

  #handleEvent(bytes: Buffer, start: number, end: number): void {
    const seq = readDigits(bytes, start + SEQ_AT);
    if (seq !== this.#lastSeq + 1) this.#receipts.refuse(`event ${seq} after ${this.#lastSeq}`);
    this.#lastSeq = seq;
    const message = this.#heard.messageOf(seq, bytes, start, end);
    if (message < 0) return;
    this.chats += 1;
    this.#receipts.hearChat(message);
  }

  #handleReply(reply: ReplyFrame): void {
    if (reply.error) this.#receipts.refuse(`${reply.error.code}: ${reply.error.message}`);
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }
}

export async function joinRoom(port: number, count: number, receipts: Receipts): Promise<Crowd> {
  const heard = new Heard();
  const host = await RoomMember.join(port, 0, 'host', heard, receipts);
  const members: RoomMember[] = [];
  const next = Array.from({ length: count }, (_, index) => index)[Symbol.iterator]();
  const join = async () => {
    for (const index of next) members.push(await RoomMember.join(port, index, 'viewer', heard, receipts));
  };
  await Promise.all(Array.from({ length: 8 }, join));
  return {
    members,
    async openPoll() {
      const input = { question: 'Which one?', kind: 'single', options: ['One', 'Two', 'Three'], results: 'live' };
      const { data } = await host.request('createPoll', input);
      const { id } = (data as { poll: { id: string } }).poll;
      await host.request('launchPoll', { pollId: id });
      for (const member of [host, ...members]) member.pollId = id;
    },
    async closePoll() {
      const { data } = await host.request('closePoll', { pollId: host.pollId });
      host.close();
      return (data as { poll: { tally: { voters: number } | null } }).poll.tally?.voters ?? 0;
    },
  };
}
