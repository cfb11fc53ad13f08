import { expect } from '@open-wc/testing';
import type { LiveOverlay } from '../../../src/protocol/index.ts';
import { until } from '../../elements/show-element.ts';
import { openRoom } from '../open-room.ts';

const overlay = (id: string, takenAt: number) =>
  ({
    id,
    cueId: null,
    layer: 'lowerThird',
    content: { kind: 'lowerThird', title: id, subtitle: '' },
    takenAt,
    clearsAt: null,
  }) as LiveOverlay;

describe('overlays', () => {
  it('[O2] follow events, and drop an answer that events have overtaken', async () => {
    const { room, server, join, flush, pass } = openRoom();
    await join();
    let revision = 1;
    server.answers.set('getOverlays', () => ({ revision, live: [overlay('one', 1_000)], runOfShow: null }));
    room.use('overlays');
    const history = () => room.store.features.loaded.value.overlays?.screen.value ?? [];
    const shown = () =>
      history()
        .at(-1)
        ?.value.map(({ id }) => id) as readonly string[] | undefined;
    await until(async () => {
      await flush();
      return shown()?.join() === 'one';
    });
    server.emit('overlayTaken', { revision: 2, overlay: overlay('two', 2_000) });
    await flush();
    expect(shown()).to.deep.equal(['two']);
    expect(history().map(({ from }) => from)).to.deep.equal([0, 1_000, 2_000]);
    // Told again, though the answer has it already.
    server.emit('overlayTaken', { revision: 1, overlay: overlay('one', 1_000) });
    await flush();
    expect(shown()).to.deep.equal(['two']);
    server.emit('overlaysCleared', { revision: 3, overlayIds: ['two'] as never, clearedAt: 3_000 });
    await flush();
    expect(shown()).to.deep.equal([]);
    // Signals are not replayed, so all is asked for again after a break ([N2]).
    revision = 3;
    const asked = () => server.requests.filter(({ name }) => name === 'getOverlays').length;
    const before = asked();
    server.network.latest.cut();
    await pass(500);
    await flush();
    expect([asked(), shown()]).to.deep.equal([before + 1, ['one']]);
    room.close();
  });
});
