import * as v from 'valibot';
import { messageId } from './identifiers.ts';

/** Where an overlay lies, from the bottom up. Of each there is one at a time. */
export const OVERLAY_LAYERS = ['logo', 'corner', 'ticker', 'lowerThird', 'slate'] as const;
export type OverlayLayer = (typeof OVERLAY_LAYERS)[number];

/** Most cues of a room. */
export const MAXIMUM_CUES = 100;

const identifier = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.:-]{1,64}$/));
export const cueId = v.pipe(identifier, v.brand('CueId'));
export const overlayId = v.pipe(identifier, v.brand('OverlayId'));
export type CueId = v.InferOutput<typeof cueId>;
export type OverlayId = v.InferOutput<typeof overlayId>;

const words = (maximum: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maximum));
const perhapsWords = (maximum: number) => v.pipe(v.string(), v.trim(), v.maxLength(maximum));

/** People may be led there: `https:` or `http:`, and no name or password in it ([O5]). */
const SAFE_LINK = /^https?:\/\/[^\s/?#@\\]+(?:[/?#][^\s\\]*)?$/i;
/** The same, or a path on the server's own origin. */
const SAFE_PICTURE = /^(?:https?:\/\/[^\s/?#@\\]+(?:[/?#][^\s\\]*)?|\/(?![/\\])[^\s\\]*)$/i;

const link = v.pipe(v.string(), v.trim(), v.maxLength(500), v.url(), v.regex(SAFE_LINK));
const picture = v.pipe(v.string(), v.trim(), v.maxLength(500), v.regex(SAFE_PICTURE));

/** When something begins: at a moment of the server's time, or so long after it is taken. Both `null`: nobody says. */
const begins = {
  at: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15))),
  afterMs: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1_000), v.maxValue(24 * 3_600_000))),
};

export const overlayContent = v.variant('kind', [
  /** Who speaks, and what they are. */
  v.object({ kind: v.literal('lowerThird'), title: words(80), subtitle: perhapsWords(120) }),
  /** What somebody wrote, put on screen. It goes with the message of the chat that it quotes ([O6]). */
  v.object({
    kind: v.literal('message'),
    from: v.picklist(['chat', 'question']),
    author: words(80),
    text: words(500),
    messageId: v.nullable(messageId),
  }),
  /** Results of a poll as they stood when they were handed over. */
  v.object({
    kind: v.literal('poll'),
    question: words(200),
    options: v.pipe(
      v.array(v.object({ label: words(100), votes: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
      v.minLength(1),
      v.maxLength(10),
    ),
  }),
  /** A button that leads somewhere. */
  v.object({ kind: v.literal('link'), text: perhapsWords(120), label: words(40), url: link }),
  /** The whole picture. */
  v.object({
    kind: v.literal('slate'),
    slate: v.picklist(['startingSoon', 'break', 'ended']),
    title: words(80),
    text: perhapsWords(200),
    ...begins,
  }),
  v.object({ kind: v.literal('countdown'), title: words(80), ...begins }),
  v.object({ kind: v.literal('qrCode'), title: perhapsWords(80), url: link }),
  v.object({
    kind: v.literal('ticker'),
    items: v.pipe(v.array(words(200)), v.minLength(1), v.maxLength(20)),
  }),
  v.object({ kind: v.literal('logo'), url: picture, name: words(80) }),
]);
export type OverlayContent = v.InferOutput<typeof overlayContent>;
export type OverlayKind = OverlayContent['kind'];

/** The layer that each kind takes. */
export const OVERLAY_LAYER_OF: Readonly<Record<OverlayKind, OverlayLayer>> = {
  lowerThird: 'lowerThird',
  message: 'lowerThird',
  poll: 'lowerThird',
  link: 'lowerThird',
  slate: 'slate',
  countdown: 'corner',
  qrCode: 'corner',
  ticker: 'ticker',
  logo: 'logo',
};

/** How long it stays by itself; `null` until it is cleared. Milliseconds. */
const staysMs = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1_000), v.maxValue(24 * 3_600_000)));

/** One line of the run of show. */
export const overlayCue = v.object({
  id: cueId,
  /** A word to the producers, shown to nobody else. */
  note: perhapsWords(80),
  content: overlayContent,
  staysMs,
});
export type OverlayCue = v.InferOutput<typeof overlayCue>;

/** What is on screen. */
export const liveOverlay = v.object({
  id: overlayId,
  /** The cue that was taken; `null` for what was never one. */
  cueId: v.nullable(cueId),
  layer: v.picklist(OVERLAY_LAYERS),
  /** A countdown that was to run from its taking has its moment in `at`. */
  content: overlayContent,
  /** Server time. Milliseconds since the epoch. */
  takenAt: v.number(),
  /** When it goes by itself; `null` for when it is cleared. Milliseconds since the epoch. */
  clearsAt: v.nullable(v.number()),
});
export type LiveOverlay = v.InferOutput<typeof liveOverlay>;

export const runOfShow = v.object({
  cues: v.array(overlayCue),
  /** The last cue that was taken; the next is the one after it. */
  current: v.nullable(cueId),
});
export type RunOfShow = v.InferOutput<typeof runOfShow>;

/** Grows with every change of what is on screen or in the run of show, across restarts ([O2]). */
const revision = v.number();

export const overlayState = v.object({
  revision,
  live: v.array(liveOverlay),
  /** `null` for who may not control it ([O3]). */
  runOfShow: v.nullable(runOfShow),
});
export type OverlayState = v.InferOutput<typeof overlayState>;

export const overlayRequests = {
  /** What is on screen; to producers the run of show too. */
  getOverlays: { data: v.object({}), reply: overlayState },
  /** Puts a cue before another, or at the end; one that is there already is replaced and moved only if `before` is said. */
  saveCue: { data: v.object({ cue: overlayCue, before: v.optional(v.nullable(cueId)) }), reply: v.object({}) },
  /** Moves a cue before another, or with `null` to the end. */
  moveCue: { data: v.object({ cueId, before: v.nullable(cueId) }), reply: v.object({}) },
  /** What is on screen of it stays there. */
  removeCue: { data: v.object({ cueId }), reply: v.object({}) },
  /** Shows a cue, in place of what its layer shows. */
  takeCue: { data: v.object({ cueId }), reply: v.object({}) },
  /** The same for what is no cue. */
  takeOverlay: { data: v.object({ content: overlayContent, staysMs }), reply: v.object({}) },
  /** Empties a layer, or with `null` all. */
  clearOverlays: { data: v.object({ layer: v.nullable(v.picklist(OVERLAY_LAYERS)) }), reply: v.object({}) },
} as const;

export const overlayEvents = {
  overlayTaken: v.object({ revision, overlay: liveOverlay }),
  overlaysCleared: v.object({ revision, overlayIds: v.array(overlayId), clearedAt: v.number() }),
} as const;

export const overlaySignals = {
  /** To producers alone ([O3]). */
  runOfShowChanged: v.object({ revision, runOfShow }),
} as const;
