import { startBroadcastServer } from '../../server/broadcast/broadcast-server.ts';
import { createMaterial } from '../../server/broadcast/encoded-material.ts';
import { feedLive } from '../../server/broadcast/live-feed.ts';

/** A broadcast that goes on until the process is told to end. Prints its port once it can be played. */
const material = await createMaterial({ seconds: 8, size: '640x360' });
const server = await startBroadcastServer();
const broadcast = await server.broadcasts.open('bench', 'show');
const feed = feedLive(broadcast, material);
broadcast.onPlayable(() => console.log(JSON.stringify({ port: Number(new URL(server.origin).port) })));

process.on('SIGTERM', () => {
  feed.stop();
  void server.close().finally(() => process.exit(0));
});
