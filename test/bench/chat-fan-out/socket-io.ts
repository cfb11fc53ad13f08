import { io, type Socket } from 'socket.io-client';
import { startYardstick } from '../yardstick-process.ts';
import { Tally, type Contender } from './contender.ts';
import { chatPayload } from './payload.ts';

export async function startSocketIo(): Promise<Contender> {
  const { child, port } = await startYardstick('socket-io-server.ts');
  const sockets: Socket[] = [];
  const tally = new Tally();
  return {
    name: 'Socket.IO',
    pid: child.pid ?? 0,
    async connect(listeners) {
      for (let index = 0; index < listeners; index += 1) {
        const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
        socket.on('chat', () => tally.count());
        sockets.push(socket);
        await new Promise<void>((resolve) => socket.once('connect', resolve));
      }
    },
    async exchange(count) {
      const arrived = tally.expect(count * sockets.length);
      for (let index = 0; index < count; index += 1) {
        sockets[index % sockets.length]?.emit('chat', JSON.parse(chatPayload(index)));
      }
      await arrived;
    },
    async close() {
      for (const socket of sockets) socket.disconnect();
      child.kill();
    },
  };
}
