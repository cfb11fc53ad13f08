import { nameLanguage } from '../../captions/language-name.ts';
import type { AudioTrack, VideoTrack } from '../mp4/track.ts';
import { attributes, quoted } from './playlist-text.ts';

/** Bits a second. */
export interface Bandwidth {
  readonly peak: number;
  readonly average: number;
}

/** What a player is told of a picture. */
export type PictureTrack = Pick<VideoTrack, 'codec' | 'width' | 'height'>;

/** Captions in one language. */
export interface CaptionRendition {
  readonly language: string;
  readonly uri: string;
}

export interface MultivariantOptions {
  /** Of the picture, from large to small. */
  readonly videos: readonly {
    readonly track: PictureTrack;
    readonly bandwidth: Bandwidth;
    readonly frameRate: number;
    readonly uri: string;
  }[];
  readonly audio: { readonly track: AudioTrack; readonly bandwidth: Bandwidth; readonly uri: string };
  readonly captions?: readonly CaptionRendition[];
}

const SOUND = 'sound';
const CAPTIONS = 'captions';

/** The multivariant playlist: the picture in each size with sound, and the sound alone for who wants no more. */
export function multivariantPlaylist({ videos, audio, captions = [] }: MultivariantOptions): string {
  const withCaptions = captions.length === 0 ? {} : { SUBTITLES: quoted(CAPTIONS) };
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MEDIA:${attributes({
      TYPE: 'AUDIO',
      'GROUP-ID': quoted(SOUND),
      NAME: quoted('Programme'),
      DEFAULT: 'YES',
      AUTOSELECT: 'YES',
      CHANNELS: quoted(String(audio.track.channels)),
      URI: quoted(audio.uri),
    })}`,
  ];
  for (const { language, uri } of captions) {
    lines.push(
      `#EXT-X-MEDIA:${attributes({
        TYPE: 'SUBTITLES',
        'GROUP-ID': quoted(CAPTIONS),
        NAME: quoted(nameLanguage(language)),
        LANGUAGE: quoted(language),
        DEFAULT: 'NO',
        AUTOSELECT: 'YES',
        FORCED: 'NO',
        CHARACTERISTICS: quoted('public.accessibility.transcribes-spoken-dialog'),
        URI: quoted(uri),
      })}`,
    );
  }
  for (const { track, bandwidth, frameRate, uri } of videos) {
    lines.push(
      `#EXT-X-STREAM-INF:${attributes({
        BANDWIDTH: bits(bandwidth.peak + audio.bandwidth.peak),
        'AVERAGE-BANDWIDTH': bits(bandwidth.average + audio.bandwidth.average),
        CODECS: quoted(`${track.codec},${audio.track.codec}`),
        RESOLUTION: `${track.width}x${track.height}`,
        'FRAME-RATE': frameRate.toFixed(3),
        AUDIO: quoted(SOUND),
        ...withCaptions,
      })}`,
      uri,
    );
  }
  lines.push(
    `#EXT-X-STREAM-INF:${attributes({
      BANDWIDTH: bits(audio.bandwidth.peak),
      'AVERAGE-BANDWIDTH': bits(audio.bandwidth.average),
      CODECS: quoted(audio.track.codec),
      AUDIO: quoted(SOUND),
      ...withCaptions,
    })}`,
    audio.uri,
  );
  return `${lines.join('\n')}\n`;
}

const bits = (value: number): string => String(Math.max(1, Math.ceil(value)));
