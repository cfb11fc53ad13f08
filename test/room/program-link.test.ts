import { expect } from '@open-wc/testing';
import { broadcastSource } from '../../src/room/program-link.ts';
import { createStore } from '../../src/store/store.ts';
import { fakeBroadcast } from '../../src/testing/fake-broadcast.ts';

describe('where the programme of a room is', () => {
  const rewindUrl = 'https://live.example/broadcasts/fake/playback.m3u8';

  for (const state of ['HLS_STOPPED', 'HLS_FAILED'] as const)
    it(`is still there for whoever has not seen its end, after ${state}`, () => {
      const store = createStore();
      store.broadcast.view.value = fakeBroadcast({ state, livestreamUrl: null });
      expect(broadcastSource(store, 'https://live.example')?.rewindUrl).to.equal(rewindUrl);
    });

  it('is nowhere before the next one plays', () => {
    const store = createStore();
    store.broadcast.view.value = fakeBroadcast({
      state: 'HLS_STARTING',
      livestreamUrl: null,
      playbackHlsUrl: null,
    });
    expect(broadcastSource(store, 'https://live.example')).to.equal(null);
  });
});
