import * as v from 'valibot';

/** Where a broadcast stands ([W2]). */
export const BROADCAST_STATES = [
  'HLS_STARTING',
  'HLS_STARTED',
  'HLS_PLAYABLE',
  'HLS_STOPPING',
  'HLS_STOPPED',
  'HLS_FAILED',
] as const;
export type BroadcastState = (typeof BROADCAST_STATES)[number];

/** Why a broadcast fails. Elements say it in the reader's words by code. */
export const BROADCAST_FAILURES = [
  /** The server has no browser that can draw the picture. */
  'browserMissing',
  /** The server has no ffmpeg, which makes the sound. */
  'audioEncoderMissing',
  /** The template page does not open, or does not say that it is ready. */
  'templateFailed',
  /** The browser refuses to capture its page, or to encode it. */
  'captureFailed',
  /** The composer's process ended by itself. */
  'composerCrashed',
  /** The composer runs, but no frame has come for a while. */
  'composerStalled',
  /** Playlists and segments cannot be written. */
  'outputFailed',
  /** The server went down while the broadcast was on. */
  'serverRestarted',
  /** This server is not set up to broadcast. */
  'notConfigured',
  'internal',
] as const;
export type BroadcastFailure = (typeof BROADCAST_FAILURES)[number];

/** Why a recording cannot be stored at the moment. What was stored before stays. */
export const RECORDING_FAILURES = [
  /** There is no room left on the disk, or in the bucket. */
  'storageFull',
  /** The storage does not let the server write. */
  'storageForbidden',
  /** The storage does not answer. */
  'storageUnreachable',
  'storageFailed',
  'internal',
] as const;
export type RecordingFailure = (typeof RECORDING_FAILURES)[number];

/** Most tiles that a page of the grid shows. */
export const LARGEST_GRID = 25;

export const broadcastLayout = v.object({
  type: v.picklist(['GRID', 'SPOTLIGHT', 'SIDEBAR']),
  /** Who takes the main place where nobody is in the room's spotlight. `PIN`: whoever is first on stage, however loud the others are. */
  priority: v.picklist(['SPEAKER', 'PIN']),
  /** Most tiles at once. 1 to 25. */
  gridSize: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_GRID)),
});
export type BroadcastLayout = v.InferOutput<typeof broadcastLayout>;

