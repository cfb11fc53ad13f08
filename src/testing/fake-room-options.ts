import type { FakeCaptionOptions } from './fake-captions.ts';
import type { FakeDirectMessage } from './fake-direct-chat.ts';
import type { FakeModerationDeskOptions } from './fake-moderation-desk.ts';
import type { FakeModerationOptions } from './fake-moderation.ts';
import type { FakeOverlaysOptions } from './fake-overlays.ts';
import type { FakePollsOptions } from './fake-polls.ts';
import type { FakeBreakoutsOptions } from './fake-breakouts.ts';
import type { FakeHandsOptions } from './fake-hands.ts';
import type { FakeQuestionsOptions } from './fake-questions.ts';
import type { FeatureName } from '../store/features.ts';
import type { FakeGift } from './fake-gifts.ts';
import type {
  BroadcastView,
  ErrorCode,
  GiftCatalogue,
  GiftGoalInput,
  Permission,
  RoleDefinition,
  RoleName,
  Source,
  WireError,
} from '../protocol/index.ts';
import type { ConnectionState } from '../store/connection.ts';
import type { ProgramFailure, ProgramState, ProgramTimeline, ProgramTracks } from '../store/playback.ts';
import type { DeviceKind, DeviceView, LocalSource } from '../store/local-media.ts';

/** How the broadcast plays: what is not said is as in one that is watched live, with half an hour of rewind. */
export interface FakeProgramOptions {
  readonly state?: ProgramState;
  readonly failure?: ProgramFailure;
  readonly timeline?: Partial<ProgramTimeline>;
  readonly tracks?: Partial<ProgramTracks>;
  readonly programTime?: number;
  readonly latency?: number;
}

/** Someone in the fake room. A source is live, muted, or absent. */
export interface FakeParticipantOptions {
  /** A friend of oneself. */
  readonly isFriend?: boolean;
  /** Groups of the site that both belong to. */
  readonly groups?: readonly string[];
  readonly name?: string;
  /** `guest` unless told. */
  readonly role?: string;
  readonly sources?: Partial<Record<Source, 'live' | 'muted'>>;
  /** The link is broken and the place is kept. */
  readonly lost?: boolean;
}

export interface FakeMessageOptions {
  /** Name of the author, who need not be announced. `undefined`: oneself. */
  readonly author?: string | undefined;
  readonly role?: string;
  readonly text: string;
  readonly deleted?: boolean;
  /** Index of the message that it answers. */
  readonly replyTo?: number | undefined;
}

/** The gifts of a fake room: the usual eight, and 1,250 to spend, unless told. */
export interface FakeGiftsOptions {
  readonly catalogue?: GiftCatalogue;
  /** `null` where the site keeps the balance to itself. */
  readonly balance?: number | null;
  /** What was given before, oldest first. */
  readonly given?: readonly FakeGift[];
  /** Counted from nothing. */
  readonly goal?: GiftGoalInput;
}

