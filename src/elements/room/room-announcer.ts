import { effect } from '@preact/signals-core';
import {
  IlsBroadcastChangedEvent,
  IlsErrorEvent,
  IlsJoinedEvent,
  IlsLeftEvent,
  IlsRoleChangedEvent,
  IlsRoleOfferedEvent,
  IlsStateChangedEvent,
} from '../../events/room-events.ts';
import type { OfferId } from '../../protocol/index.ts';
import type { ConnectionState } from '../../store/connection.ts';
import { ownOffer, self } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

const OVER: ReadonlySet<ConnectionState> = new Set(['left', 'removed', 'ended', 'denied', 'failed']);

/** Fires the facts of a room on `host` as they become true. Returns what stops it. */
export function announceRoom(host: EventTarget, store: Store, handleOffer: () => void): () => void {
  const stops = [
    announceStates(host, store),
    announceRole(host, store),
    announceOffers(host, store, handleOffer),
    announceNotices(host, store),
    announceBroadcast(host, store),
  ];
  return () => stops.forEach((stop) => stop());
}

function announceStates(host: EventTarget, store: Store): () => void {
  let previous = store.connection.state.peek();
  return effect(() => {
    const state = store.connection.state.value;
    if (state === previous) return;
    const before = previous;
    previous = state;
    const participant = self(store);
    const error = store.connection.error.peek();
    queueMicrotask(() => {
      host.dispatchEvent(new IlsStateChangedEvent(state, before));
      if (state === 'joined' && before !== 'reconnecting' && participant !== null) {
        host.dispatchEvent(new IlsJoinedEvent(participant));
      }
      if (OVER.has(state)) host.dispatchEvent(new IlsLeftEvent(state));
      if ((state === 'denied' || state === 'failed') && error !== null)
        host.dispatchEvent(new IlsErrorEvent(error, null));
    });
  });
}

function announceRole(host: EventTarget, store: Store): () => void {
  let previous: string | undefined;
  return effect(() => {
    const role = self(store)?.role;
    if (role === undefined || role === previous) return;
    const before = previous;
    previous = role;
    if (before !== undefined) queueMicrotask(() => host.dispatchEvent(new IlsRoleChangedEvent(role, before)));
  });
}

function announceOffers(host: EventTarget, store: Store, handleOffer: () => void): () => void {
  let announced: OfferId | undefined;
  return effect(() => {
    const offer = ownOffer(store);
    if (offer === null || offer.id === announced) return;
    announced = offer.id;
    queueMicrotask(() => {
      if (host.dispatchEvent(new IlsRoleOfferedEvent(offer))) handleOffer();
    });
  });
}

function announceNotices(host: EventTarget, store: Store): () => void {
  return effect(() => {
    const notice = store.notices.latest.value;
    if (notice !== null) queueMicrotask(() => host.dispatchEvent(new IlsErrorEvent(notice.error, notice.request)));
  });
}

function announceBroadcast(host: EventTarget, store: Store): () => void {
  let previous = store.broadcast.view.peek();
  return effect(() => {
    const broadcast = store.broadcast.view.value;
    if (broadcast === null || broadcast === previous) return;
    previous = broadcast;
    queueMicrotask(() => host.dispatchEvent(new IlsBroadcastChangedEvent(broadcast)));
  });
}