export const broadcastOptions = v.object({
  layout: broadcastLayout,
  theme: v.picklist(['DARK', 'LIGHT', 'DEFAULT']),
  mode: v.picklist(['video-and-audio', 'audio']),
  /** Size and bit rates: {@link BROADCAST_QUALITIES}. */
  quality: v.picklist(['low', 'med', 'high']),
  orientation: v.picklist(['landscape', 'portrait']),
  /** Records the stage and shows it to nobody: no playlist of it is served while it lasts ([W8]). */
  recordOnly: v.optional(v.boolean()),
  /** A page of the site's own in place of the built-in template. */
  templateUrl: v.optional(v.pipe(v.string(), v.maxLength(2_048), v.regex(/^https?:\/\/[^\s/?#]+\S*$/i))),
});
export type BroadcastOptions = v.InferOutput<typeof broadcastOptions>;

const layoutChange = v.partial(broadcastLayout);
/** What is not said is as in {@link DEFAULT_BROADCAST_OPTIONS}. */
export const broadcastOptionsInput = v.object({
  ...v.partial(broadcastOptions).entries,
  layout: v.optional(layoutChange),
});
export type BroadcastLayoutChange = v.InferOutput<typeof layoutChange>;
export type BroadcastOptionsInput = v.InferOutput<typeof broadcastOptionsInput>;

export const DEFAULT_BROADCAST_OPTIONS: BroadcastOptions = {
  layout: { type: 'GRID', priority: 'SPEAKER', gridSize: LARGEST_GRID },
  theme: 'DEFAULT',
  mode: 'video-and-audio',
  quality: 'med',
  orientation: 'landscape',
};

/** Landscape size in pixels (portrait is the same turned), frames a second, and bits a second. */
export const BROADCAST_QUALITIES = {
  low: { width: 640, height: 360, frameRate: 30, videoBitrate: 800_000, audioBitrate: 96_000 },
  med: { width: 1_280, height: 720, frameRate: 30, videoBitrate: 2_500_000, audioBitrate: 128_000 },
  high: { width: 1_920, height: 1_080, frameRate: 30, videoBitrate: 5_000_000, audioBitrate: 160_000 },
} as const;

/** Whether what is broadcast is stored too ([W7]). */
export const recordingStatus = v.object({
  /** `blocked`: the storage does not take it; it waits, and the broadcast goes on. */
  state: v.picklist(['recording', 'blocked']),
  reason: v.nullable(v.object({ code: v.picklist(RECORDING_FAILURES), message: v.string() })),
});
export type RecordingStatus = v.InferOutput<typeof recordingStatus>;

const broadcastUrls = v.object({
  /** Live alone. Absolute, or a path on this server ([W4]). */
  livestreamUrl: v.nullable(v.string()),
  /** From the beginning, with rewind; stays as a recording. */
  playbackHlsUrl: v.nullable(v.string()),
});

export const broadcastView = v.object({
  state: v.picklist(BROADCAST_STATES),
  ...broadcastUrls.entries,
  /** When the programme began; server time, milliseconds since the epoch. */
  startedAt: v.nullable(v.number()),
  reason: v.nullable(v.object({ code: v.picklist(BROADCAST_FAILURES), message: v.string() })),
  /** The server tries again by itself ([W3]). */
  retrying: v.boolean(),
  /** `null` while nothing is recorded. */
  recording: v.optional(v.nullable(recordingStatus)),
  options: broadcastOptions,
});
export type BroadcastView = v.InferOutput<typeof broadcastView>;

export const broadcastRequests = {
  /** Starts the broadcast; of one that is on it changes nothing ([W1]). */
  startBroadcast: { data: v.object({ options: v.optional(broadcastOptionsInput, {}) }), reply: v.object({}) },
  /** Stops it; where none is on it does nothing. */
  stopBroadcast: { data: v.object({}), reply: v.object({}) },
  /** Records without broadcasting; where a broadcast or a recording is on it changes nothing ([W8]). */
  startRecording: { data: v.object({ options: v.optional(broadcastOptionsInput, {}) }), reply: v.object({}) },
  /** Ends a recording without broadcast; where nothing is on it does nothing. */
  stopRecording: { data: v.object({}), reply: v.object({}) },
  /** Addresses for one whose signature has expired ([W9]). */
  renewBroadcastUrls: { data: v.object({}), reply: broadcastUrls },
  /** Arranges the picture anew, while live. */
  changeBroadcastLayout: { data: v.object({ layout: layoutChange }), reply: v.object({}) },
} as const;

export const broadcastEvents = {
  /** The whole view, each time. */
  broadcastChanged: v.object({ broadcast: broadcastView }),
} as const;

/** The options in full. */
export function completeBroadcastOptions(given: BroadcastOptionsInput): BroadcastOptions {
  const { layout, theme, mode, quality, orientation } = DEFAULT_BROADCAST_OPTIONS;
  const options = {
    layout: changeBroadcastLayout(layout, given.layout ?? {}),
    theme: given.theme ?? theme,
    mode: given.mode ?? mode,
    quality: given.quality ?? quality,
    orientation: given.orientation ?? orientation,
  };
  return {
    ...options,
    ...(given.templateUrl === undefined ? {} : { templateUrl: given.templateUrl }),
    ...(given.recordOnly === true ? { recordOnly: true } : {}),
  };
}

export function changeBroadcastLayout(layout: BroadcastLayout, change: BroadcastLayoutChange): BroadcastLayout {
  return {
    type: change.type ?? layout.type,
    priority: change.priority ?? layout.priority,
    gridSize: change.gridSize ?? layout.gridSize,
  };
}
