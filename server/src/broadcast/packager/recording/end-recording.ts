import type { EndedRecording, RecordingListener } from '../../recordings/recording-listener.ts';
import type { SegmentStorage } from '../../storage/segment-storage.ts';
import type { RecordedSpan } from '../../recordings/recording-timeline.ts';
import type { CaptionSource } from '../../captions/caption-source.ts';
import { writeRecordedCaptions } from '../../captions/recorded-captions.ts';
import { TRACK_NAMES } from '../segment.ts';
import type { StorageKeys } from '../storage-keys.ts';
import type { SegmentRecord } from './journal.ts';
import { completeRecording } from './complete-recording.ts';
import { finishRecording } from './finish-recording.ts';
import type { RecordedStream } from './recorded-playlists.ts';

interface EndingParts {
  readonly storage: SegmentStorage;
  readonly keys: StorageKeys;
  readonly listener: RecordingListener;
  readonly captions: CaptionSource;
  /** It was shown to nobody, and is not at the room's own address either. */
  readonly recordOnly: boolean;
}

/** Makes what was stored play, and tells so; `null` where nothing was. */
export async function endRecording({
  storage,
  keys,
  listener,
  captions,
  recordOnly,
}: EndingParts): Promise<RecordedStream | null> {
  const { recording } = keys;
  let languages: readonly string[] = [];
  const stream = await finishRecording(storage, keys, recordOnly, async (recorded) => {
    languages = await writeRecordedCaptions(storage, keys, recorded, captions);
  });
  if (stream === null) {
    await storage.remove(keys.unfinished);
    listener.dropped(recording);
    return null;
  }
  await listener.ended(recording, { ...summarize(stream), captions: languages });
  return stream;
}

/** Makes its MP4 and its poster, and tells so. */
export async function completeEnded({ storage, keys, listener }: EndingParts, stream: RecordedStream): Promise<void> {
  const files = await completeRecording(storage, keys, stream);
  await listener.completed(keys.recording, files);
}

/** Marks of this class begin a chapter, named by their attribute `X-TITLE`. */
const CHAPTER = 'chapter';

function summarize({ segments, marks }: RecordedStream): Omit<EndedRecording, 'captions'> {
  const shown = segments.video.length > 0 ? segments.video : segments.audio;
  const [first, last] = [shown[0], shown.at(-1)];
  const all = TRACK_NAMES.flatMap((track) => segments[track]).filter(({ isLost }) => !isLost);
  return {
    startedAt: Math.round(first?.startsAt ?? 0),
    endedAt: Math.round((last?.startsAt ?? 0) + (last?.duration ?? 0) * 1_000),
    durationMs: Math.round(shown.reduce((sum, { duration }) => sum + duration, 0) * 1_000),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    spans: joinSegments(shown),
    chapters: marks
      .filter((mark) => mark.class === CHAPTER)
      .map(({ id, startedAt, attributes }) => ({ startedAt, title: String(attributes?.['X-TITLE'] ?? id) })),
  };
}

function joinSegments(segments: readonly SegmentRecord[]): RecordedSpan[] {
  const spans: RecordedSpan[] = [];
  let offset = 0;
  let section: number | null = null;
  for (const segment of segments) {
    const durationMs = segment.duration * 1_000;
    const last = spans.at(-1);
    if (last !== undefined && segment.section === section)
      spans[spans.length - 1] = { ...last, durationMs: last.durationMs + durationMs };
    else spans.push({ startsAt: segment.startsAt, offset, durationMs });
    ({ section } = segment);
    offset += durationMs;
  }
  return spans;
}
