import { signal } from '@preact/signals-core';

/**
 * How the programme plays here.
 * `idle`: nothing plays it · `waiting`: there is none yet, and it begins by itself · `loading`: no frame yet ·
 * `playing` · `buffering`: it stalls, or the link broke · `paused` · `ended` · `failed`: it cannot be played here.
 */
export type ProgramState = 'idle' | 'waiting' | 'loading' | 'playing' | 'buffering' | 'paused' | 'ended' | 'failed';

/** Why it cannot be played. `unsupported`: not by this browser · `expired`: the address holds no more · `notFound` · `broken`: it is no programme. */
export type ProgramFailure = 'unsupported' | 'expired' | 'notFound' | 'broken';

/** Where the programme is; seconds on its own time line. */
export interface ProgramTimeline {
  /** It goes on while it is watched. */
  readonly live: boolean;
  readonly position: number;
  /** How far back one can go. */
  readonly start: number;
  /** The last moment there is; of a live one, where live playing would be. */
  readonly end: number;
  /** Plays where live is. */
  readonly atLive: boolean;
}

export interface ProgramLevel {
  readonly id: string;
  /** Lines of the picture; 0 for sound alone. */
  readonly height: number;
  /** Bits a second. */
  readonly bitrate: number;
}

export interface ProgramCaption {
  readonly id: string;
  readonly label: string;
  /** As in BCP 47; may be empty. */
  readonly language: string;
}

/** What there is to choose from. */
export interface ProgramTracks {
  readonly levels: readonly ProgramLevel[];
  /** The chosen level; `null` lets the link decide. */
  readonly level: string | null;
  /** The level that plays. */
  readonly playing: string | null;
  readonly captions: readonly ProgramCaption[];
  readonly caption: string | null;
}

/** What may be asked of the programme. */
export type ProgramCommand =
  | { readonly type: 'play' | 'pause' | 'goLive' | 'retry' }
  /** `position`: seconds on the time line; beyond its ends it stays there. */
  | { readonly type: 'seek'; readonly position: number }
  /** `id`: `null` lets the link decide. */
  | { readonly type: 'chooseLevel'; readonly id: string | null }
  /** `id`: `null` for none. */
  | { readonly type: 'chooseCaption'; readonly id: string | null };

/** What a player shows. `stage`: the streams of the room · `program`: the broadcast, or a recording. */
export type Showing = 'stage' | 'program';

export const NO_TRACKS: ProgramTracks = { levels: [], level: null, playing: null, captions: [], caption: null };

/** The picture and the sound of the room as they play here. */
export function createPlaybackSlice() {
  return {
    /** The browser refuses sound until the viewer touches the page. */
    blocked: signal(false),
    muted: signal(false),
    /** 0 to 1. */
    volume: signal(1),
    /** What is heard, and as a rule seen; `null` while no player shows anything. */
    showing: signal<Showing | null>(null),
    state: signal<ProgramState>('idle'),
    failure: signal<ProgramFailure | null>(null),
    timeline: signal<ProgramTimeline | null>(null),
    tracks: signal<ProgramTracks>(NO_TRACKS),
    /** The server's time at which what is seen now was made; milliseconds since the epoch, `null` where nobody says. */
    programTime: signal<number | null>(null),
    /** Seconds between that and its being seen; `null` where nobody says. */
    latency: signal<number | null>(null),
    /** Plays the address with rewind, in place of the live one. */
    rewinding: signal(false),
  };
}
export type PlaybackSlice = ReturnType<typeof createPlaybackSlice>;
