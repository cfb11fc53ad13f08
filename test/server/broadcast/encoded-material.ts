import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type {
  EncodedAudio,
  EncodedRun,
  EncodedVideo,
  MediaFormat,
} from '../../../server/src/broadcast/encoded-media.ts';

const run = promisify(execFile);

/** Real H.264 and AAC, as an encoder would hand them over. */
export interface Material {
  readonly format: MediaFormat;
  readonly video: readonly EncodedVideo[];
  /** The same picture in smaller sizes. */
  readonly smaller?: readonly (readonly EncodedVideo[])[];
  readonly audio: readonly EncodedAudio[];
  readonly durationUs: number;
}

export interface MaterialOptions {
  readonly seconds?: number;
  readonly size?: `${number}x${number}`;
  readonly frameRate?: number;
  /** Frames from one key frame to the next. */
  readonly keyEvery?: number;
}

const SAMPLE_RATE = 48_000;
const DELIMITER = Buffer.from([0, 0, 0, 1, 9]);

/** Moving bars with a beeping tone, encoded by ffmpeg. */
export async function createMaterial(options: MaterialOptions = {}): Promise<Material> {
  const { seconds = 6, size = '320x180', frameRate = 30, keyEvery = frameRate } = options;
  const [width = 0, height = 0] = size.split('x').map(Number);
  const video = await encode(
    `-f lavfi -i testsrc2=size=${size}:rate=${frameRate}:duration=${seconds} -pix_fmt yuv420p
     -c:v libx264 -profile:v baseline -tune zerolatency -preset ultrafast -threads 1 -crf 30 -bf 0
     -g ${keyEvery} -keyint_min ${keyEvery} -sc_threshold 0 -x264-params aud=1:repeat-headers=1 -f h264 pipe:1`,
  );
  const audio = await encode(
    `-f lavfi -i sine=frequency=440:beep_factor=4:sample_rate=${SAMPLE_RATE}:duration=${seconds}
     -ac 2 -c:a aac -b:a 64k -f adts pipe:1`,
  );
  return {
    format: {
      video: { codec: 'avc1.42C01E', width, height, frameRate },
      audio: { codec: 'mp4a.40.2', sampleRate: SAMPLE_RATE, channels: 2 },
    },
    video: splitPictures(video).map((data, index) => ({
      data,
      timestampUs: Math.round((index * 1_000_000) / frameRate),
      keyFrame: index % keyEvery === 0,
    })),
    audio: splitAdts(audio).map((data, index) => ({
      data,
      timestampUs: Math.round((index * 1_024 * 1_000_000) / SAMPLE_RATE),
    })),
    durationUs: seconds * 1_000_000,
  };
}

/** With the picture of others, which are smaller, as further renditions. */
export function withSmaller(material: Material, others: readonly Material[]): Material {
  return {
    ...material,
    format: {
      ...material.format,
      video: material.format.video && { ...material.format.video, bitrate: 800_000 },
      smaller: others.flatMap(({ format: { video } }, index) =>
        video === null ? [] : [{ ...video, bitrate: 200_000 / (index + 1) }],
      ),
    },
    smaller: others.map(({ video }) => video),
  };
}

/** Hands over all that falls before a time and has not been handed over, in the order of time. */
export class Player {
  readonly #run: EncodedRun;
  readonly #frames: readonly (
    | { kind: 'video'; frame: EncodedVideo }
    | { kind: 'smaller'; index: number; frame: EncodedVideo }
    | { kind: 'audio'; frame: EncodedAudio }
  )[];
  #position = 0;

  constructor(run: EncodedRun, { video, smaller = [], audio }: Pick<Material, 'video' | 'smaller' | 'audio'>) {
    this.#run = run;
    this.#frames = [
      ...smaller.flatMap((frames, index) => frames.map((frame) => ({ kind: 'smaller', index, frame }) as const)),
      ...video.map((frame) => ({ kind: 'video', frame }) as const),
      ...audio.map((frame) => ({ kind: 'audio', frame }) as const),
    ].sort((one, other) => one.frame.timestampUs - other.frame.timestampUs);
  }

  get isDone(): boolean {
    return this.#position >= this.#frames.length;
  }

  playUntil(timestampUs: number): void {
    for (let next = this.#frames[this.#position]; next; next = this.#frames[this.#position]) {
      if (next.frame.timestampUs >= timestampUs) return;
      this.#position += 1;
      if (next.kind === 'video') this.#run.video(next.frame);
      else if (next.kind === 'smaller') this.#run.smaller?.(next.index, next.frame);
      else this.#run.audio(next.frame);
    }
  }

  playAll(): void {
    this.playUntil(Number.POSITIVE_INFINITY);
  }
}

/** The same again and again, for so many times its length, with timestamps that go on. */
export function repeat(material: Material, times: number): Material {
  const { durationUs } = material;
  const shift = <TFrame extends EncodedVideo | EncodedAudio>(frames: readonly TFrame[]) =>
    Array.from({ length: times }, (_, round) =>
      frames
        .filter((frame) => frame.timestampUs < durationUs)
        .map((frame) => ({ ...frame, timestampUs: frame.timestampUs + round * durationUs })),
    ).flat();
  const { video, smaller, audio } = material;
  return {
    ...material,
    video: shift(video),
    ...(smaller === undefined ? {} : { smaller: smaller.map((frames) => shift(frames)) }),
    audio: shift(audio),
    durationUs: durationUs * times,
  };
}

async function encode(parameters: string): Promise<Buffer> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-nostdin', ...parameters.split(/\s+/)], {
    encoding: 'buffer',
    maxBuffer: 256 * 1_024 * 1_024,
  });
  return stdout;
}

function splitPictures(stream: Buffer): Buffer[] {
  const pictures: Buffer[] = [];
  let start = stream.indexOf(DELIMITER);
  while (start >= 0) {
    const next = stream.indexOf(DELIMITER, start + DELIMITER.length);
    pictures.push(stream.subarray(start, next < 0 ? undefined : next));
    start = next;
  }
  return pictures;
}

function splitAdts(stream: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let offset = 0; offset + 7 <= stream.length;) {
    const header = (stream[offset + 1]! & 1) === 1 ? 7 : 9;
    const length = ((stream[offset + 3]! & 3) << 11) | (stream[offset + 4]! << 3) | (stream[offset + 5]! >> 5);
    frames.push(stream.subarray(offset + header, offset + length));
    offset += length;
  }
  return frames;
}
