import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { routerCapabilities } from '../../../server/src/media/mediasoup/router-codecs.ts';
import { h264First, prefersH264 } from '../../../server/src/rooms/video-codec.ts';
import { NO_POLICY } from '../../../server/src/broadcast/audience-watch.ts';
import { rtpCapabilities } from '../../../src/protocol/index.ts';
import * as v from 'valibot';

describe('what cameras are encoded in', () => {
  const off = { isOn: false };
  const on = { isOn: true };

  it('is H.264 where the room broadcasts, unless the server or the template says otherwise', () => {
    const policy = { ...NO_POLICY, startWithAudience: true };
    assert.equal(prefersH264('auto', NO_POLICY, off), false);
    assert.equal(prefersH264('auto', NO_POLICY, on), true);
    assert.equal(prefersH264('auto', policy, off), true);
    assert.equal(prefersH264('vp8', policy, on), false);
    assert.equal(prefersH264('h264', NO_POLICY, off), true);
  });

  it('[M6] stands first in what the server names, and nothing is left out', () => {
    const given = v.parse(rtpCapabilities, routerCapabilities);
    const video = ({ codecs = [] }: typeof given) =>
      codecs.filter(({ kind }) => kind === 'video').map(({ mimeType }) => mimeType);
    assert.equal(video(given)[0], 'video/VP8');
    assert.equal(video(h264First(given))[0], 'video/H264');
    assert.deepEqual(video(h264First(given)).toSorted(), video(given).toSorted());
  });
});
