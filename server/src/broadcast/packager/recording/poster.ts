import { spawn } from 'node:child_process';
import { readWhole, type SegmentStorage } from '../../storage/segment-storage.ts';
import type { RecordedStream } from './recorded-playlists.ts';

const TIME_LIMIT_MS = 20_000;

/** A picture from a third of the way, by ffmpeg; `null` where there is none, or no picture. */
export async function createPoster(
  storage: SegmentStorage,
  folder: string,
  { sections, segments }: RecordedStream,
): Promise<Buffer | null> {
  const shown = segments.video.filter(({ section, isLost }) => !isLost && sections.get(section)?.audioOnly === false);
  const segment = shown[Math.floor(shown.length / 3)];
  if (segment === undefined) return null;
  const init = await readWhole(storage, `${folder}/${sections.get(segment.section)?.video.init}`);
  const media = await readWhole(storage, `${folder}/${segment.file}`);
  return init === null || media === null ? null : decodeFirstPicture(Buffer.concat([init, media]));
}

function decodeFirstPicture(movie: Buffer): Promise<Buffer | null> {
  const parameters = '-v error -i pipe:0 -frames:v 1 -q:v 4 -f image2pipe -c:v mjpeg pipe:1';
  return new Promise((resolve) => {
    const child = spawn('ffmpeg', parameters.split(' '), { stdio: ['pipe', 'pipe', 'ignore'], timeout: TIME_LIMIT_MS });
    const pieces: Buffer[] = [];
    child.on('error', () => resolve(null));
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.on('close', (code) => resolve(code === 0 && pieces.length > 0 ? Buffer.concat(pieces) : null));
    // ffmpeg stops reading once it has its picture.
    child.stdin.on('error', () => {});
    child.stdin.end(movie);
  });
}
