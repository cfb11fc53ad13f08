import type { EndedRecording } from './recording-listener.ts';
import { offsetOf } from './recording-timeline.ts';

/** Where a chapter begins, on the programme's clock. */
export interface ChapterMark {
  readonly startedAt: number;
  readonly title: string;
}

/** WebVTT chapters: by the marks there are, else one for each stretch between two breaks. */
export function writeChapters({ spans, durationMs, chapters }: EndedRecording): string {
  const marked = chapters.map(({ startedAt, title }) => ({ from: offsetOf(spans, startedAt), title }));
  const parts = spans.map(({ offset }, index) => ({ from: offset, title: `${index + 1}` }));
  const cues = (marked.length > 0 ? marked : parts).toSorted((one, other) => one.from - other.from);
  const lines = cues.map(({ from, title }, index) => {
    const to = cues[index + 1]?.from ?? durationMs;
    return `${writeTime(from)} --> ${writeTime(Math.max(to, from))}\n${escapeCue(title)}\n`;
  });
  return `WEBVTT\n\n${lines.join('\n')}`;
}

/** As WebVTT writes a time. */
export function writeTime(ms: number): string {
  const pad = (value: number, length = 2) => String(Math.floor(value)).padStart(length, '0');
  return `${pad(ms / 3_600_000)}:${pad((ms / 60_000) % 60)}:${pad((ms / 1_000) % 60)}.${pad(ms % 1_000, 3)}`;
}

/** One line of plain text (WebVTT, 3.5). */
export function escapeCue(title: string): string {
  return title.replaceAll(/\s+/g, ' ').trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
