import type { Clock } from '../../../rooms/clock.ts';
import type { CuttingLimits } from '../packager-options.ts';
import type { Part, Section, Segment, SegmentOutput, TrackName } from '../segment.ts';
import { BandwidthMeter } from './bandwidth-meter.ts';
import { Changes } from './changes.ts';
import type { Mark } from './mark.ts';
import { MediaPlaylist, type PlaylistKind } from './media-playlist.ts';
import { multivariantPlaylist } from './multivariant-playlist.ts';
import { RenderedPlaylist } from './rendered-playlist.ts';

interface PlaylistPairOptions {
  readonly kind: PlaylistKind;
  readonly limits: CuttingLimits;
  readonly firstSequence: number;
  readonly clock: Clock;
}

const OTHER = { video: 'audio', audio: 'video' } as const;

/** The playlists of picture and sound of one stream, and the one above them. */
export class PlaylistPair implements SegmentOutput {
  readonly changes: Changes;
  readonly #playlists: Readonly<Record<TrackName, MediaPlaylist>>;
  readonly #meters = { video: new BandwidthMeter(), audio: new BandwidthMeter() };
  readonly #texts = new Map<string, { readonly version: number; readonly text: RenderedPlaylist }>();
  #section: Section | null = null;
  #nextParts: (() => Readonly<Record<TrackName, string>>) | null = null;
  #version = 0;
  #frameRate = 30;

  constructor({ kind, limits, firstSequence, clock }: PlaylistPairOptions) {
    this.changes = new Changes(clock);
    this.#playlists = {
      video: new MediaPlaylist({ track: 'video', kind, limits, firstSequence }),
      audio: new MediaPlaylist({ track: 'audio', kind, limits, firstSequence }),
    };
  }

  /** Both tracks have something to play. */
  get isPlayable(): boolean {
    return this.#playlists.video.isPlayable && this.#playlists.audio.isPlayable;
  }

  /** Whether that part has been announced as the next one. */
  expects(path: string): boolean {
    const next = this.#nextParts?.();
    return next !== undefined && (next.video === path || next.audio === path);
  }

  get hasEnded(): boolean {
    return this.#playlists.video.hasEnded;
  }

  playlist(track: TrackName): Pick<MediaPlaylist, 'has' | 'openSequence' | 'position' | 'hasEnded' | 'firstSequence'> {
    return this.#playlists[track];
  }

  /** Tells what each track is to have next; `null` while nothing is coming. */
  expect(nextParts: (() => Readonly<Record<TrackName, string>>) | null): void {
    this.#nextParts = nextParts;
    this.#changed();
  }

  set frameRate(value: number) {
    this.#frameRate = value;
  }

  sectionBegan(section: Section): void {
    this.#section = section;
  }

  segmentBegan(segment: Segment): void {
    this.#playlists[segment.track].begin(segment);
    this.#meters[segment.track].begin(segment);
  }

  partAdded(_segment: Segment, _part: Part): void {
    this.#changed();
  }

  segmentCompleted(segment: Segment): void {
    this.#playlists[segment.track].trim();
    this.#meters[segment.track].complete(segment);
    this.#changed();
  }

  /** In both playlists alike; `false` where a mark of that id says otherwise. */
  mark(mark: Mark): boolean {
    const isTaken = this.#playlists.video.mark(mark) && this.#playlists.audio.mark(mark);
    if (isTaken) this.#changed();
    return isTaken;
  }

  markGap({ track, path }: Segment): void {
    this.#playlists[track].markGap(path);
    this.#changed();
  }

  end(): void {
    this.#playlists.video.end();
    this.#playlists.audio.end();
    this.#changed();
  }

  renderMedia(track: TrackName, skip: boolean): RenderedPlaylist {
    const key = `${track} ${skip}`;
    const known = this.#texts.get(key);
    if (known?.version === this.#version) return known.text;
    const other = OTHER[track];
    const text = new RenderedPlaylist(
      this.#playlists[track].render({
        skip,
        nextPart: this.#nextParts?.()[track] ?? null,
        other: { uri: `${other}.m3u8`, position: this.#playlists[other].position },
      }),
    );
    this.#texts.set(key, { version: this.#version, text });
    return text;
  }

  /** `folder`: where the media playlists stand, seen from this one. `null` before there is anything. */
  renderMultivariant(folder: string): string | null {
    if (this.#section === null || !this.isPlayable) return null;
    const { tracks, audioOnly } = this.#section;
    const { video, audio } = tracks;
    if (video.kind !== 'video' || audio.kind !== 'audio') return null;
    return multivariantPlaylist({
      video: audioOnly
        ? null
        : {
            track: video,
            bandwidth: this.#meters.video.measure(),
            frameRate: this.#frameRate,
            uri: `${folder}/video.m3u8`,
          },
      audio: { track: audio, bandwidth: this.#meters.audio.measure(), uri: `${folder}/audio.m3u8` },
    });
  }

  #changed(): void {
    this.#version += 1;
    this.changes.notify();
  }
}
