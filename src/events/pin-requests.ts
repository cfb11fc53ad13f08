import type { RoomActions } from '../actions/room-actions.ts';
import type { MessageId, RoleName } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Pin a message over the chat. */
export class IlsPinChatRequestEvent extends IlsRequestEvent {
  readonly messageId: MessageId;
  /** How long it stands there; without it until it is taken down. Milliseconds. */
  readonly expiresInMs: number | undefined;

  constructor(messageId: MessageId, expiresInMs?: number) {
    super('ils-pin-chat-request');
    this.messageId = messageId;
    this.expiresInMs = expiresInMs;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.pinChat({ messageId: this.messageId, expiresInMs: this.expiresInMs });
  }
}

/** Take a message or an announcement down that stands over the chat. */
export class IlsUnpinChatRequestEvent extends IlsRequestEvent {
  readonly pinId: string;

  constructor(pinId: string) {
    super('ils-unpin-chat-request');
    this.pinId = pinId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.unpinChat({ pinId: this.pinId });
  }
}

/** Put an announcement over the chat. */
export class IlsAnnounceRequestEvent extends IlsRequestEvent {
  readonly text: string;
  /** How long it stands there; without it until it is taken down. Milliseconds. */
  readonly expiresInMs: number | undefined;

  constructor(text: string, expiresInMs?: number) {
    super('ils-announce-request');
    this.text = text;
    this.expiresInMs = expiresInMs;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.announce({ text: this.text, expiresInMs: this.expiresInMs });
  }
}

/** Let each who does not moderate write once in an interval. */
export class IlsSlowModeRequestEvent extends IlsRequestEvent {
  /** 0: off. Milliseconds. */
  readonly intervalMs: number;

  constructor(intervalMs: number) {
    super('ils-slow-mode-request');
    this.intervalMs = intervalMs;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.setSlowMode({ intervalMs: this.intervalMs });
  }
}

/** Let those of some roles write alone, besides those who moderate. */
export class IlsChatWritersRequestEvent extends IlsRequestEvent {
  /** Empty: nobody; `null`: everyone. */
  readonly roles: readonly RoleName[] | null;

  constructor(roles: readonly RoleName[] | null) {
    super('ils-chat-writers-request');
    this.roles = roles;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.setChatWriters({ roles: this.roles && [...this.roles] });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-pin-chat-request': IlsPinChatRequestEvent;
    'ils-unpin-chat-request': IlsUnpinChatRequestEvent;
    'ils-announce-request': IlsAnnounceRequestEvent;
    'ils-slow-mode-request': IlsSlowModeRequestEvent;
    'ils-chat-writers-request': IlsChatWritersRequestEvent;
  }
}
