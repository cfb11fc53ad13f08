import type { Clock } from '../../../rooms/clock.ts';
import { rungSize, type Ladder, type RungName } from '../../ladder.ts';
import type { NextParts } from '../packager.ts';
import type { CuttingLimits } from '../packager-options.ts';
import type { Part, RenditionName, Section, Segment, SegmentOutput } from '../segment.ts';
import { BandwidthMeter } from './bandwidth-meter.ts';
import { Changes } from './changes.ts';
import type { Mark } from './mark.ts';
import { MediaPlaylist, type PlaylistKind } from './media-playlist.ts';
import { multivariantPlaylist, type Bandwidth, type PictureTrack } from './multivariant-playlist.ts';
import { RenderedPlaylist } from './rendered-playlist.ts';

interface PlaylistPairOptions {
  readonly kind: PlaylistKind;
  readonly limits: CuttingLimits;
  readonly firstSequence: number;
  readonly clock: Clock;
  /** The picture's renditions as they will be: whoever comes before the first picture is to know them too. */
  readonly ladder?: Ladder;
}

interface Rendition {
  readonly playlist: MediaPlaylist;
  readonly meter: BandwidthMeter;
}

type ReadablePlaylist = Pick<MediaPlaylist, 'has' | 'openSequence' | 'position' | 'hasEnded' | 'firstSequence'>;

/**
 * The playlists of picture and sound of one stream, and the one above them. There are those of smaller renditions all
 * along: while nothing smaller is encoded they show the largest, so that who plays one of them goes on playing.
 */
export class PlaylistPair implements SegmentOutput {
  readonly changes: Changes;
  readonly #renditions: ReadonlyMap<RenditionName, Rendition>;
  readonly #texts = new Map<string, { readonly version: number; readonly text: RenderedPlaylist }>();
  readonly #rungNames: readonly RungName[];
  /** What is offered beside the largest. */
  #offered: readonly RungName[];
  #bitrates: Section['bitrates'];
  #section: Section | null = null;
  #nextParts: (() => NextParts) | null = null;
  #version = 0;
  #frameRate = 30;

  constructor({ kind, limits, firstSequence, clock, ladder }: PlaylistPairOptions) {
    const { bitrate: video = 0, rungs = [] } = ladder ?? {};
    this.changes = new Changes(clock);
    this.#rungNames = rungs.map(({ name }) => name);
    this.#offered = this.#rungNames;
    this.#bitrates = { video, ...Object.fromEntries(rungs.map(({ name, bitrate }) => [name, bitrate])) };
    const names: readonly RenditionName[] = ['video', ...this.#rungNames, 'audio'];
    this.#renditions = new Map(
      names.map((track) => [
        track,
        { playlist: new MediaPlaylist({ track, kind, limits, firstSequence }), meter: new BandwidthMeter() },
      ]),
    );
  }

  /** Every rendition has something to play. */
  get isPlayable(): boolean {
    return this.#playlists.every(({ isPlayable }) => isPlayable);
  }

