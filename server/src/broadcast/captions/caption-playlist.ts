const KEPT = /^#EXT(M3U|-X-(VERSION|TARGETDURATION|MEDIA-SEQUENCE|PLAYLIST-TYPE|DISCONTINUITY-SEQUENCE|ENDLIST)\b)/;
const OF_A_SEGMENT = /^#EXT(INF:|-X-(DISCONTINUITY$|PROGRAM-DATE-TIME:))/;
const OF_RELOADING = /^CAN-BLOCK-RELOAD|HOLD-BACK=/;

/**
 * The playlist of captions beside one of the picture: the same segments, numbers and discontinuities, without parts, since no
 * player reads captions by parts. What is said in a segment is known when it is complete.
 */
export function captionPlaylist(video: string, language: string): string {
  const lines: string[] = [];
  let pending: string[] = [];
  for (const line of video.split('\n')) {
    if (line.startsWith('#EXT-X-SERVER-CONTROL:')) {
      const [tag = '', list = ''] = line.split(/(?<=CONTROL):/);
      // Shaka Player refuses captions beside a picture in parts where they do not say how far from live parts are played.
      const kept = list.split(',').filter((attribute) => OF_RELOADING.test(attribute));
      lines.push(`${tag}:${kept.join(',')}`);
    } else if (OF_A_SEGMENT.test(line)) pending.push(line);
    else if (KEPT.test(line)) lines.push(line);
    else if (line !== '' && !line.startsWith('#')) {
      lines.push(...pending, line.replace(/(^|\/)video\/(\d+)\.m4s$/, `$1captions-${language}/$2.vtt`));
      pending = [];
    }
  }
  return `${lines.join('\n')}\n`;
}
