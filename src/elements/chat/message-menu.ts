import type { MenuItem, MenuSection } from '../../controllers/menu.ts';
import { IlsDeleteChatRequestEvent } from '../../events/chat-requests.ts';
import { IlsDeleteDirectChatRequestEvent } from '../../events/direct-chat-requests.ts';
import {
  IlsBanParticipantRequestEvent,
  IlsReportChatRequestEvent,
  IlsTimeOutParticipantRequestEvent,
} from '../../events/moderation-requests.ts';
import { IlsRemoveParticipantRequestEvent } from '../../events/participant-requests.ts';
import { IlsPinChatRequestEvent, IlsUnpinChatRequestEvent } from '../../events/pin-requests.ts';
import { banIcon } from '../../icons/ban.ts';
import { clockIcon } from '../../icons/clock.ts';
import { copyIcon } from '../../icons/copy.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { flagIcon } from '../../icons/flag.ts';
import { hiddenIcon } from '../../icons/hidden.ts';
import { lockIcon } from '../../icons/lock.ts';
import { pinOffIcon } from '../../icons/pin-off.ts';
import { pinIcon } from '../../icons/pin.ts';
import { removeIcon } from '../../icons/remove.ts';
import { replyIcon } from '../../icons/reply.ts';
import { timerIcon } from '../../icons/timer.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ChatMessage } from '../../protocol/index.ts';
import { may, reaches } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { mayWriteTo } from './direct-targets.ts';
import type { ShownMessage } from './shown-log.ts';

/** How long a time-out from this menu lasts. Milliseconds. */
const TIME_OUT_MS = 5 * 60_000;

/** How long a pin from this menu that ends by itself stands. Milliseconds. */
const PIN_MS = 10 * 60_000;

/** What a reader may want of a message besides what the server does. */
export type MessageWish = 'reply' | 'writeTo' | 'hide';
export type HandleWish = (wish: MessageWish, message: ShownMessage) => void;

/** What can be done with a message. */
export function messageMenuContent(
  host: HTMLElement,
  store: Store,
  message: ShownMessage,
  handleWish: HandleWish,
): readonly MenuSection[] {
  const { author } = message;
  const isOwn = author.id === store.participants.selfId.value;
  const sections = [{ items: forEveryone(store, message, isOwn, handleWish) }];
  if (message.to !== undefined) sections.push({ items: ofDirectMessage(host, store, message, isOwn) });
  else {
    sections.push({ items: ofTheMessage(host, store, message, isOwn) }, { items: moderation(host, store, message) });
  }
  if (!isOwn) sections.push({ items: ofTheAuthor(host, store, author) });
  return sections;
}

function forEveryone(store: Store, message: ShownMessage, isOwn: boolean, handleWish: HandleWish): MenuItem[] {
  const { author, text } = message;
  const items: MenuItem[] = [];
  const mayWrite = may(store, 'chat.send');
  if (mayWrite && message.to === undefined) {
    items.push({ label: msg('Reply'), icon: replyIcon, handleSelect: () => handleWish('reply', message) });
  }
  if (mayWrite && !isOwn && mayWriteTo(store, author.role)) {
    items.push({
      label: msg(str`Write to ${author.name} alone`),
      icon: lockIcon,
      handleSelect: () => handleWish('writeTo', message),
    });
  }
  items.push({
    label: msg('Copy text'),
    icon: copyIcon,
    handleSelect: () => void navigator.clipboard.writeText(text).catch(() => undefined),
  });
  if (!isOwn) {
    items.push({
      label: msg(str`Hide ${author.name}`),
      note: msg('Only for you. The chat options show them again.'),
      icon: hiddenIcon,
      handleSelect: () => handleWish('hide', message),
    });
  }
  return items;
}

function ofTheMessage(host: HTMLElement, store: Store, { id }: ShownMessage, isOwn: boolean): MenuItem[] {
  if (isOwn || may(store, 'chat.moderate')) return [];
  return [
    {
      label: msg('Report message'),
      note: msg('Those who moderate are told.'),
      icon: flagIcon,
      disabled: store.connection.state.value !== 'joined',
      handleSelect: () => host.dispatchEvent(new IlsReportChatRequestEvent(id)),
    },
  ];
}

function ofDirectMessage(host: HTMLElement, store: Store, { id }: ShownMessage, isOwn: boolean): MenuItem[] {
  if (!isOwn && !may(store, 'chat.moderate')) return [];
  return [
    {
      label: msg('Delete message'),
      icon: deleteIcon,
      destructive: true,
      disabled: store.connection.state.value !== 'joined',
      handleSelect: () => host.dispatchEvent(new IlsDeleteDirectChatRequestEvent(id)),
    },
  ];
}

function moderation(host: HTMLElement, store: Store, { id }: ShownMessage): MenuItem[] {
  if (!may(store, 'chat.moderate')) return [];
  const disabled = store.connection.state.value !== 'joined';
  const pins = store.features.loaded.value.moderation?.pins.value.at(-1)?.value ?? [];
  const pin = pins.find(({ message }) => message?.id === id);
  const pinning: MenuItem[] =
    pin === undefined
      ? [
          {
            label: msg('Pin message'),
            icon: pinIcon,
            disabled,
            handleSelect: () => host.dispatchEvent(new IlsPinChatRequestEvent(id)),
          },
          {
            label: msg('Pin for ten minutes'),
            icon: timerIcon,
            disabled,
            handleSelect: () => host.dispatchEvent(new IlsPinChatRequestEvent(id, PIN_MS)),
          },
        ]
      : [
          {
            label: msg('Unpin message'),
            icon: pinOffIcon,
            disabled,
            handleSelect: () => host.dispatchEvent(new IlsUnpinChatRequestEvent(pin.id)),
          },
        ];
  return [
    ...pinning,
    {
      label: msg('Delete message'),
      icon: deleteIcon,
      destructive: true,
      disabled,
      handleSelect: () => host.dispatchEvent(new IlsDeleteChatRequestEvent(id)),
    },
  ];
}

function ofTheAuthor(host: HTMLElement, store: Store, { id, name, role }: ChatMessage['author']): MenuItem[] {
  const items: MenuItem[] = [];
  const disabled = store.connection.state.value !== 'joined';
  const inReach = reaches(store, role);
  if (may(store, 'chat.moderate') && inReach) {
    items.push({
      label: msg(str`Time ${name} out`),
      note: msg('They cannot write for five minutes.'),
      icon: clockIcon,
      disabled,
      handleSelect: () => host.dispatchEvent(new IlsTimeOutParticipantRequestEvent(id, TIME_OUT_MS)),
    });
  }
  if (may(store, 'participant.remove')) {
    items.push({
      label: msg(str`Remove ${name}`),
      note: msg('They cannot come back with this invitation.'),
      icon: removeIcon,
      destructive: true,
      disabled,
      handleSelect: () => host.dispatchEvent(new IlsRemoveParticipantRequestEvent(id)),
    });
  }
  if (may(store, 'participant.remove') && inReach) {
    items.push({
      label: msg(str`Ban ${name}`),
      note: msg('They are kept out, whatever invitation they bring.'),
      icon: banIcon,
      destructive: true,
      disabled,
      handleSelect: () => host.dispatchEvent(new IlsBanParticipantRequestEvent(id)),
    });
  }
  return items;
}
