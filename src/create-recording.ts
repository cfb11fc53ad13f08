import { signal } from '@preact/signals-core';
import { createActions } from './actions/create-actions.ts';
import { composeProgram } from './compose-program.ts';
import type { RoomContext } from './context/room-context.ts';
import { createRoomMedia } from './media/deferred-media.ts';
import { ProtocolError } from './protocol/index.ts';
import { ChatLedger } from './room/chat-ledger.ts';
import { systemClock } from './room/clock.ts';
import { createMediaObserver } from './room/handlers/media.ts';
import { openRecordedRoom } from './room/recorded-room.ts';
import { createKey } from './room/rpc.ts';
import { createStore } from './store/store.ts';

export interface RecordingOptions {
  /** The address holds no more; `setSource` takes a fresh one. */
  readonly sourceExpired: () => void;
}

/** What a player without a room has in place of one. */
export interface Recording extends RoomContext {
  /** Address of a file, or of an HLS playlist, live or not. */
  setSource(src: string): void;
  /** Address of what happened in the room meanwhile (JSON lines); empty for none. It is replayed at the viewer's playhead. */
  setEvents(events: string): void;
  /** Any number of times. */
  close(): void;
}

/** Plays an address without a room: the same store and the same verbs, those of a room apart. */
export function createRecording({ sourceExpired }: RecordingOptions): Recording {
  const refuse = () => Promise.reject(new ProtocolError('disconnected', 'a recording has no room'));
  const store = createStore();
  const media = createRoomMedia({
    signaling: { request: refuse },
    observer: createMediaObserver(store),
    loadEngine: refuse,
  });
  const url = signal('');
  const program = composeProgram({
    store,
    stage: media,
    request: refuse,
    source: () =>
      url.value === ''
        ? null
        : {
            liveUrl: new URL(url.value, document.baseURI).href,
            rewindUrl: null,
            startedAt: null,
            own: false,
          },
    sourceExpired,
  });
  const ledger = new ChatLedger(store);
  const room = openRecordedRoom(store, ledger);
  return {
    store,
    actions: createActions({
      store,
      connection: { join: refuse, leave: () => Promise.resolve() },
      request: refuse,
      verb: () => undefined,
      createKey,
      ledger,
      media,
      program,
      clock: systemClock,
    }),
    setSource(next) {
      url.value = next;
    },
    setEvents: (address) => room.load(address),
    use: (feature) => room.use(feature),
    close() {
      room.close();
      program.close();
      media.close();
    },
  };
}
