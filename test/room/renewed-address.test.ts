import { expect } from '@open-wc/testing';
import { composeProgram } from '../../src/compose-program.ts';
import { createRoomMedia } from '../../src/media/deferred-media.ts';
import type { ReplyData, RequestName } from '../../src/protocol/index.ts';
import { createMediaObserver } from '../../src/room/handlers/media.ts';
import type { Request } from '../../src/room/rpc.ts';
import { createStore } from '../../src/store/store.ts';
import { fakeBroadcast } from '../../src/testing/fake-broadcast.ts';
import { until } from '../elements/show-element.ts';

const { fetch } = globalThis;
const SERVER = 'https://live.example';

describe('the address of a broadcast whose signature has expired', () => {
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  it('[W9] is asked of the room, and the programme goes on there without being loaded again', async () => {
    const store = createStore();
    store.connection.server.value = SERVER;
    store.broadcast.view.value = fakeBroadcast({ state: 'HLS_PLAYABLE', livestreamUrl: '/signed/1/live.m3u8' });
    const fetched: string[] = [];
    // Signatures count up; the first two have had their time, the third is good, and its programme has not begun.
    globalThis.fetch = async (input) => {
      const { pathname } = new URL(String(input));
      fetched.push(pathname);
      return new Response('', { status: pathname.startsWith('/signed/3/') ? 404 : 403 });
    };
    const asked: RequestName[] = [];
    const request: Request = async <N extends RequestName>(name: N) => {
      asked.push(name);
      const signed = `/signed/${asked.length + 1}`;
      const urls = { livestreamUrl: `${signed}/live.m3u8`, playbackHlsUrl: `${signed}/playback.m3u8` };
      return urls as ReplyData<N>;
    };
    const stage = createRoomMedia({
      signaling: { request },
      observer: createMediaObserver(store),
      loadEngine: () => Promise.reject(new Error('nothing is published')),
    });
    const program = composeProgram({ store, stage, request });
    const release = program.attach(document.createElement('video'));
    await until(() => fetched.includes('/signed/3/live.m3u8') && store.playback.state.value === 'waiting');
    expect(asked).to.deep.equal(['renewBroadcastUrls', 'renewBroadcastUrls']);
    expect(store.broadcast.view.value.playbackHlsUrl).to.equal('/signed/3/playback.m3u8');
    expect(store.playback.failure.value).to.equal(null);
    release();
    program.close();
    stage.close();
  });
});
