import { expect } from '@open-wc/testing';
import type { ParticipantId, StreamId, StreamView } from '../../../src/protocol/index.ts';
import { until } from '../../elements/show-element.ts';
import { openRoom } from '../open-room.ts';

const ada = 'ada' as ParticipantId;
const stream: StreamView = {
  id: 's1' as StreamId,
  participantId: ada,
  source: 'camera',
  kind: 'video',
  muted: false,
  mutedBy: null,
};
const hand = (id: string) => ({ participantId: id as ParticipantId, name: id, note: '', raisedAt: 1, isAway: false });

async function open() {
  const { room, server, join, flush } = openRoom();
  await join();
  server.answers.set('getHands', () => ({
    count: 1,
    own: null,
    isBackstage: false,
    queue: [hand('ada')],
    backstage: [],
    talkback: [],
    talkingTo: [],
  }));
  room.use('hands');
  await until(async () => {
    await flush();
    return room.store.features.loaded.value.hands?.state.value === 'ready';
  });
  return { room, server, flush, slice: () => room.store.features.loaded.value.hands! };
}

describe('hands', () => {
  it('[Z2] keep their order through what the server tells', async () => {
    const { room, server, flush, slice } = await open();
    server.signal('handQueueChanged', { raised: [hand('bob'), hand('eve')], lowered: [] });
    server.signal('handQueueChanged', { raised: [{ ...hand('bob'), note: 'Now' }], lowered: [ada] });
    server.signal('ownHandChanged', { own: { note: '', raisedAt: 1, place: 2 } });
    server.signal('handsCounted', { count: 2 });
    await flush();
    expect(slice().queue.value.map(({ name, note }) => [name, note])).to.deep.equal([
      ['bob', 'Now'],
      ['eve', ''],
    ]);
    expect([slice().count.value, slice().own.value?.place]).to.deep.equal([2, 2]);
    room.close();
  });

  it('[Z4] keep what is behind the stage off it', async () => {
    const { room, server, flush, slice } = await open();
    server.signal('backstageChanged', {
      backstage: [{ participantId: ada, name: 'Ada', isAway: false, streams: [stream] }],
    });
    await flush();
    expect([...room.store.stage.backstage.value.keys()]).to.deep.equal(['s1']);
    expect(room.store.stage.streams.value.has(stream.id)).to.equal(false);
    server.emit('streamPublished', { stream });
    server.signal('backstageChanged', { backstage: [] });
    await flush();
    expect(room.store.stage.streams.value.has(stream.id)).to.equal(true);
    expect(slice().backstage.value).to.deep.equal([]);
    room.close();
  });

  it('[Z6] send a voice while one talks, and receive that of who talks to oneself', async () => {
    const { room, server, flush, slice } = await open();
    const sent = () => [...room.store.stage.backstage.value.values()].map(({ id, source }) => [id, source]);
    server.answers.set('talkBack', () => ({}));
    const talking = room.actions.talkBack({ participantIds: [ada] });
    expect(sent()).to.deep.equal([['talkback', 'talkback']]);
    server.signal('ownTalkbackChanged', { participantIds: [ada] });
    await flush();
    await talking;
    expect([sent().length, slice().talkingTo.value]).to.deep.equal([1, [ada]]);
    // The end of the talk before is not that of the next.
    const ending = room.actions.talkBack({ participantIds: [] });
    expect(sent()).to.deep.equal([]);
    const again = room.actions.talkBack({ participantIds: [ada] });
    server.signal('ownTalkbackChanged', { participantIds: [] });
    server.signal('ownTalkbackChanged', { participantIds: [ada] });
    await flush();
    await Promise.all([ending, again]);
    expect(sent().length).to.equal(1);
    server.signal('ownTalkbackChanged', { participantIds: [] });
    server.signal('talkbackChanged', { talkback: [{ streamId: stream.id, participantId: ada, name: 'Ada' }] });
    await flush();
    expect(sent()).to.deep.equal([['s1', 'talkback']]);
    expect(slice().talkback.value.map(({ name }) => name)).to.deep.equal(['Ada']);
    room.close();
  });
});
