/** A server that a test may kill: `node break-server.ts DATABASE PORT SECRET`. Prints its port when it listens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenVerifier } from '../../../server/src/auth/token-verifier.ts';
import { FakeMedia } from '../../../server/src/media/fake/fake-media.ts';
import { Rooms } from '../../../server/src/rooms/rooms.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { RoomSocketServer } from '../../../server/src/ws/room-socket-server.ts';

const [database = '', port = '0', secret = ''] = process.argv.slice(2);
const plenty = { burst: 1_000_000, perSecond: 1_000_000 };

const rooms = new Rooms({
  store: SqliteRoomStore.open(database),
  media: new FakeMedia(),
  limits: {
    requests: plenty,
    chatMessages: plenty,
    socketsPerAddressPerSecond: 10_000,
    pendingRequests: 1_000,
    deadAfterMs: 60_000,
  },
});
const sockets = new RoomSocketServer({ rooms, tokens: await createTokenVerifier({ keys: { secret } }) });
const server = createServer();
sockets.attach(server);
// Not a port that the system gives to clients: one that looks for a killed server there may end up connected to itself.
for (let tried = Number(port); !server.listening; tried = 0) {
  const wanted = tried === 0 ? 20_000 + Math.floor(Math.random() * 12_000) : tried;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve() : reject(error)));
    server.listen(wanted, '127.0.0.1', resolve);
  });
}
console.log((server.address() as AddressInfo).port);
