import { batch } from '@preact/signals-core';
import type { RoomSnapshot } from '../../protocol/index.ts';
import type { WritableStore } from '../../store/store.ts';
import type { ChatLedger } from '../chat-ledger.ts';

/** Makes the store what the server says is true. */
export function applySnapshot(store: WritableStore, ledger: ChatLedger, snapshot: RoomSnapshot): void {
  batch(() => {
    const { connection, participants, stage } = store;
    connection.title.value = snapshot.room.title;
    connection.roomId.value = snapshot.room.id;
    connection.roles.value = snapshot.roles;
    connection.permissions.value = snapshot.self.permissions;

    const self = snapshot.self.participant;
    participants.selfId.value = self.id;
    participants.byId.value = new Map([...snapshot.participants, self].map((view) => [view.id, view]));
    participants.counts.value = snapshot.counts;
    participants.offers.value = new Map(snapshot.roleOffers.map((offer) => [offer.id, offer]));

    const streams = new Map(snapshot.streams.map((stream) => [stream.id, stream]));
    stage.streams.value = streams;
    stage.receptions.value = new Map([...stage.receptions.value].filter(([id]) => streams.has(id)));
    stage.spotlight.value = snapshot.spotlight;
    stage.activeSpeaker.value = snapshot.activeSpeaker;
    stage.levels.value = new Map();
    stage.qualities.value = new Map();
    const { pinned } = stage;
    if (pinned.value !== null && !participants.byId.value.has(pinned.value)) pinned.value = null;

    // A server older than this kit says nothing of it.
    store.broadcast.view.value = snapshot.broadcast ?? null;
    ledger.restart(snapshot.chat.total, snapshot.chat.messages);
  });
}
