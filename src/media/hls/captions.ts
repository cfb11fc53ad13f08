import type Hls from 'hls.js';
import type { MediaPlaylist } from 'hls.js';
import type { HlsLibrary } from './load-hls.ts';

/** By marks of this class our broadcasts tell of captions in a language that nobody spoke before. */
const CLASS = 'ils.captions';

/** hls.js gives its tracks an address of `data:`, which a strict policy forbids; with one that is there already it makes none. */
export function bringCaptionTracks({ Events }: HlsLibrary, hls: Hls): void {
  hls.on(Events.SUBTITLE_TRACKS_UPDATED, (_, { subtitleTracks }) => {
    for (const track of subtitleTracks) {
      if (track.trackNode || hls.media === null) continue;
      const node = document.createElement('track');
      Object.assign(node, { kind: 'subtitles', label: track.name, srclang: track.lang ?? '' });
      node.track.mode = 'disabled';
      hls.media.append(node);
      track.trackNode = node;
    }
  });
}

/**
 * Offers captions that begin while one watches: players read the address that names them once. Where a mark tells of a language
 * that is not offered, it is read again, and what is new in it is added; the picture goes on.
 */
export function offerLaterCaptions(library: HlsLibrary, hls: Hls): void {
  const { Events } = library;
  const lookedFor = new Set<string>();
  let looks = 0;
  hls.on(Events.LEVEL_UPDATED, (_, { details: { dateRanges } }) => {
    const languages = Object.values(dateRanges).flatMap((range) =>
      range?.class === CLASS ? [range.attr['X-LANGUAGE']] : [],
    );
    const isNew = (language: string): boolean =>
      !lookedFor.has(language) && hls.allSubtitleTracks.every(({ lang }) => lang !== language);
    if (!languages.some(isNew)) return;
    for (const language of languages) lookedFor.add(language);
    looks += 1;
    readTracks(library, hls.url, (tracks) => addTracks(hls, tracks, `captions ${looks}`));
  });
}

/** By another instance that plays nothing. */
function readTracks(library: HlsLibrary, url: string | null, handleTracks: (tracks: MediaPlaylist[]) => void): void {
  if (url === null) return;
  const { Events } = library;
  const reader = new library({ autoStartLoad: false, enableWorker: false });
  reader.on(Events.MANIFEST_PARSED, (_, { subtitleTracks }) => {
    handleTracks(subtitleTracks);
    queueMicrotask(() => reader.destroy());
  });
  reader.on(Events.ERROR, (_, { fatal }) => {
    if (fatal) queueMicrotask(() => reader.destroy());
  });
  reader.loadSource(url);
}

/** hls.js looks through its tracks when a level has another group of them. */
function addTracks({ allSubtitleTracks, levels }: Hls, tracks: readonly MediaPlaylist[], groupId: string): void {
  const fresh = tracks.filter(({ lang }) => allSubtitleTracks.every((known) => known.lang !== lang));
  if (fresh.length === 0) return;
  allSubtitleTracks.push(...fresh.map((track) => ({ ...track, groupId })));
  for (const level of levels) level.addGroupId('text', groupId);
}
