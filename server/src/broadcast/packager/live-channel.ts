import type { Clock } from '../../rooms/clock.ts';
import type { Ladder } from '../ladder.ts';
import { Packager, type Timeline } from './packager.ts';
import { cuttingLimits, type PackagerOptions } from './packager-options.ts';
import { PlaylistPair } from './playlists/playlist-pair.ts';
import { RecentFiles } from './recent-files.ts';
import type { SegmentOutput } from './segment.ts';
import { Slate } from './slate/slate-picture.ts';
import { playSlate } from './slate/slate-source.ts';

/** Seconds of the live window: what a delta update must keep, and as much again as is worth skipping. */
const LIVE_WINDOW = 20;
const SLATE_SEGMENTS_KEPT = 14;
/** The slate stops when nobody has asked for so long. */
const SLATE_IDLE_MS = 30_000;
const SLATE_HEAD_START_MS = 8_000;
/** Players give up on a stream that stands still: so long after an encoder has ended the slate takes its place. */
const OUTAGE_MS = 2_500;
/** Sequence numbers go on rising over a restart of the server: a segment is longer than a second. */
const SEQUENCE_EPOCH = Date.UTC(2026, 0, 1);

interface LiveChannelOptions {
  readonly clock: Clock;
  readonly options: PackagerOptions;
  /** The renditions that the picture may have. */
  readonly ladder: Ladder;
}

/** What a room's live address plays: the broadcast while there is one, else the slate, one stream all along. */
export class LiveChannel {
  readonly playlists: PlaylistPair;
  readonly timeline: Timeline = { position: 0 };
  readonly #options: LiveChannelOptions;
  #slate: { readonly files: RecentFiles; readonly stop: () => void } | null = null;
  /** Players may still ask for what the last slate showed. */
  #lastSlate: RecentFiles | null = null;
  #broadcast: object | null = null;
  #askedAt = 0;
  #forgetOutage: () => void = () => {};

  constructor(options: LiveChannelOptions) {
    const { clock, options: packaging, ladder } = options;
    this.#options = options;
    this.playlists = new PlaylistPair({
      kind: { type: 'live', window: LIVE_WINDOW },
      limits: cuttingLimits(packaging),
      firstSequence: Math.max(0, Math.floor((clock.now() - SEQUENCE_EPOCH) / 1_000)),
      clock,
      ladder,
    });
  }

  /** Neither a broadcast nor anyone who watches the slate. */
  get isIdle(): boolean {
    return this.#broadcast === null && this.#slate === null;
  }

  /** Somebody plays the channel: without a broadcast there is the slate. */
  watch(): void {
    this.#askedAt = this.#options.clock.now();
    if (this.#broadcast === null && this.#slate === null) this.#startSlate();
  }

  /** A file of the slate. */
  slateFile(path: string): Uint8Array | undefined {
    return this.#slate?.files.get(path) ?? this.#lastSlate?.get(path);
  }

  /** The broadcast takes the channel over when it has a first picture. */
  connect(packager: Pick<Packager, 'nextParts'>, handleFirstPicture: () => void): SegmentOutput {
    const { playlists } = this;
    const isOnAir = () => this.#broadcast === packager;
    return {
      sectionBegan: (section) => {
        this.#forgetOutage();
        if (!isOnAir()) {
          this.#stopSlate();
          this.#broadcast = packager;
          playlists.expect(() => packager.nextParts);
          handleFirstPicture();
        }
        playlists.sectionBegan(section);
      },
      segmentBegan: (segment) => isOnAir() && playlists.segmentBegan(segment),
      partAdded: (segment, part) => isOnAir() && playlists.partAdded(segment, part),
      segmentCompleted: (segment) => isOnAir() && playlists.segmentCompleted(segment),
    };
  }

  /** Its encoder has ended, which may be the end or a fault. */
  handleRunEnd(packager: Pick<Packager, 'nextParts'>): void {
    this.#forgetOutage();
    if (this.#broadcast !== packager) return;
    this.#forgetOutage = this.#options.clock.after(OUTAGE_MS, () => this.disconnect(packager));
  }

  /** The broadcast is over, or its encoder is away for long; whoever still watches sees the slate. */
  disconnect(packager: Pick<Packager, 'nextParts'>): void {
    this.#forgetOutage();
    if (this.#broadcast !== packager) return;
    this.#broadcast = null;
    this.playlists.expect(null);
    if (this.#options.clock.now() - this.#askedAt < SLATE_IDLE_MS) this.#startSlate();
  }

  close(): void {
    this.#forgetOutage();
    this.#stopSlate();
    this.playlists.changes.close();
  }

  #startSlate(): void {
    const { clock, options } = this.#options;
    const files = new RecentFiles(SLATE_SEGMENTS_KEPT);
    const folder = `slate-${clock.now().toString(36)}`;
    const outputs: readonly SegmentOutput[] = [files, this.playlists];
    const packager = new Packager({ folder, options, timeline: this.timeline, output: joinOutputs(outputs) });
    const slate = new Slate(options.partMs);
    this.playlists.frameRate = slate.format.frameRate;
    this.playlists.expect(() => packager.nextParts);
    // Nobody waits for the slate: at first it is as if it had been playing all the time.
    const headStartMs = this.playlists.isPlayable ? 0 : SLATE_HEAD_START_MS;
    const stopPlaying = playSlate(slate, packager, clock, headStartMs);
    const stopWatching = clock.every(SLATE_IDLE_MS / 2, () => {
      if (clock.now() - this.#askedAt >= SLATE_IDLE_MS) this.#stopSlate();
    });
    const stop = () => {
      stopPlaying();
      stopWatching();
      this.playlists.expect(null);
    };
    this.#slate = { files, stop };
  }

  #stopSlate(): void {
    this.#slate?.stop();
    this.#lastSlate = this.#slate?.files ?? this.#lastSlate;
    this.#slate = null;
  }
}

/** Several takers as one, told in their order. */
export function joinOutputs(outputs: readonly SegmentOutput[]): SegmentOutput {
  return {
    sectionBegan: (section) => outputs.forEach((output) => output.sectionBegan(section)),
    segmentBegan: (segment) => outputs.forEach((output) => output.segmentBegan(segment)),
    partAdded: (segment, part) => outputs.forEach((output) => output.partAdded(segment, part)),
    segmentCompleted: (segment) => outputs.forEach((output) => output.segmentCompleted(segment)),
  };
}
