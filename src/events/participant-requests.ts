import type { RoomActions } from '../actions/room-actions.ts';
import type { ParticipantId, RoleName, Source } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Move a participant to a role. */
export class IlsChangeRoleRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;
  readonly role: RoleName;
  /** Who accepts is backstage first. */
  readonly backstage: boolean;

  constructor(participantId: ParticipantId, role: RoleName, backstage = false) {
    super('ils-change-role-request');
    this.participantId = participantId;
    this.role = role;
    this.backstage = backstage;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.changeRole(this.participantId, this.role, ...(this.backstage ? [{ backstage: true }] : []));
  }
}

/** Remove a participant from the room. */
export class IlsRemoveParticipantRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;
  /** For the log of moderation. */
  readonly reason: string;

  constructor(participantId: ParticipantId, reason = '') {
    super('ils-remove-participant-request');
    this.participantId = participantId;
    this.reason = reason;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.removeParticipant(this.participantId, ...(this.reason === '' ? [] : [this.reason]));
  }
}

/** Mute a participant for everyone; without a source, all of theirs. */
export class IlsMuteParticipantRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;
  readonly source: Source | undefined;

  constructor(participantId: ParticipantId, source?: Source) {
    super('ils-mute-participant-request');
    this.participantId = participantId;
    this.source = source;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.muteParticipant(this.participantId, this.source);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-change-role-request': IlsChangeRoleRequestEvent;
    'ils-remove-participant-request': IlsRemoveParticipantRequestEvent;
    'ils-mute-participant-request': IlsMuteParticipantRequestEvent;
  }
}
