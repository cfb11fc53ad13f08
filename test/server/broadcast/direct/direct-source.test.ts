import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Broadcasts } from '../../../../server/src/broadcast/broadcasts.ts';
import { DirectSource } from '../../../../server/src/broadcast/direct/direct-source.ts';
import type {
  EncodedAudio,
  EncodedSink,
  EncodedVideo,
  MediaFormat,
} from '../../../../server/src/broadcast/encoded-media.ts';
import { TRACK_NAMES, type TrackName } from '../../../../server/src/broadcast/packager/segment.ts';
import { WatchedSink } from '../../../../server/src/broadcast/watched-sink.ts';
import { noLogger } from '../../../../server/src/rooms/logger.ts';
import { completeBroadcastOptions, type BroadcastOptionsInput, type StreamId } from '../../../../src/protocol/index.ts';
import { parsePlaylist } from '../../../hls-validator/parse-playlist.ts';
import { validateSeries } from '../../../hls-validator/series-rules.ts';
import { ManualClock } from '../../rooms/manual-clock.ts';
import { createMaterial, type Material } from '../encoded-material.ts';
import { MemoryStorage } from '../memory-storage.ts';
import { FakeStage } from './fake-stage.ts';
import { createOpus, packPictures, RtpStream, type TimedPacket } from './rtp-material.ts';

const SECONDS = 8;
const STEP_MS = 10;
const TONE_AT_MS = 4_000;
const VIDEO_DELAY_MS = 70;
const AUDIO_DELAY_MS = 20;

interface Run {
  readonly format: MediaFormat;
  readonly startedAt: number;
  readonly video: EncodedVideo[];
  readonly audio: EncodedAudio[];
}

/** Hands frames on and remembers them. */
class NotedSink implements EncodedSink {
  readonly runs: Run[] = [];
  readonly #sink: EncodedSink;

  constructor(sink: EncodedSink) {
    this.#sink = sink;
  }

  begin(format: MediaFormat, startedAt: number) {
    const noted: Run = { format, startedAt, video: [], audio: [] };
    this.runs.push(noted);
    const run = this.#sink.begin(format, startedAt);
    return {
      video: (frame: EncodedVideo) => {
        noted.video.push(frame);
        run.video(frame);
      },
      audio: (frame: EncodedAudio) => {
        noted.audio.push(frame);
        run.audio(frame);
      },
      end: () => run.end(),
    };
  }

  /** The server's time up to which there is sound. */
  get soundUntil(): number {
    const last = this.runs.at(-1);
    return last === undefined ? 0 : last.startedAt + (last.audio.at(-1)?.timestampUs ?? 0) / 1_000;
  }
}

