import type { GiftCatalogue, RoomId } from '../../../src/protocol/index.ts';
import type { FeatureStores } from '../store/feature-stores.ts';
import type { StoredLobby } from '../store/lobby-store.ts';
import type { StoredBreakouts } from '../store/breakout-store.ts';
import type { StoredModeration } from '../store/moderation-store.ts';
import type { RoomAnnounce } from './announcer.ts';
import { Breakouts } from './breakouts.ts';
import type { RoomDirectory } from './breakouts/room-directory.ts';
import { Captions } from './captions.ts';
import { Backstage } from './backstage.ts';
import { Talkback } from './talkback.ts';
import type { Channel } from './channel.ts';
import { ChatPolicies } from './chat-policies.ts';
import type { ExternalFilter } from '../filter/external-filter.ts';
import { DirectChat } from './direct-chat.ts';
import type { ExternalWallet } from '../wallet/external-wallet.ts';
import type { Clock } from './clock.ts';
import { Gifts } from './gifts.ts';
import { Lobby } from './lobby.ts';
import { Hands } from './hands.ts';
import type { ServerLimits } from './limits.ts';
import type { Logger } from './logger.ts';
import { Overlays } from './overlays.ts';
import type { Participant } from './participant.ts';
import { Questions } from './questions.ts';
import { Polls } from './polls.ts';
import { Moderation } from './moderation.ts';
import { Reactions } from './reactions.ts';
import type { Roster } from './roster.ts';
import type { Stage } from './stage.ts';
import type { Roles } from './templates.ts';

/** What a feature of one room is made of. */
export interface FeatureParts {
  readonly roomId: RoomId;
  readonly channel: Channel;
  readonly roster: Roster;
  readonly stage: Stage;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly logger: Logger;
  readonly announce: RoomAnnounce;
  readonly stores: FeatureStores;
  /** Needed at the door, and so loaded with the room. */
  readonly moderation: StoredModeration;
  readonly lobby: StoredLobby;
  readonly roles: Roles;
  /** Its rooms, who belongs there, and the room that it belongs to itself: needed at the door too. */
  readonly breakouts: StoredBreakouts;
  readonly home: Breakouts | null;
  readonly rooms: RoomDirectory;
  /** Name of the room's template. */
  readonly template: string;
  /** Emoji that people may react with. */
  readonly reactions: readonly string[];
  /** What people may give. */
  readonly gifts: GiftCatalogue;
  /** The site's own wallets, if it has any. */
  readonly wallet?: ExternalWallet | undefined;
  /** The site's own filter of the chat, if it has one. */
  readonly filter?: ExternalFilter | undefined;
}

/** What the audience takes part by. It loads what is stored of it when it is first asked, and orders its own changes. */
export interface Feature {
  /** When the changes under way are stored. */
  readonly settled?: Promise<unknown>;
  /** A participant has come in, also one whose place was not kept. */
  handleJoined?(participant: Participant): void;
  /** A participant has left for good, or may other things now. */
  handleLeft?(participant: Participant): void;
  handleRoleChanged?(participant: Participant): void;
  /** Lets go of timers; nothing is told any more. */
  close?(): void;
}

/** The features of one room, by name. */
export interface Features {
  readonly hands: Hands;
  readonly backstage: Backstage;
  readonly talkback: Talkback;
  readonly questions: Questions;
  readonly polls: Polls;
  readonly reactions: Reactions;
  readonly overlays: Overlays;
  readonly captions: Captions;
  readonly gifts: Gifts;
  readonly moderation: Moderation;
  readonly chatPolicies: ChatPolicies;
  readonly breakouts: Breakouts;
  readonly directChat: DirectChat;
  readonly lobby: Lobby;
}

export function openFeatures(parts: FeatureParts): Features {
  const backstage = new Backstage(parts);
  return {
    hands: new Hands(parts),
    backstage,
    talkback: new Talkback(parts, backstage),
    questions: new Questions(parts),
    polls: new Polls(parts),
    reactions: new Reactions(parts.channel, parts.clock, parts.reactions),
    overlays: new Overlays(parts),
    captions: new Captions(parts),
    gifts: new Gifts({ ...parts, catalogue: parts.gifts, wallet: parts.wallet }),
    chatPolicies: new ChatPolicies(parts),
    lobby: new Lobby({ ...parts, stored: parts.lobby }),
    breakouts: new Breakouts({ ...parts, stored: parts.breakouts }),
    moderation: new Moderation({ ...parts, store: parts.stores.moderation, stored: parts.moderation }),
    directChat: new DirectChat(parts),
  };
}

/** Each of them, for what concerns them all. */
export const eachFeature = (features: Features): readonly Feature[] => Object.values<Feature>({ ...features });
