import { expect } from '@open-wc/testing';
import { until } from '../../elements/show-element.ts';
import { openRoom } from '../open-room.ts';

describe('reactions', () => {
  it('are verbs of the room that nobody had to write, and no promise', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    server.answers.set('getReactions', () => ({ available: ['🔥'] }));
    const answer = room.actions.getReactions({});
    await flush();
    expect(await answer).to.deep.equal({ available: ['🔥'] });
    expect(await room.actions).to.equal(room.actions);
    room.close();
  });

  it('[X1] come into the store once somebody uses them', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    server.answers.set('getReactions', () => ({ available: ['👏', '🎉'] }));
    const slice = () => room.store.features.loaded.value.reactions;
    server.signal('reactionsCounted', { counts: [['👏', 2]] });
    await flush();
    expect(slice()).to.equal(undefined);
    room.use('reactions');
    room.use('reactions');
    await until(async () => {
      await flush();
      return slice()?.available.value.length === 2;
    });
    expect(slice()?.latest.value).to.deep.equal([]);
    server.signal('reactionsCounted', { counts: [['👏', 3]] });
    await flush();
    expect(slice()?.latest.value).to.deep.equal([['👏', 3]]);
    expect(server.requests.map(({ name }) => name)).to.deep.equal(['getReactions']);
    room.close();
  });

  it('[X2] of one finger go out together', async () => {
    const { room, server, join, flush, pass } = openRoom();
    await join();
    server.answers.set('sendReaction', () => ({ counted: 1 }));
    // The first one loads what sends them.
    const first = room.actions.sendReaction('👏');
    await until(async () => {
      await pass(250);
      return server.requests.length > 0;
    });
    await first;
    const taps = [...Array.from({ length: 25 }, () => '👏'), '🎉', '🎉'].map((emoji) =>
      room.actions.sendReaction(emoji),
    );
    await flush();
    await pass(250);
    await Promise.all(taps);
    expect(server.requests.slice(1).map(({ name, data }) => [name, data])).to.deep.equal([
      ['sendReaction', { emoji: '👏', count: 20 }],
      ['sendReaction', { emoji: '🎉', count: 2 }],
    ]);
    room.close();
  });
});
