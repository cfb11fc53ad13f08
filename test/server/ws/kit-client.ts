import { WebSocket } from 'ws';
import { mintToken } from '../../../server/src/auth/mint-token.ts';
import { composeRoom } from '../../../src/create-room.ts';
import { createRoomMedia } from '../../../src/media/deferred-media.ts';
import { loadMediasoupEngine } from '../../../src/media/mediasoup/load-mediasoup-engine.ts';
import { deferProgram } from '../../../src/media/program/deferred-program.ts';
import type { ParticipantId, RoomId } from '../../../src/protocol/index.ts';
import { systemClock, type Clock } from '../../../src/room/clock.ts';
import type { Room } from '../../../src/room/room.ts';
import type { OpenSocket } from '../../../src/room/socket.ts';
import { SECRET } from './test-server.ts';

/** Every so many requests are sent twice. */
const DOUBLE_EVERY = 3;
/** Waits that end in giving up, and by how much they are longer here: this machine may be slow, and nobody is to give up. */
const GIVING_UP_MS = 10_000;
const PATIENCE = 30;

const patientClock: Clock = {
  ...systemClock,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs >= GIVING_UP_MS ? delayMs * PATIENCE : delayMs).unref();
    return () => clearTimeout(timer);
  },
};

/** The kit's own room, headless, on a socket that can be cut and that doubles requests. */
export class KitClient {
  readonly room: Room;
  readonly id: string;
  /** How often it had a socket, and how many requests it sent twice. */
  sockets = 0;
  doubled = 0;
  #socket: WebSocket | null = null;
  #requests = 0;

  constructor(port: number, roomId: string, id: string) {
    this.id = id;
    const options = { roomId: roomId as RoomId, participantId: id as ParticipantId, role: 'viewer' };
    this.room = composeRoom(
      {
        server: `http://127.0.0.1:${port}`,
        room: roomId,
        tokenProvider: async () => (await mintToken(SECRET, options)).token,
      },
      {
        openSocket: this.#open,
        clock: patientClock,
        createMedia: (media) => createRoomMedia({ ...media, loadEngine: loadMediasoupEngine }),
        createProgram: (parts) =>
          deferProgram(async () => (await import('../../../src/compose-program.ts')).composeProgram(parts)),
      },
    );
  }

  /** Breaks the link without a word. */
  cut(): void {
    this.#socket?.terminate();
  }

  readonly #open: OpenSocket = (url, listener) => {
    // As in a page: what one message sets going has its turn before the next arrives.
    const socket = new WebSocket(url, { perMessageDeflate: false, allowSynchronousEvents: false });
    this.#socket = socket;
    this.sockets += 1;
    let isClosed = false;
    socket.on('open', () => listener.opened());
    socket.on('message', (data) => isClosed || listener.received(String(data)));
    socket.on('error', () => {});
    socket.on('close', () => isClosed || listener.closed());
    return {
      send: (text) => {
        if (socket.readyState !== WebSocket.OPEN) return;
        socket.send(text);
        if (!text.includes('"type":"request"')) return;
        this.#requests += 1;
        if (this.#requests % DOUBLE_EVERY !== 0) return;
        this.doubled += 1;
        socket.send(text);
      },
      close() {
        isClosed = true;
        socket.close(1_000);
      },
    };
  };
}
