/** Sources a participant can publish. A stream is one of these, live. */
export const SOURCES = ['camera', 'microphone', 'screen', 'screenAudio'] as const;
export type Source = (typeof SOURCES)[number];

/** The voice of one who talks to people backstage: no role publishes it, and nobody on stage or before it hears it ([Z6]). */
export const TALKBACK = 'talkback';
/** Whatever is sent to the SFU. */
export type SentSource = Source | typeof TALKBACK;

export const PERMISSIONS = [
  'chat.send',
  'chat.direct',
  'chat.moderate',
  'reaction.send',
  'poll.vote',
  'poll.manage',
  'question.ask',
  'question.moderate',
  'gift.send',
  'gift.manage',
  'hand.raise',
  'hand.manage',
  'breakout.manage',
  'overlay.control',
  'caption.send',
  'participant.list',
  'participant.changeRole',
  'participant.remove',
  'participant.mute',
  'stage.arrange',
  'broadcast.control',
  'room.end',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** How a role sees the programme. */
export const WATCH_MODES = ['webrtc', 'hls', 'none'] as const;
export type WatchMode = (typeof WATCH_MODES)[number];

/** A role is data: a room template may name its own beside or instead of these. */
export interface RoleDefinition {
  readonly name: string;
  /** What the role may publish; a role that publishes nothing is never on stage. */
  readonly publish: readonly Source[];
  readonly watch: WatchMode;
  readonly permissions: readonly Permission[];
}

const everyone = [
  'chat.send',
  'reaction.send',
  'poll.vote',
  'question.ask',
  'gift.send',
  'hand.raise',
  'participant.list',
] as const satisfies readonly Permission[];

/** How each of the built-in roles sees the programme. */
export const BUILT_IN_WATCH = {
  host: 'webrtc',
  producer: 'webrtc',
  guest: 'webrtc',
  viewer: 'webrtc',
  audience: 'hls',
} as const satisfies Record<string, WatchMode>;

/** The built-in roles. */
export const BUILT_IN_ROLES = {
  host: { name: 'host', publish: SOURCES, watch: BUILT_IN_WATCH.host, permissions: PERMISSIONS },
  producer: {
    name: 'producer',
    publish: [],
    watch: BUILT_IN_WATCH.producer,
    permissions: [
      ...everyone,
      'chat.direct',
      'chat.moderate',
      'poll.manage',
      'question.moderate',
      'gift.manage',
      'hand.manage',
      'breakout.manage',
      'overlay.control',
      'caption.send',
      'participant.changeRole',
      'participant.remove',
      'participant.mute',
      'stage.arrange',
      'broadcast.control',
    ],
  },
  guest: {
    name: 'guest',
    publish: ['camera', 'microphone'],
    watch: BUILT_IN_WATCH.guest,
    permissions: [...everyone, 'chat.direct'],
  },
  viewer: { name: 'viewer', publish: [], watch: BUILT_IN_WATCH.viewer, permissions: everyone },
  audience: { name: 'audience', publish: [], watch: BUILT_IN_WATCH.audience, permissions: everyone },
} as const satisfies Record<BuiltInRole, RoleDefinition>;

export type BuiltInRole = keyof typeof BUILT_IN_WATCH;

/** Roles that are announced one by one to the whole room; the rest are counted, and listed by page ([N3]). */
export function isAnnounced(role: RoleDefinition): boolean {
  return (
    role.publish.length > 0 || role.permissions.some((permission) => !everyone.some((name) => name === permission))
  );
}