describe('the direct route', { timeout: 120_000 }, () => {
  let material: Material;
  let upright: Material;
  let opus: readonly TimedPacket[];
  let clock: ManualClock;
  let stage: FakeStage;
  let broadcasts: Broadcasts;
  let sink: NotedSink;
  let source: DirectSource;
  let camera: StreamId;
  let microphone: StreamId;
  let unfit: string[];
  let failures: string[];
  let pictures: readonly TimedPacket[];
  const videoStream = () => new RtpStream(90_000);
  const audioStream = new RtpStream(48_000, 2 ** 32 - 200_000);
  const texts: Record<TrackName, string[]> = { video: [], audio: [] };

  before(async () => {
    material = await createMaterial({ seconds: SECONDS, keyEvery: 54 });
    upright = await createMaterial({ seconds: 2, size: '180x320' });
    opus = await createOpus(audioStream, SECONDS, TONE_AT_MS);
  });

  const open = async (options: BroadcastOptionsInput = {}) => {
    clock = new ManualClock();
    stage = new FakeStage();
    camera = stage.add('host', 'camera');
    microphone = stage.add('host', 'microphone');
    broadcasts = new Broadcasts({ storage: new MemoryStorage(), clock, logger: noLogger });
    const output = await broadcasts.open('room', 'show');
    const watched = new WatchedSink({
      sink: output,
      clock,
      handleBegin: () => {},
      handleStall: () => failures.push('stalled'),
    });
    sink = new NotedSink(watched);
    unfit = [];
    failures = [];
    texts.video = [];
    texts.audio = [];
    pictures = packPictures(videoStream(), material.video);
    source = new DirectSource({
      options: completeBroadcastOptions(options),
      stage,
      plan: { camera, microphone },
      sink,
      clock,
      partMs: 333,
      segmentMs: 2_000,
      isOnAir: () => true,
      handleFailure: ({ message }) => failures.push(message),
      handleUnfit: (_, why) => unfit.push(why),
    });
    await settle();
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  beforeEach(() => open());
  const close = async () => {
    await source.close();
    await broadcasts.close();
  };
  after(close);

  const note = () => {
    const pair = broadcasts.current('room')?.event;
    if (pair?.isPlayable !== true) return;
    for (const track of TRACK_NAMES) {
      const { text } = pair.renderMedia(track, false);
      if (texts[track].at(-1) !== text) texts[track].push(text);
    }
  };

  interface Playing {
    readonly from?: number;
    readonly until?: number;
    readonly video?: readonly TimedPacket[];
    readonly audio?: readonly TimedPacket[];
    /** Whether the senders tell their clocks. */
    readonly reports?: boolean;
  }

  /** Lets the packets of some seconds come, each kind with a delay of its own, and ffmpeg keep up with the clock. */
  const play = async ({ from = 0, until = SECONDS, video = pictures, audio = opus, reports = true }: Playing = {}) => {
    const startedAt = clock.now() - from * 1_000;
    const due = [
      ...video.map(({ timeUs, bytes }) => ({ atMs: timeUs / 1_000 + VIDEO_DELAY_MS, timeUs, bytes, id: camera })),
      ...audio.map(({ timeUs, bytes }) => ({ atMs: timeUs / 1_000 + AUDIO_DELAY_MS, timeUs, bytes, id: microphone })),
    ]
      .filter(({ timeUs }) => timeUs >= from * 1e6 && timeUs < until * 1e6)
      .sort((one, other) => one.atMs - other.atMs);
    let next = 0;
    for (let nowMs = from * 1_000; nowMs < until * 1_000 + 200; nowMs += STEP_MS) {
      clock.advance(STEP_MS);
      for (let one = due[next]; one !== undefined && one.atMs <= nowMs; one = due[next]) {
        stage.send(one.id, one.bytes);
        next += 1;
      }
      if (reports && nowMs % 1_000 === 300) {
        // Captured so much before they came.
        stage.report(camera, videoStream().report(nowMs * 1_000, startedAt + nowMs));
        stage.report(microphone, audioStream.report(nowMs * 1_000, startedAt + nowMs));
      }
      await settle();
      const giveUpAt = performance.now() + 20_000;
      while (sink.runs.length > 0 && sink.soundUntil < clock.now() - 450 && performance.now() < giveUpAt) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      note();
    }
  };
  const assertValid = () => {
    for (const track of TRACK_NAMES) assert.deepEqual(validateSeries(texts[track]), [], track);
  };

  it('hands the pictures on as they are, in playlists that keep the rules', async () => {
    await play();
    await close();
    assertValid();
    assert.deepEqual([failures, unfit], [[], []]);
    assert.equal(sink.runs.length, 1);
    const [{ format, video }] = sink.runs as [Run];
    assert.deepEqual([format.video?.width, format.video?.height, format.video?.codec], [320, 180, 'avc1.42C00D']);
    // The first second passes while its clocks are found out.
    const first = material.video.length - video.length;
    assert.ok(first <= 54, `${first} pictures came too early`);
    video.forEach((frame, index) => {
      const origin = material.video[first + index];
      assert.equal(frame.keyFrame, origin?.keyFrame);
      assert.ok(
        Math.abs(frame.timestampUs - ((origin?.timestampUs ?? 0) - (material.video[first]?.timestampUs ?? 0))) < 100,
      );
    });
    const segments = parsePlaylist(texts.video.at(-1) ?? '').segments;
    assert.ok(segments.every(({ discontinuity }) => !discontinuity));
  });

  for (const reports of [true, false]) {
    it(`keeps sound and picture within 45 ms, ${reports ? 'by the reports of the senders' : 'by arrival alone'}`, async () => {
      await play({ reports });
      await close();
      const [{ startedAt, audio }] = sink.runs as [Run];
      const onsetUs = findOnset(audio);
      const toneAt = clock.now() - SECONDS * 1_000 - 200 + TONE_AT_MS;
      // By arrival alone nobody can know what the picture lost on its way more than the sound.
      const skewMs = startedAt + onsetUs / 1_000 - toneAt - (reports ? 0 : AUDIO_DELAY_MS);
      assert.ok(Math.abs(skewMs) <= 45, `the sound is ${skewMs} ms late`);
    });
  }

  it('waits for packets that come late, and for a key frame after one that never comes', async () => {
    const shuffled = pictures.toSpliced(40, 2, pictures[41]!, pictures[40]!);
    const lost = pictures.findIndex(({ timeUs }) => timeUs >= 3e6);
    await play({ video: shuffled.toSpliced(lost, 1) });
    await close();
    assertValid();
    assert.equal(sink.runs.length, 2);
    assert.ok(stage.keyFrameRequests > 1);
    const [before_, after_] = sink.runs as [Run, Run];
    assert.equal(after_.video[0]?.keyFrame, true);
    // It goes on where the programme has got to.
    const passedMs = after_.startedAt - before_.startedAt;
    assert.ok(passedMs > 1_500 && passedMs < 6_000, `${passedMs}`);
    assert.equal(
      parsePlaylist(texts.video.at(-1) ?? '').segments.filter(({ discontinuity }) => discontinuity).length,
      1,
    );
  });

  it('shows the slate while there is no picture, goes on with the sound, and comes back', async () => {
    await play({ until: 3 });
    stage.mute(camera, true);
    source.update({ camera: null, microphone });
    assert.ok(!stage.isTapped(camera));
    await play({ from: 3, until: 6, video: [] });
    stage.mute(camera, false);
    source.update({ camera, microphone });
    await settle();
    await play({ from: 6 });
    await close();
    assertValid();
    assert.deepEqual(failures, []);
    assert.deepEqual(
      sink.runs.map(({ format }) => format.video?.width),
      [320, 1_280, 320],
    );
    assert.ok(sink.runs[1]!.audio.length > 50);
  });

  it('names what it cannot take: a picture that does not lie as was asked, or is turned', async () => {
    await play({ until: 2, video: packPictures(videoStream(), upright.video) });
    assert.match(unfit[0] ?? '', /lie/);
    assert.equal(sink.runs.length, 0);
    await close();
    await open({ orientation: 'portrait' });
    await play({ until: 2, video: packPictures(videoStream(), upright.video) });
    assert.deepEqual([unfit, sink.runs[0]?.format.video?.height], [[], 320]);
    await close();
    await open();
    await play({ until: 2, video: pictures.map(turn) });
    assert.match(unfit[0] ?? '', /turned/);
    await close();
  });

  it('gives up a camera that sends no key frame', async () => {
    clock.advance(7_000);
    assert.match(unfit[0] ?? '', /key frame/);
    assert.ok(stage.keyFrameRequests > 10);
    await close();
  });
});

/** The same packet with an extension that says: turned by 90 degrees. */
function turn({ timeUs, bytes }: TimedPacket): TimedPacket {
  const header = Buffer.from(bytes.subarray(0, 12));
  header.writeUInt8(0x90, 0);
  const extension = Buffer.of(0xbe, 0xde, 0, 1, 11 << 4, 1, 0, 0);
  return { timeUs, bytes: Buffer.concat([header, extension, bytes.subarray(12)]) };
}

/** When the tone begins on the run's clock. Microseconds. */
function findOnset(audio: readonly EncodedAudio[]): number {
  const adts = audio.flatMap(({ data }) => {
    const length = data.byteLength + 7;
    return [
      Buffer.of(0xff, 0xf1, 0x4c, 0x80 | (length >> 11), (length >> 3) & 0xff, ((length & 7) << 5) | 0x1f, 0xfc),
      data,
    ];
  });
  const { stdout } = spawnSync('ffmpeg', '-v error -f aac -i pipe:0 -ac 1 -ar 48000 -f f32le pipe:1'.split(' '), {
    input: Buffer.concat(adts),
    maxBuffer: 64 * 1_024 * 1_024,
  });
  const loud = Array.from({ length: stdout.length / 4 }).findIndex(
    (_, index) => Math.abs(stdout.readFloatLE(index * 4)) > 0.3,
  );
  assert.ok(loud > 0, 'there is no tone');
  return (audio[0]?.timestampUs ?? 0) + (loud * 1e6) / 48_000;
}
