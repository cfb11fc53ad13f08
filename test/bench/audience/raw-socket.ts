import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * A WebSocket of the client's side with nothing to it (RFC 6455): thousands of them in one process must not be what is measured.
 * A message is given as the place where it lies, and is not copied.
 */
export class RawSocket {
  isOpen = true;
  handleText: (bytes: Buffer, start: number, end: number) => void = () => {};
  readonly #socket: Socket;
  #rest: Buffer | null = null;

  private constructor(socket: Socket, rest: Buffer) {
    this.#socket = socket;
    this.#rest = rest.length > 0 ? rest : null;
    socket.on('data', (chunk: Buffer) => this.#handleData(chunk));
    socket.on('error', () => {});
    socket.on('close', () => (this.isOpen = false));
  }

  static async open(port: number, path: string, localAddress: string): Promise<RawSocket> {
    const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true });
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    let head = Buffer.alloc(0);
    for (;;) {
      const end = head.indexOf(HEADER_END);
      if (end >= 0) {
        if (!head.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(head.toString('latin1', 0, 100));
        return new RawSocket(socket, head.subarray(end + HEADER_END.length));
      }
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      head = Buffer.concat([head, chunk]);
    }
  }

  send(text: string): void {
    this.#write(TEXT, Buffer.from(text));
  }

  close(): void {
    this.isOpen = false;
    this.#socket.destroy();
  }

  /** What came right behind the handshake. */
  flush(): void {
    if (this.#rest) this.#handleData(Buffer.alloc(0));
  }

  /** Masked with zeros, which leaves the payload as it is. */
  #write(opcode: number, payload: Buffer): void {
    const { length } = payload;
    const header = Buffer.alloc(length < 126 ? 6 : 8);
    header[0] = 0x80 | opcode;
    if (length < 126) {
      header[1] = 0x80 | length;
    } else {
      header[1] = 0x80 | 126;
      header.writeUInt16BE(length, 2);
    }
    this.#socket.write(Buffer.concat([header, payload]));
  }

  #handleData(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let offset = 0;
    while (bytes.length - offset >= 2) {
      const short = (bytes[offset + 1] ?? 0) & 0x7f;
      const headerLength = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length - offset < headerLength) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(offset + 2)
            : Number(bytes.readBigUInt64BE(offset + 2));
      const start = offset + headerLength;
      if (bytes.length < start + length) break;
      this.#handleFrame((bytes[offset] ?? 0) & 0x0f, bytes, start, start + length);
      offset = start + length;
    }
    this.#rest = offset < bytes.length ? bytes.subarray(offset) : null;
  }

  #handleFrame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === TEXT) this.handleText(bytes, start, end);
    else if (opcode === PING) this.#write(PONG, bytes.subarray(start, end));
    else if (opcode === CLOSE) this.close();
  }
}
