import { once } from 'node:events';
import { WebSocket } from 'ws';
import { PROTOCOL_VERSIONS } from '../../../src/protocol/version.ts';
import { RoomServer } from '../../e2e/support/room-server.ts';
import { loopbackAddress, Tally, type Contender } from './contender.ts';
import { TEXT } from './payload.ts';

const ROOM = 'fan-out';
const CHAT_SENT = Buffer.from('"chatSent"');

/** The room server itself: every message is checked, numbered, stored and answered before it goes to all. */
export async function startRoomServer(): Promise<Contender> {
  const server = await RoomServer.start(['--workers', '1', '--chat-most-per-second', '0', '--log-level', 'warn']);
  const sockets: WebSocket[] = [];
  const tally = new Tally();
  let requests = 0;
  return {
    name: 'ILS Kit',
    pid: server.pid,
    async connect(listeners) {
      for (let index = 0; index < listeners; index += 1) {
        const name = `Viewer ${index}`;
        const answer = await fetch(
          `${server.origin}/dev/token?room=${ROOM}&role=viewer&participant=viewer-${index}&name=${name}`,
        );
        const { token } = (await answer.json()) as { token: string };
        const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/ws`, {
          perMessageDeflate: false,
          localAddress: loopbackAddress(index),
        });
        sockets.push(socket);
        await once(socket, 'open');
        socket.send(JSON.stringify({ type: 'hello', versions: PROTOCOL_VERSIONS, room: ROOM, token }));
        await once(socket, 'message');
        socket.on('message', (data: Buffer) => {
          if (data.includes(CHAT_SENT)) tally.count();
        });
      }
    },
    async exchange(count) {
      const arrived = tally.expect(count * sockets.length);
      const ping = setInterval(() => {
        for (const socket of sockets) socket.send(JSON.stringify({ type: 'ping', at: 0 }));
      }, 2_000);
      for (let index = 0; index < count; index += 1) {
        requests += 1;
        const request = {
          type: 'request',
          id: requests,
          key: `fan-out-${requests}`,
          name: 'sendChat',
          data: { text: TEXT },
        };
        sockets[requests % sockets.length]?.send(JSON.stringify(request));
      }
      await arrived;
      clearInterval(ping);
    },
    async close() {
      for (const socket of sockets) socket.terminate();
      await server.stop();
    },
  };
}
