import * as v from 'valibot';
import { streamId, subscriptionId, transportId } from './identifiers.ts';
import { SOURCES, TALKBACK } from './roles.ts';

// The shapes are those of the SFU (ORTC-like). Each is bounded here, since a number out of range would reach native code.
const short = v.pipe(v.string(), v.maxLength(256));
const uint8 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295));
const codecValue = v.union([short, uint32, v.boolean()]);
const codecParameters = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)), codecValue),
  v.maxEntries(32),
);
const few = <const TItem extends v.GenericSchema>(item: TItem) => v.pipe(v.array(item), v.maxLength(32));
const mimeType = v.pipe(v.string(), v.regex(/^(audio|video)\/[A-Za-z0-9._-]{1,32}$/));
const rtcpFeedback = v.object({ type: short, parameter: v.optional(v.nullable(short)) });

const codec = {
  mimeType,
  clockRate: uint32,
  channels: v.optional(uint8),
  parameters: v.optional(codecParameters),
  rtcpFeedback: v.optional(few(rtcpFeedback)),
};

const encoding = v.object({
  ssrc: v.optional(uint32),
  rid: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,16}$/))),
  codecPayloadType: v.optional(uint8),
  rtx: v.optional(v.object({ ssrc: uint32 })),
  dtx: v.optional(v.boolean()),
  scalabilityMode: v.optional(v.pipe(v.string(), v.regex(/^[LS][1-9]T[1-9](_KEY(_SHIFT)?|h)?$/))),
  scaleResolutionDownBy: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(64))),
  maxBitrate: v.optional(uint32),
  maxFramerate: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(240))),
  active: v.optional(v.boolean()),
});

export const rtpParameters = v.object({
  mid: v.optional(v.pipe(v.string(), v.maxLength(32))),
  codecs: v.pipe(few(v.object({ ...codec, payloadType: uint8 })), v.minLength(1)),
  headerExtensions: v.optional(
    few(
      v.object({
        uri: short,
        id: uint8,
        encrypt: v.optional(v.boolean()),
        parameters: v.optional(codecParameters),
      }),
    ),
  ),
  encodings: v.optional(v.pipe(v.array(encoding), v.maxLength(8))),
  rtcp: v.optional(
    v.object({ cname: v.optional(short), reducedSize: v.optional(v.boolean()), mux: v.optional(v.boolean()) }),
  ),
  msid: v.optional(short),
});
export type RtpParametersView = v.InferOutput<typeof rtpParameters>;

export const rtpCapabilities = v.object({
  codecs: v.optional(
    v.pipe(
      v.array(
        v.object({
          ...codec,
          kind: v.picklist(['audio', 'video']),
          preferredPayloadType: v.optional(uint8),
        }),
      ),
      v.maxLength(64),
    ),
  ),
  headerExtensions: v.optional(
    v.pipe(
      v.array(
        v.object({
          kind: v.picklist(['audio', 'video']),
          uri: short,
          preferredId: uint8,
          preferredEncrypt: v.optional(v.boolean()),
          direction: v.optional(v.picklist(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
        }),
      ),
      v.maxLength(64),
    ),
  ),
});
export type RtpCapabilitiesView = v.InferOutput<typeof rtpCapabilities>;

export const dtlsParameters = v.object({
  role: v.optional(v.picklist(['auto', 'client', 'server'])),
  fingerprints: v.pipe(
    few(
      v.object({
        algorithm: v.picklist(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: v.pipe(v.string(), v.regex(/^[0-9A-Fa-f:]{1,200}$/)),
      }),
    ),
    v.minLength(1),
  ),
});
export type DtlsParametersView = v.InferOutput<typeof dtlsParameters>;

export const iceParameters = v.object({
  usernameFragment: v.string(),
  password: v.string(),
  iceLite: v.optional(v.boolean()),
});
export type IceParametersView = v.InferOutput<typeof iceParameters>;

export const iceCandidate = v.object({
  foundation: v.string(),
  priority: v.number(),
  address: v.string(),
  ip: v.string(),
  protocol: v.picklist(['udp', 'tcp']),
  port: v.number(),
  type: v.picklist(['host', 'srflx', 'prflx', 'relay']),
  tcpType: v.optional(v.picklist(['active', 'passive', 'so'])),
});

export const iceServer = v.object({
  urls: v.array(v.string()),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});
export type IceServerView = v.InferOutput<typeof iceServer>;

export const transportView = v.object({
  id: transportId,
  iceParameters,
  iceCandidates: v.array(iceCandidate),
  dtlsParameters,
  iceServers: v.array(iceServer),
});
export type TransportView = v.InferOutput<typeof transportView>;

export const mediaRequests = {
  /** What the SFU can receive; the same for the whole room. */
  getMediaCapabilities: { data: v.object({}), reply: v.object({ rtpCapabilities }) },
  /** At most one for each direction; a second one of the same direction replaces the first ([M1]). */
  openTransport: {
    data: v.object({ direction: v.picklist(['send', 'receive']) }),
    reply: v.object({ transport: transportView }),
  },
  connectTransport: { data: v.object({ transportId, dtlsParameters }), reply: v.object({}) },
  /** Restarts ICE after a change of network ([M4]). */
  restartTransport: { data: v.object({ transportId }), reply: v.object({ iceParameters }) },
  /** One stream for each source; allowed by the role's `publish` ([M2]), talkback by `hand.manage` ([Z6]). */
  publish: {
    data: v.object({
      transportId,
      source: v.picklist([...SOURCES, TALKBACK]),
      rtpParameters,
      muted: v.optional(v.boolean()),
    }),
    reply: v.object({ streamId }),
  },
  unpublish: { data: v.object({ streamId }), reply: v.object({}) },
  muteStream: { data: v.object({ streamId, muted: v.boolean() }), reply: v.object({}) },
  /** Starts paused ([M3]); `setSubscription` lets it flow once the receiver is ready. */
  subscribe: {
    data: v.object({ transportId, streamId, rtpCapabilities }),
    reply: v.object({ subscriptionId, kind: v.picklist(['audio', 'video']), rtpParameters }),
  },
  /** `spatialLayer` is the highest simulcast layer wanted, 0 the smallest. */
  setSubscription: {
    data: v.object({
      subscriptionId,
      paused: v.optional(v.boolean()),
      spatialLayer: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7))),
    }),
    reply: v.object({}),
  },
  unsubscribe: { data: v.object({ subscriptionId }), reply: v.object({}) },
} as const;

/** To one participant, about that participant's own media. */
export const mediaSignals = {
  subscriptionEnded: v.object({ subscriptionId, streamId }),
  /** The layer that flows now, or `null` when the link cannot carry even the smallest. */
  subscriptionLayerChanged: v.object({ subscriptionId, streamId, spatialLayer: v.nullable(v.number()) }),
  /** The SFU lost this participant's transports: open them again, publish and subscribe again ([M5]). */
  mediaReset: v.object({ directions: v.array(v.picklist(['send', 'receive'])) }),
} as const;
