import type { BroadcastView, ParticipantView, RoleOffer, WireError } from '../protocol/index.ts';
import type { ConnectionState } from '../store/connection.ts';

const announced = { bubbles: true, composed: true } as const;

/** The connection went from one state to the next. Fired by `<ils-room>`. */
export class IlsStateChangedEvent extends Event {
  readonly state: ConnectionState;
  readonly previousState: ConnectionState;
  constructor(state: ConnectionState, previousState: ConnectionState) {
    super('ils-state-changed', announced);
    this.state = state;
    this.previousState = previousState;
  }
}

/** Joined, for the first time or again after an end. */
export class IlsJoinedEvent extends Event {
  readonly participant: ParticipantView;
  constructor(participant: ParticipantView) {
    super('ils-joined', announced);
    this.participant = participant;
  }
}

/** Out of the room: left, removed, ended, denied or failed, by `state`. */
export class IlsLeftEvent extends Event {
  readonly state: ConnectionState;
  constructor(state: ConnectionState) {
    super('ils-left', announced);
    this.state = state;
  }
}

/** Something was refused or broke; `request` names what was asked, where something was. */
export class IlsErrorEvent extends Event {
  readonly error: WireError;
  readonly request: string | null;
  constructor(error: WireError, request: string | null) {
    super('ils-error', announced);
    this.error = error;
    this.request = request;
  }
}

/** One's own role changed. */
export class IlsRoleChangedEvent extends Event {
  readonly role: string;
  readonly previousRole: string;
  constructor(role: string, previousRole: string) {
    super('ils-role-changed', announced);
    this.role = role;
    this.previousRole = previousRole;
  }
}

/** A role that publishes is offered to oneself. Prevent the default to ask for consent in the page's own way. */
export class IlsRoleOfferedEvent extends Event {
  readonly offer: RoleOffer;
  constructor(offer: RoleOffer) {
    super('ils-role-offered', { ...announced, cancelable: true });
    this.offer = offer;
  }
}

/** The broadcast went to another state, or was arranged anew. */
export class IlsBroadcastChangedEvent extends Event {
  readonly broadcast: BroadcastView;
  constructor(broadcast: BroadcastView) {
    super('ils-broadcast-changed', announced);
    this.broadcast = broadcast;
  }
}

/**
 * A fresh token is wanted and the page gave it as an attribute: set `token` on the room within a minute.
 * Not fired where there is a `token-url` or a `tokenProvider`.
 */
export class IlsTokenNeededEvent extends Event {
  readonly reason: 'join' | 'expiring' | 'refused';
  constructor(reason: 'join' | 'expiring' | 'refused') {
    super('ils-token-needed', announced);
    this.reason = reason;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-state-changed': IlsStateChangedEvent;
    'ils-joined': IlsJoinedEvent;
    'ils-left': IlsLeftEvent;
    'ils-error': IlsErrorEvent;
    'ils-role-changed': IlsRoleChangedEvent;
    'ils-role-offered': IlsRoleOfferedEvent;
    'ils-broadcast-changed': IlsBroadcastChangedEvent;
    'ils-token-needed': IlsTokenNeededEvent;
  }
}
