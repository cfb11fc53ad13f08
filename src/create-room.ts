import { createActions } from './actions/create-actions.ts';
import type { ProgramParts } from './compose-program.ts';
import { loadMediasoupEngine } from './media/mediasoup/load-mediasoup-engine.ts';
import { deferProgram } from './media/program/deferred-program.ts';
import type { ProgramMedia } from './media/program/program-media.ts';
import { createRoomMedia } from './media/deferred-media.ts';
import type { RoomMedia, RoomMediaOptions } from './media/room-media.ts';
import { ChatLedger } from './room/chat-ledger.ts';
import { systemClock, type Clock } from './room/clock.ts';
import { Features } from './room/features.ts';
import { createBroadcastEvents } from './room/handlers/broadcast.ts';
import { createChatEvents, createModerationHints } from './room/handlers/chat.ts';
import { createConnectionEvents, TokenRenewal } from './room/handlers/connection.ts';
import { handleEvent, handleSignal, type EventHandlers, type SignalHandlers } from './room/handlers/handlers.ts';
import { createMediaObserver, createMediaSignals } from './room/handlers/media.ts';
import { createParticipantEvents, createParticipantSignals } from './room/handlers/participants.ts';
import { applySnapshot } from './room/handlers/snapshot.ts';
import { createStageEvents, createStageSignals } from './room/handlers/stage.ts';
import { linkMedia } from './room/media-link.ts';
import { watchPage } from './room/page-hints.ts';
import { noteRefusals } from './room/notices.ts';
import { RoomConnection } from './room/room-connection.ts';
import type { Room, RoomOptions } from './room/room.ts';
import { createKey, Rpc } from './room/rpc.ts';
import { socketUrl } from './room/socket-url.ts';
import type { OpenSocket } from './room/socket.ts';
import { TokenKeeper } from './room/token-keeper.ts';
import { mayWatchByWebRtc } from './room/token-role.ts';
import { openWebSocket } from './room/web-socket.ts';
import { self } from './store/selectors.ts';
import { createStore } from './store/store.ts';

/** What a room is made of beside itself; tests give their own. */
export interface RoomParts {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly createMedia: (options: Pick<RoomMediaOptions, 'signaling' | 'observer' | 'name'>) => RoomMedia;
  readonly createProgram: (parts: ProgramParts) => ProgramMedia;
}

/**
 * Makes a room; `room.actions.join()` joins it, `room.close()` ends all that it holds.
 * Throws a `TypeError` when `server` is no address.
 */
export function createRoom(options: RoomOptions): Room {
  return composeRoom(options, {
    openSocket: openWebSocket,
    clock: systemClock,
    createMedia: (mediaOptions) =>
      createRoomMedia({
        ...mediaOptions,
        loadEngine: loadMediasoupEngine,
      }),
    createProgram: (parts) => deferProgram(async () => (await import('./compose-program.ts')).composeProgram(parts)),
  });
}

/** Joins the parts of a room. */
export function composeRoom(options: RoomOptions, { openSocket, clock, createMedia, createProgram }: RoomParts): Room {
  const scope = new AbortController();
  const store = createStore({ measureLevel: () => media.watchLevel() });
  store.connection.server.value = options.server;
  const ledger = new ChatLedger(store);
  const rpc = new Rpc(clock);
  const tokens = new TokenKeeper(options.tokenProvider, clock);
  const renewal = new TokenRenewal(tokens, clock, rpc.request, store);
  const media = createMedia({
    signaling: { request: (name, data) => rpc.request(name, data, { ofMedia: true }) },
    observer: createMediaObserver(store),
    name: () => self(store)?.name ?? options.name ?? '',
  });
  store.localMedia.supported.value = media.supported;
  let mayWatch = false;
  const prepare = (token: string): void => {
    mayWatch = media.supported && mayWatchByWebRtc(token);
    if (!mayWatch) return;
    store.connection.aboutToWatch.value = true;
    media.preload();
  };
  if (options.token !== undefined) prepare(options.token);
  const program = createProgram({ store, stage: media, request: rpc.request });

  const connection = new RoomConnection({
    url: socketUrl(options.server),
    room: options.room,
    name: options.name ?? '',
    openSocket,
    clock,
    store,
    rpc,
    tokens,
    listener: {
      connecting: prepare,
      greeted(send) {
        if (!mayWatch) return;
        rpc.askAhead('getMediaCapabilities', {}, send);
        rpc.askAhead('openTransport', { direction: 'receive' }, send);
      },
      welcomed({ snapshot }) {
        if (snapshot) applySnapshot(store, ledger, snapshot);
        features.restore(snapshot !== null);
      },
      connected(resumed) {
        media.connected(resumed);
      },
      disconnected() {
        renewal.stop();
        media.disconnected();
      },
      event(frame) {
        handleEvent(events, frame);
        features.handleEvent(frame);
      },
      signal(frame) {
        handleSignal(signals, frame);
        features.handleSignal(frame);
      },
    },
  });
  const hints = createModerationHints(store);
  const events: Partial<EventHandlers> = {
    ...hints,
    ...createConnectionEvents(connection),
    ...createParticipantEvents(store),
    ...createStageEvents(store),
    ...createChatEvents(ledger),
    ...createBroadcastEvents(store),
  };
  const signals: Partial<SignalHandlers> = {
    ...hints,
    ...renewal.signals,
    ...createParticipantSignals(store),
    ...createStageSignals(store),
    ...createMediaSignals(media),
  };
  const request = noteRefusals(rpc.request, store);
  const features = new Features({ store, request });

  linkMedia(media, store, scope.signal);
  watchPage(
    {
      online: () => connection.hurry(),
      shown: () => connection.hurry(),
      offline: () => connection.doubt(),
      gone: () => connection.leave(),
    },
    scope.signal,
  );

  return {
    store,
    actions: createActions({
      verb: (name) => features.verb(name),
      store,
      connection,
      request,
      createKey,
      ledger,
      media,
      program,
      clock,
    }),
    use: (feature) => features.use(feature),
    close() {
      if (scope.signal.aborted) return;
      connection.close();
      scope.abort();
      media.close();
      program.close();
    },
  };
}
