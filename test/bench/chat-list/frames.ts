import {
  BUILT_IN_ROLES,
  type EventFrame,
  type MessageId,
  type ParticipantId,
  type RoleName,
  type RoomId,
  type RoomSnapshot,
  type WelcomeFrame,
} from '../../../src/protocol/index.ts';

const AUTHORS = 500;
const WORDS = 'what a wonderful evening from the front row, the light on this stage is something else tonight'.split(
  ' ',
);

function role(name: keyof typeof BUILT_IN_ROLES): RoomSnapshot['roles'][string] {
  const { publish, watch, permissions } = BUILT_IN_ROLES[name];
  return { name: name as RoleName, publish: [...publish], watch, permissions: [...permissions] };
}

/** The answer to hello: an audience of one, and no message yet. */
export function welcome(): WelcomeFrame {
  const at = Date.now();
  const participant = {
    id: 'self' as ParticipantId,
    name: 'Reader',
    role: 'audience' as RoleName,
    joinedAt: at,
    lost: false,
  };
  const snapshot: RoomSnapshot = {
    room: { id: 'bench' as RoomId, title: 'Bench', createdAt: at },
    roles: { host: role('host'), viewer: role('viewer'), audience: role('audience') },
    self: { participant, permissions: ['chat.send'] },
    participants: [participant],
    counts: { audience: AUTHORS },
    roleOffers: [],
    streams: [],
    spotlight: null,
    activeSpeaker: null,
    broadcast: null,
    chat: { total: 0, messages: [] },
  };
  return {
    type: 'welcome',
    version: 1,
    sessionKey: 'bench',
    participantId: participant.id,
    at,
    seq: 0,
    resumed: false,
    snapshot,
    tokenExpiresAt: null,
  };
}

/** The message at `index` of the history: another author each time, of one word or of several lines. */
export function chatEvent(index: number): EventFrame<'chatSent'> {
  const author = (index * 7) % AUTHORS;
  const length = 1 + ((index * 13) % 37);
  const text = Array.from({ length }, (_, place) => WORDS[(index + place) % WORDS.length]).join(' ');
  const at = Date.now();
  return {
    type: 'event',
    seq: index + 1,
    at,
    name: 'chatSent',
    data: {
      message: {
        id: `m-${index}-0123456789abcdef` as MessageId,
        index,
        author: {
          id: `viewer-${author}` as ParticipantId,
          name: `Viewer ${author}`,
          role: (index % 50 === 0 ? 'host' : 'viewer') as RoleName,
        },
        text,
        sentAt: at,
        deleted: false,
      },
    },
  };
}
