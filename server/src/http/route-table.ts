import type { Recordings } from '../broadcast/recordings/recordings.ts';
import type { Destinations } from '../broadcast/rtmp/destinations.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { RoomStore } from '../store/room-store.ts';
import type { Route } from './route.ts';
import type { BroadcastUrls } from '../broadcast/delivery/broadcast-addresses.ts';
import { createBreakoutRoutes } from './routes/breakouts.ts';
import { createBroadcastRoutes } from './routes/broadcast.ts';
import { createBroadcastUrlRoutes } from './routes/broadcast-urls.ts';
import { createCaptionRoutes } from './routes/captions.ts';
import { createChatExportRoutes } from './routes/chat-export.ts';
import { createChatPolicyRoutes } from './routes/chat-policies.ts';
import { createChatRoutes } from './routes/chat.ts';
import { createDestinationRoutes } from './routes/destinations.ts';
import { createGiftRoutes } from './routes/gifts.ts';
import { createEmbedRoutes } from './routes/embed.ts';
import { createHealthRoutes } from './routes/health.ts';
import { createLobbyRoutes } from './routes/lobby.ts';
import { createModerationRoutes } from './routes/moderation.ts';
import { createOverlayRoutes } from './routes/overlays.ts';
import { createParticipantRoutes } from './routes/participants.ts';
import { createPollRoutes } from './routes/polls.ts';
import { createQuestionRoutes } from './routes/questions.ts';
import { createRecordingRoutes } from './routes/recordings.ts';
import { createRoomRoutes } from './routes/rooms.ts';
import { createWalletRoutes } from './routes/wallets.ts';
import { createWebhookRoutes, type WebhookRouteParts } from './routes/webhooks.ts';
import { createDevelopmentRoutes, createTokenMint, createTokenRoutes } from './routes/tokens.ts';

export interface RouteTableOptions {
  readonly rooms: Rooms;
  readonly store: RoomStore;
  readonly webhooks: WebhookRouteParts;
  readonly destinations: Destinations;
  readonly recordings: Recordings;
  readonly broadcastUrls: (roomId: string, ttlMs?: number) => BroadcastUrls;
  /** Signs tokens; `undefined` where they are made elsewhere. */
  readonly secret: string | undefined;
  readonly createOnJoin: boolean;
  readonly dev: boolean;
  /** What visitors of embedded pages are; `undefined` where no room is embedded. */
  readonly embedRole: string | undefined;
  /** What keeps the server from taking people in, or nothing. */
  readonly whyNotReady: () => string | undefined;
}

/** Everything the REST API can do, once: handlers and the OpenAPI document both come from here. */
export function createRouteTable(options: RouteTableOptions): readonly Route[] {
  const { rooms, broadcastUrls, store, webhooks, destinations, recordings, dev, embedRole, whyNotReady } = options;
  const mint = createTokenMint(options);
  return [
    ...createRoomRoutes(rooms),
    ...createTokenRoutes(mint),
    ...createParticipantRoutes(rooms),
    ...createChatRoutes(rooms, store),
    ...createChatExportRoutes(rooms, store, recordings),
    ...createModerationRoutes(rooms, store.features.moderation),
    ...createChatPolicyRoutes(rooms),
    ...createLobbyRoutes(rooms),
    ...createBreakoutRoutes(rooms),
    ...createOverlayRoutes(rooms),
    ...createCaptionRoutes(rooms, store.features.captions),
    ...createBroadcastRoutes(rooms),
    ...createBroadcastUrlRoutes(rooms, broadcastUrls),
    ...createDestinationRoutes(rooms, destinations),
    ...createPollRoutes(rooms, store.features.polls),
    ...createQuestionRoutes(rooms, store.features.questions),
    ...createRecordingRoutes(recordings),
    ...createGiftRoutes(rooms, store.features.gifts),
    ...createWalletRoutes(store.features.ledger, webhooks.now),
    ...createWebhookRoutes(webhooks),
    ...createHealthRoutes(whyNotReady),
    ...(embedRole === undefined ? [] : createEmbedRoutes({ rooms, mint, role: embedRole, createsRooms: dev })),
    ...(dev ? createDevelopmentRoutes(rooms, mint) : []),
  ];
}
