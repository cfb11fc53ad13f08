import type { RoomActions } from '../actions/room-actions.ts';
import type { ChatPolicies, MessageId, ParticipantId, RoleName } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Decide on a message that waits: everyone is told it, or nobody. */
export class IlsReviewChatRequestEvent extends IlsRequestEvent {
  readonly messageId: MessageId;
  readonly approved: boolean;

  constructor(messageId: MessageId, approved: boolean) {
    super('ils-review-chat-request');
    this.messageId = messageId;
    this.approved = approved;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    const { messageId } = this;
    return this.approved ? actions.approveChat({ messageId }) : actions.rejectChat({ messageId });
  }
}

/** Let one in who waits in the lobby, or with `null` all. */
export class IlsAdmitRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId | null;

  constructor(participantId: ParticipantId | null) {
    super('ils-admit-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.admit({ participantId: this.participantId });
  }
}

/** Send one away who waits in the lobby. */
export class IlsTurnAwayRequestEvent extends IlsRequestEvent {
  readonly participantId: ParticipantId;

  constructor(participantId: ParticipantId) {
    super('ils-turn-away-request');
    this.participantId = participantId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.turnAway({ participantId: this.participantId });
  }
}

/** Lock the room, or open it. */
export class IlsLockRoomRequestEvent extends IlsRequestEvent {
  readonly locked: boolean;

  constructor(locked: boolean) {
    super('ils-lock-room-request');
    this.locked = locked;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.lockRoom({ locked: this.locked });
  }
}

/** Change what holds for messages; what is left out stays as it is. */
export class IlsChatPoliciesRequestEvent extends IlsRequestEvent {
  readonly change: Partial<ChatPolicies>;

  constructor(change: Partial<ChatPolicies>) {
    super('ils-chat-policies-request');
    this.change = change;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.setChatPolicies(this.change);
  }
}

/** Let newcomers of a lesser role than this wait in the lobby, or with `null` nobody. */
export class IlsLobbyRequestEvent extends IlsRequestEvent {
  readonly waitBelow: RoleName | null;

  constructor(waitBelow: RoleName | null) {
    super('ils-lobby-request');
    this.waitBelow = waitBelow;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.setLobby({ waitBelow: this.waitBelow });
  }
}

/** Mute everyone within reach. */
export class IlsMuteAllRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-mute-all-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.muteAll({});
  }
}

/** End the room for everyone, with last words on every screen. */
export class IlsEndWithSlateRequestEvent extends IlsRequestEvent {
  readonly title: string;
  readonly text: string;

  constructor(title: string, text: string) {
    super('ils-end-with-slate-request');
    this.title = title;
    this.text = text;
  }

  override async perform(actions: RoomActions): Promise<void> {
    const { title, text } = this;
    const content = { kind: 'slate', slate: 'ended', title, text, at: null, afterMs: null } as const;
    // Without its words the room ends all the same.
    await actions.takeOverlay({ content, staysMs: null }).catch(() => undefined);
    await actions.endRoom();
  }
}

/** Load the log: the latest of it, or what is older than an entry. */
export class IlsLoadModerationLogRequestEvent extends IlsRequestEvent {
  readonly before: number | undefined;

  constructor(before?: number) {
    super('ils-load-moderation-log-request');
    this.before = before;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.listModerationLog(this.before === undefined ? { limit: 50 } : { before: this.before, limit: 50 });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-review-chat-request': IlsReviewChatRequestEvent;
    'ils-admit-request': IlsAdmitRequestEvent;
    'ils-turn-away-request': IlsTurnAwayRequestEvent;
    'ils-lock-room-request': IlsLockRoomRequestEvent;
    'ils-chat-policies-request': IlsChatPoliciesRequestEvent;
    'ils-lobby-request': IlsLobbyRequestEvent;
    'ils-mute-all-request': IlsMuteAllRequestEvent;
    'ils-end-with-slate-request': IlsEndWithSlateRequestEvent;
    'ils-load-moderation-log-request': IlsLoadModerationLogRequestEvent;
  }
}
