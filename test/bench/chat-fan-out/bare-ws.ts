import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startYardstick } from '../yardstick-process.ts';
import { Tally, type Contender } from './contender.ts';
import { chatPayload } from './payload.ts';

export async function startBareWs(): Promise<Contender> {
  const { child, port } = await startYardstick('bare-ws-server.ts');
  const sockets: WebSocket[] = [];
  const tally = new Tally();
  return {
    name: 'bare ws',
    pid: child.pid ?? 0,
    async connect(listeners) {
      for (let index = 0; index < listeners; index += 1) {
        const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
        socket.on('message', () => tally.count());
        sockets.push(socket);
        await once(socket, 'open');
      }
    },
    async exchange(count) {
      const arrived = tally.expect(count * sockets.length);
      for (let index = 0; index < count; index += 1) sockets[index % sockets.length]?.send(chatPayload(index));
      await arrived;
    },
    async close() {
      for (const socket of sockets) socket.terminate();
      child.kill();
    },
  };
}
