import { expect } from '@open-wc/testing';
import { fakeBroadcast } from '../../../src/testing/fake-broadcast.ts';
import { openRoom } from '../open-room.ts';

describe('broadcast handlers', () => {
  it('[W2] keep the whole view of each change', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    expect(room.store.broadcast.view.value).to.equal(null);
    const broadcast = fakeBroadcast({ state: 'HLS_STARTING', livestreamUrl: null });
    server.emit('broadcastChanged', { broadcast });
    await flush();
    expect(room.store.broadcast.view.value).to.deep.equal(broadcast);
    room.close();
  });

  it('[W1] ask for what the actions say', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    for (const name of ['startBroadcast', 'stopBroadcast', 'changeBroadcastLayout'])
      server.answers.set(name, () => ({}));
    const done = Promise.all([
      room.actions.startBroadcast({ quality: 'low', layout: { type: 'SIDEBAR' } }),
      room.actions.changeBroadcastLayout({ gridSize: 4 }),
      room.actions.stopBroadcast(),
    ]);
    await flush();
    await done;
    expect(server.requests.map(({ name, data }) => [name, data])).to.deep.equal([
      ['startBroadcast', { options: { quality: 'low', layout: { type: 'SIDEBAR' } } }],
      ['changeBroadcastLayout', { layout: { gridSize: 4 } }],
      ['stopBroadcast', {}],
    ]);
    room.close();
  });
});
