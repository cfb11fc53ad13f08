// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsRoom as Element } from '../define/room.ts';
import type {
  IlsBroadcastChangedEvent,
  IlsErrorEvent,
  IlsJoinedEvent,
  IlsLeftEvent,
  IlsRoleChangedEvent,
  IlsRoleOfferedEvent,
  IlsStateChangedEvent,
  IlsTokenNeededEvent,
} from '../events/room-events.ts';

/** `<ils-room>` as a component: properties are props, events are `on…` props. */
export const IlsRoom = createComponent({
  react: React,
  tagName: 'ils-room',
  elementClass: Element,
  displayName: 'IlsRoom',
  events: {
    onIlsStateChanged: 'ils-state-changed' as EventName<IlsStateChangedEvent>,
    onIlsJoined: 'ils-joined' as EventName<IlsJoinedEvent>,
    onIlsLeft: 'ils-left' as EventName<IlsLeftEvent>,
    onIlsRoleChanged: 'ils-role-changed' as EventName<IlsRoleChangedEvent>,
    onIlsRoleOffered: 'ils-role-offered' as EventName<IlsRoleOfferedEvent>,
    onIlsBroadcastChanged: 'ils-broadcast-changed' as EventName<IlsBroadcastChangedEvent>,
    onIlsTokenNeeded: 'ils-token-needed' as EventName<IlsTokenNeededEvent>,
    onIlsError: 'ils-error' as EventName<IlsErrorEvent>,
  },
});
