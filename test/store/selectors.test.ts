import { expect } from '@open-wc/testing';
import { effect } from '@preact/signals-core';
import { createFakeRoom } from '../../src/testing/index.ts';
import {
  may,
  mayPublish,
  onStage,
  ownOffer,
  reaches,
  self,
  selfRole,
  totalParticipants,
} from '../../src/store/selectors.ts';
import { createStore } from '../../src/store/store.ts';

describe('selectors', () => {
  it('answer before there is a room', () => {
    const store = createStore();
    expect([self(store), selfRole(store), ownOffer(store)]).to.deep.equal([null, null, null]);
    expect([may(store, 'room.end'), mayPublish(store, 'camera')]).to.deep.equal([false, false]);
    expect([onStage(store).length, totalParticipants(store)]).to.deep.equal([0, 0]);
  });

  it('tell what the role may, and again when it changes', () => {
    const room = createFakeRoom({ role: 'viewer' });
    const seen: boolean[] = [];
    const stop = effect(() => {
      seen.push(mayPublish(room.store, 'camera'));
    });
    room.changeRole(room.selfId, 'guest');
    room.changeRole(room.selfId, 'viewer');
    stop();
    room.close();
    expect([seen[0], seen.includes(true), seen.at(-1)]).to.deep.equal([false, true, false]);
  });

  it('[P8] tell which roles are within reach', () => {
    const reach = (options: Parameters<typeof createFakeRoom>[0]) => {
      const room = createFakeRoom(options);
      const names = ['host', 'producer', 'guest', 'unknown'].filter((role) => reaches(room.store, role));
      room.close();
      return names;
    };
    expect(reach({ role: 'host' })).to.deep.equal(['host', 'producer', 'guest']);
    expect(reach({ role: 'producer' })).to.deep.equal(['producer', 'guest']);
    expect(reach({ role: 'producer', permissions: ['room.end'] })).to.deep.equal(['host', 'producer', 'guest']);
    expect(reach({ role: 'guest' })).to.deep.equal(['guest']);
    expect(reach({ role: 'viewer' })).to.deep.equal([]);
  });

  it('put those on stage in the order of joining', () => {
    const room = createFakeRoom({ hosts: 0, guests: 0 });
    const first = room.join({ name: 'Zoe', role: 'guest' });
    const second = room.join({ name: 'Ada', role: 'host' });
    room.join({ name: 'Producer', role: 'producer' });
    expect(onStage(room.store).map(({ id }) => id)).to.deep.equal([first, second]);
    room.close();
  });
});
