import { loopbackAddress } from '../chat-fan-out/contender.ts';
import { chatPayload } from '../chat-fan-out/payload.ts';
import { REACTION, type Crowd, type Member } from './crowd.ts';
import { RawSocket } from './raw-socket.ts';
import { readDigits, type Receipts } from './receipts.ts';

const PATH = '/socket.io/?EIO=4&transport=websocket';
const CHAT = Buffer.from('42["chat"');
const REACTIONS = Buffer.from('42["reactions"');
const NUMBER_AT = '42["chat",{"type":"event","seq":'.length;
const VOTE_ACK = 7;

/** A client of Socket.IO on the same bare socket, so that only the servers differ. */
class SocketIoMember implements Member {
  chats = 0;
  reactions = 0;
  voters = 0;
  readonly #socket: RawSocket;
  readonly #receipts: Receipts;
  readonly #joined = Promise.withResolvers<void>();
  #votedAt = 0;

  private constructor(socket: RawSocket, receipts: Receipts) {
    this.#socket = socket;
    this.#receipts = receipts;
    socket.handleText = (bytes, start, end) => this.#handleText(bytes, start, end);
  }

  static async join(port: number, index: number, receipts: Receipts): Promise<SocketIoMember> {
    const socket = await RawSocket.open(port, PATH, loopbackAddress(index));
    const member = new SocketIoMember(socket, receipts);
    socket.flush();
    await member.#joined.promise;
    return member;
  }

  get isOpen(): boolean {
    return this.#socket.isOpen;
  }

  sendChat(number: number): void {
    this.#receipts.sendChat(number);
    this.#socket.send(`42["chat",${chatPayload(number)}]`);
  }

  react(): void {
    this.#socket.send(`42["react","${REACTION}"]`);
  }

  vote(): void {
    this.#votedAt = performance.now();
    this.#socket.send(`42${VOTE_ACK}["vote",1]`);
  }

  close(): void {
    this.#socket.close();
  }

  #handleText(bytes: Buffer, start: number, end: number): void {
    if (starts(bytes, start, CHAT)) {
      this.chats += 1;
      this.#receipts.hearChat(readDigits(bytes, start + NUMBER_AT));
      return;
    }
    const text = bytes.toString('utf8', start, end);
    if (starts(bytes, start, REACTIONS)) {
      const [, counts] = JSON.parse(text.slice(2)) as [string, [string, number][]];
      this.reactions += counts.reduce((sum, [, count]) => sum + count, 0);
    } else if (text.startsWith('42["tally"')) {
      const [, { voters }] = JSON.parse(text.slice(2)) as [string, { voters: number }];
      this.voters = voters;
    } else if (text.startsWith('43')) this.#receipts.vote.add(performance.now() - this.#votedAt);
    else if (text === '2') this.#socket.send('3');
    else if (text.startsWith('0')) this.#socket.send('40');
    else if (text.startsWith('40')) this.#joined.resolve();
  }
}

function starts(bytes: Buffer, start: number, prefix: Buffer): boolean {
  return bytes.subarray(start, start + prefix.length).equals(prefix);
}

export async function joinSocketIo(port: number, count: number, receipts: Receipts): Promise<Crowd> {
  const members: SocketIoMember[] = [];
  for (let index = 0; index < count; index += 1) members.push(await SocketIoMember.join(port, index, receipts));
  return {
    members,
    openPoll: async () => {},
    closePoll: async () => members[0]?.voters ?? 0,
  };
}
