import type { RecordingRecord } from '../../store/recording-store.ts';

/** A recording as the site's back end sees it. */
export interface RecordingView extends Omit<RecordingRecord, 'hasFile' | 'hasPoster' | 'captions'> {
  readonly urls: RecordingUrls;
}

/** Paths on this server, or absolute behind a CDN; `null` for what is not there. */
export interface RecordingUrls {
  readonly playlist: string | null;
  readonly mp4: string | null;
  readonly poster: string | null;
  readonly chapters: string | null;
  /** To be shown beside the MP4, a file for each language that was spoken. */
  readonly captions: { readonly language: string; readonly url: string }[];
  readonly events: string | null;
  /** When signed addresses expire; `null` where they are not signed. Milliseconds since the epoch. */
  readonly expiresAt: number | null;
}

export function toRecordingView(
  { hasFile, hasPoster, captions, ...record }: RecordingRecord,
  { folder, expiresAt }: { readonly folder: string; readonly expiresAt: number | null },
): RecordingView {
  const file = (name: string, isThere: boolean) => (isThere ? folder + name : null);
  return {
    ...record,
    urls: {
      playlist: file('vod.m3u8', record.state === 'ready'),
      mp4: file('recording.mp4', hasFile),
      poster: file('poster.jpg', hasPoster),
      chapters: file('chapters.vtt', record.state === 'ready'),
      captions: captions.map((language) => ({ language, url: `${folder}captions-${language}.vtt` })),
      events: file('events.jsonl', record.state === 'ready'),
      expiresAt,
    },
  };
}