/** How the room is when it opens. Everything may be left out: joined as a viewer, with one host on stage. */
export interface FakeRoomOptions {
  /** `joined` unless told. */
  readonly state?: ConnectionState;
  readonly error?: WireError | ErrorCode;
  readonly title?: string;
  /** One's own role: `viewer` unless told. */
  readonly role?: string;
  readonly name?: string;
  /** Beside the built-in roles. */
  readonly roles?: Readonly<Record<string, RoleDefinition>>;
  /** Beside those of the role. */
  readonly permissions?: readonly Permission[];
  /** Hosts and guests with live camera and microphone, besides oneself. One host unless told. */
  readonly hosts?: number;
  readonly guests?: number;
  /** Those who are only counted. */
  readonly viewers?: number;
  readonly audience?: number;
  /** More participants, one by one. */
  readonly participants?: readonly FakeParticipantOptions[];
  /** How many generated messages the history holds, or the messages themselves. */
  readonly messages?: number | readonly FakeMessageOptions[];
  /** How many of the newest are loaded; all unless told. The rest are holes that `loadChat` fills. */
  readonly loadedMessages?: number;
  /** How the broadcast plays here; live unless told. */
  readonly program?: FakeProgramOptions;
  /** The broadcast as it stands; what is not said is as in one that plays. */
  readonly broadcast?: Partial<BroadcastView>;
  /** Emoji that people may react with; the usual six unless told. */
  readonly reactions?: readonly string[];
  readonly overlays?: FakeOverlaysOptions;
  /** What was said, oldest first. */
  readonly captions?: readonly FakeCaptionOptions[];
  /** Polls and what is known of them; none unless told. */
  readonly polls?: FakePollsOptions;
  readonly gifts?: FakeGiftsOptions;
  /** Who wants to speak, and who is backstage. */
  readonly hands?: FakeHandsOptions;
  /** The rooms of the room; none unless told. */
  readonly breakouts?: FakeBreakoutsOptions;
  /** What was asked, and how questions are taken. */
  readonly questions?: FakeQuestionsOptions;
  /** Pins, slow mode, time-out. */
  readonly moderation?: FakeModerationOptions;
  /** What those who moderate have before them. */
  readonly moderationDesk?: FakeModerationDeskOptions;
  /** Messages for some alone, oldest first. */
  readonly directMessages?: readonly FakeDirectMessage[];
  /** How many of these, the newest, are loaded; all unless told. */
  readonly loadedDirectMessages?: number;
  /** Features that have not loaded yet. */
  readonly loading?: readonly FeatureName[];
  /** A role offered to oneself. */
  readonly offer?: string;
  readonly sources?: Partial<Record<Source, Partial<LocalSource>>>;
  readonly devices?: Partial<Record<DeviceKind, readonly DeviceView[]>>;
  /** The token in hand says that one will watch by WebRTC. */
  readonly aboutToWatch?: boolean;
  /** The browser has no WebRTC. */
  readonly unsupported?: boolean;
  readonly playback?: { readonly blocked?: boolean; readonly muted?: boolean; readonly volume?: number };
  /** `false` paints pictures once, for screenshots that are compared. */
  readonly moving?: boolean;
  /** The clock's start; milliseconds since the epoch. A fixed one makes stories the same each time. */
  readonly now?: number;
}

export const FAKE_DEVICES: Readonly<Record<DeviceKind, readonly DeviceView[]>> = {
  camera: [
    { id: 'camera-1', label: 'FaceTime HD Camera' },
    { id: 'camera-2', label: 'Logitech BRIO' },
  ],
  microphone: [
    { id: 'microphone-1', label: 'Built-in Microphone' },
    { id: 'microphone-2', label: 'Shure MV7' },
  ],
  speaker: [
    { id: 'speaker-1', label: 'Built-in Speakers' },
    { id: 'speaker-2', label: 'Headphones' },
  ],
};

const names = [
  'Ada Lovelace',
  'Grace Hopper',
  'Katherine Johnson',
  'Alan Turing',
  'Hedy Lamarr',
  'Radia Perlman',
  'Tim Berners-Lee',
  'Margaret Hamilton',
  'Claude Shannon',
  'Barbara Liskov',
  'Edsger Dijkstra',
  'Annie Easley',
  'Donald Knuth',
  'Joan Clarke',
  'Ken Thompson',
  'Frances Allen',
];

const sentences = [
  'Hello from Lisbon!',
  'The sound is perfect now.',
  'Could you show that once more, a little slower? I missed the part in the middle and would love to see how it ends.',
  'First time here, this is great',
  '😂😂😂',
  'Where can I find the slides? https://example.com/slides',
  'Same question as above.',
  '+1',
  'Is this recorded?',
  'Greetings from the back row 👋',
  'That demo worked on the first try, nobody will believe it.',
  'Thank you!',
];

export function generatedName(index: number): string {
  const name = names[index % names.length] ?? 'Ada Lovelace';
  const round = Math.floor(index / names.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

/** The generated message at a place of the history: always the same. */
export function generatedMessage(index: number): Required<Omit<FakeMessageOptions, 'deleted' | 'replyTo'>> {
  return {
    author: generatedName((index * 7) % 13),
    role: index % 11 === 0 ? 'host' : 'viewer',
    text: sentences[(index * 5) % sentences.length] ?? '+1',
  };
}

export const asRole = (name: string): RoleName => name as RoleName;
