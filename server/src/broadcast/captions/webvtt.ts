import { escapeCue, writeTime } from '../recordings/chapters.ts';
import type { Cue } from './cue.ts';

/** Times of cues are those of the media (RFC 8216bis, 3.1.4): the same cue says the same in every segment that it is in. */
const ON_MEDIA_TIME = 'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n';

/** A file that a player shows beside another. */
export function writeSubtitles(cues: readonly Cue[]): string {
  return `WEBVTT\n${writeCues(cues)}`;
}

/** A segment of HLS; its cues are on the clock of the media. */
export function writeSubtitleSegment(cues: readonly Cue[]): string {
  return `WEBVTT\n${ON_MEDIA_TIME}${writeCues(cues)}`;
}

function writeCues(cues: readonly Cue[]): string {
  return cues
    .toSorted((one, other) => one.from - other.from)
    .map(({ from, to, text, speaker }) => {
      const begin = Math.max(0, Math.round(from));
      const voice = speaker === null ? '' : `<v ${escapeCue(speaker)}>`;
      return `\n${writeTime(begin)} --> ${writeTime(Math.max(begin + 1, Math.round(to)))}\n${voice}${escapeCue(text)}\n`;
    })
    .join('');
}