  /** Whether that part has been announced as the next one. */
  expects(path: string): boolean {
    return Object.values(this.#nextParts?.() ?? {}).includes(path);
  }

  get hasEnded(): boolean {
    return this.#of('video').playlist.hasEnded;
  }

  has(name: RenditionName): boolean {
    return this.#renditions.has(name);
  }

  /** Throws a `RangeError` for a rendition that is none of this stream. */
  playlist(name: RenditionName): ReadablePlaylist {
    return this.#of(name).playlist;
  }

  /** Tells what each rendition is to have next; `null` while nothing is coming. */
  expect(nextParts: (() => NextParts) | null): void {
    this.#nextParts = nextParts;
    this.#changed();
  }

  set frameRate(value: number) {
    this.#frameRate = value;
  }

  sectionBegan(section: Section): void {
    this.#section = section;
    for (const name of this.#rungNames) {
      const { playlist, meter } = this.#of(name);
      playlist.catchUp(this.#of('video').playlist);
      // It may have shown the largest so far.
      meter.reset();
    }
    const encoded = this.#rungNames.filter((name) => section.tracks[name] !== undefined);
    if (encoded.length === 0) return;
    this.#offered = encoded;
    this.#bitrates = section.bitrates;
  }

  segmentBegan(segment: Segment): void {
    for (const { playlist, meter } of this.#showing(segment)) {
      playlist.begin(segment);
      meter.begin(segment);
    }
  }

  partAdded({ track }: Segment, _part: Part): void {
    if (this.#renditions.has(track)) this.#changed();
  }

  segmentCompleted(segment: Segment): void {
    for (const { playlist, meter } of this.#showing(segment)) {
      playlist.trim();
      meter.complete(segment);
    }
    this.#changed();
  }

  /** In all playlists alike; `false` where a mark of that id says otherwise. */
  mark(mark: Mark): boolean {
    const isTaken = this.#playlists.every((playlist) => playlist.mark(mark));
    if (isTaken) this.#changed();
    return isTaken;
  }

  markGap({ track, path }: Segment): void {
    this.#renditions.get(track)?.playlist.markGap(path);
    this.#changed();
  }

  end(): void {
    for (const playlist of this.#playlists) playlist.end();
    this.#changed();
  }

  renderMedia(name: RenditionName, skip: boolean): RenderedPlaylist {
    const key = `${name} ${skip}`;
    const known = this.#texts.get(key);
    if (known?.version === this.#version) return known.text;
    const others = [...this.#renditions].filter(([other]) => other !== name);
    const text = new RenderedPlaylist(
      this.#of(name).playlist.render({
        skip,
        nextPart: this.#nextParts?.()[name] ?? null,
        others: others.map(([other, { playlist }]) => ({ uri: `${other}.m3u8`, position: playlist.position })),
      }),
    );
    this.#texts.set(key, { version: this.#version, text });
    return text;
  }

  /** `folder`: where the media playlists stand, seen from this one; `languages`: of captions. `null` before there is anything. */
  renderMultivariant(folder: string, languages: readonly string[] = []): string | null {
    if (this.#section === null || !this.isPlayable) return null;
    const { tracks, audioOnly } = this.#section;
    const { video, audio } = tracks;
    if (video.kind !== 'video' || audio.kind !== 'audio') return null;
    const pictures: readonly (readonly [RenditionName, PictureTrack])[] = audioOnly
      ? []
      : [
          ['video', video],
          // What shows the largest is called smaller, as it will be again.
          ...this.#offered.map((name) => [name, tracks[name] ?? { ...video, ...rungSize(name, video) }] as const),
        ];
    return multivariantPlaylist({
      videos: pictures.map(([name, track]) => ({
        track,
        bandwidth: this.#measure(name),
        frameRate: this.#frameRate,
        uri: `${folder}/${name}.m3u8`,
      })),
      audio: { track: audio, bandwidth: this.#measure('audio'), uri: `${folder}/audio.m3u8` },
      captions: languages.map((language) => ({ language, uri: `${folder}/captions-${language}.m3u8` })),
    });
  }

  /** Where a player has a choice, not less than will come: it reads this once, and the slate takes next to nothing. */
  #measure(name: RenditionName): Bandwidth {
    const { peak, average } = this.#of(name).meter.measure();
    const wanted = this.#offered.length > 0 ? (this.#bitrates[name] ?? 0) : 0;
    return { peak: Math.max(peak, wanted), average: Math.max(average, wanted) };
  }

  /** The renditions that a segment belongs to. */
  #showing({ track, section }: Segment): readonly Rendition[] {
    const missing = track === 'video' ? this.#rungNames.filter((name) => section.tracks[name] === undefined) : [];
    return [track, ...missing].flatMap((name) => this.#renditions.get(name) ?? []);
  }

  get #playlists(): readonly MediaPlaylist[] {
    return [...this.#renditions.values()].map(({ playlist }) => playlist);
  }

  #of(name: RenditionName): Rendition {
    const rendition = this.#renditions.get(name);
    if (rendition === undefined) throw new RangeError(`There is no rendition ${name}`);
    return rendition;
  }

  #changed(): void {
    this.#version += 1;
    this.changes.notify();
  }
}
