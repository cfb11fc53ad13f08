import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findFfmpeg } from '../../../server/src/broadcast/composer/find-program.ts';
import type { EncodedAudio } from '../../../server/src/broadcast/encoded-media.ts';
import { AudioEncoder } from '../../../server/src/broadcast/sound/audio-encoder.ts';
import { AdtsReader } from '../../../server/src/broadcast/sound/adts.ts';
import {
  AUDIO_FRAME,
  FRAME_HEADER_BYTES,
  readFrame,
  writeFrameHeader,
} from '../../../server/src/broadcast/composer/composer-wire.ts';
import { SampleTimeline } from '../../../server/src/broadcast/sound/sample-timeline.ts';
import { ClockAnchor } from '../../../templates/capture/clock-anchor.ts';
import { FrameGrid } from '../../../templates/capture/frame-grid.ts';

describe('frames on their grid', () => {
  const places = (grid: FrameGrid, timesMs: readonly number[]) => timesMs.map((timeMs) => grid.place(timeMs * 1_000));

  it('lie where their time says, though they come a little early or late', () => {
    assert.deepEqual(places(new FrameGrid(30), [0, 40, 60, 105, 130]), [0, 1, 2, 3, 4]);
  });

  it('are left out where more come than there are places', () => {
    assert.deepEqual(places(new FrameGrid(30), [0, 2, 4, 33, 70]), [0, 1, null, 2, 3]);
  });

  it('leave no hole: the picture before stands in for one that does not come', () => {
    const grid = new FrameGrid(30);
    assert.equal(grid.overdue(1e6), null);
    assert.equal(grid.place(0), 0);
    assert.equal(grid.overdue(60_000), null);
    assert.equal(grid.overdue(80_000), 1);
    assert.equal(grid.overdue(80_000), null);
    assert.equal(grid.place(70_000), 2);
  });

  it('have key frames on whole seconds', () => {
    assert.deepEqual(
      [0, 30, 60].map((place) => new FrameGrid(30).timeOf(place)),
      [0, 1_000_000, 2_000_000],
    );
  });
});

describe('the clock of a capture', () => {
  it('is measured once, without what waited in queues before', () => {
    const anchor = new ClockAnchor();
    // Stamped by a clock that is about to change.
    for (let index = 0; index < 12; index++) anchor.measure(3_000_000 + index * 10_000, 110);
    for (let timeMs = 110; timeMs < 1_200; timeMs += 10) {
      const delayMs = timeMs === 900 ? 80 : 20;
      anchor.measure((timeMs - delayMs) * 1_000 + 5_000_000, timeMs);
    }
    assert.equal(anchor.isMeasured, true);
    assert.equal(anchor.toPageTime(5_000_000), 20_000);
    anchor.measure(0, 5_000);
    assert.equal(anchor.toPageTime(5_000_000), 20_000);
  });
});

describe('the line of samples', () => {
  const BYTES = 8;
  const chunk = new Uint8Array(480 * BYTES);
  const lengths = (parts: readonly Uint8Array[]) => parts.map(({ byteLength }) => byteLength / BYTES);

  it('goes on as it is where chunks follow one another', () => {
    const line = new SampleTimeline(48_000, BYTES);
    assert.deepEqual(
      [0, 10_000, 22_000, 31_000].map((at) => lengths(line.place(chunk, 5_000 + at))),
      [[480], [480], [480], [480]],
    );
    assert.equal(line.startUs, 5_000);
  });

  it('is silent in a gap, and drops what it has already', () => {
    const line = new SampleTimeline(48_000, BYTES);
    line.place(chunk, 0);
    assert.deepEqual(lengths(line.place(chunk, 110_000)), [4_800, 480]);
    assert.deepEqual(lengths(line.place(chunk, 20_000)), []);
    assert.deepEqual(lengths(line.place(chunk, 120_000)), [480]);
  });
});

describe('what the composer and the server say to each other', () => {
  it('is a header and the payload', () => {
    const bytes = new Uint8Array(FRAME_HEADER_BYTES + 3);
    const header = { kind: AUDIO_FRAME, keyFrame: true, rendition: 2, timestampUs: 123_456.5 };
    writeFrameHeader(bytes, header);
    bytes.set([1, 2, 3], FRAME_HEADER_BYTES);
    const { payload, ...rest } = readFrame(bytes);
    assert.deepEqual(rest, header);
    assert.deepEqual([...payload], [1, 2, 3]);
    assert.throws(() => readFrame(bytes.subarray(0, 4)), RangeError);
  });

  it('is ADTS cut anywhere', () => {
    const frame = (payload: readonly number[]) => {
      const length = payload.length + 7;
      return [
        0xff,
        0xf1,
        0x50,
        0x80 | (length >> 11),
        (length >> 3) & 0xff,
        ((length & 7) << 5) | 0x1f,
        0xfc,
        ...payload,
      ];
    };
    const stream = Buffer.from([...frame([1, 2, 3]), ...frame([4]), ...frame([5, 6])]);
    for (let cut = 0; cut <= stream.length; cut++) {
      const reader = new AdtsReader();
      const frames = [...reader.read(stream.subarray(0, cut)), ...reader.read(stream.subarray(cut))];
      assert.deepEqual(
        frames.map((each) => [...each]),
        [[1, 2, 3], [4], [5, 6]],
      );
    }
    assert.throws(() => new AdtsReader().read(Buffer.from('this is no ADTS')));
  });
});

describe('sound of any rate', () => {
  it('is encoded at 48 kHz, each frame at its time', async () => {
    const frames: EncodedAudio[] = [];
    const ffmpeg = findFfmpeg();
    assert.ok(ffmpeg);
    const encoded = new Promise<void>((resolve, reject) => {
      const encoder = new AudioEncoder({
        ffmpeg,
        sampleRate: 44_100,
        channels: 2,
        bitrate: 64_000,
        handleFrame: (frame) => {
          frames.push(frame);
          if (frames.length < 40) return;
          encoder.close();
          resolve();
        },
        handleGone: (lastWords) => reject(new Error(lastWords)),
      });
      // A second of it: 43 frames at its own rate, 46 at the other.
      for (let piece = 0; piece < 100; piece += 1) encoder.encode(new Uint8Array(441 * 8), 5_000 + piece * 10_000);
    });
    await encoded;
    frames.forEach(({ timestampUs }, index) =>
      assert.ok(Math.abs(timestampUs - 5_000 - (index * 1_024 * 1e6) / 48_000) <= 1, `frame ${index}: ${timestampUs}`),
    );
  });
});
