import type { MenuItem, MenuSection } from '../../controllers/menu.ts';
import { IlsDeleteChatRequestEvent } from '../../events/chat-requests.ts';
import {
  IlsBanParticipantRequestEvent,
  IlsReportChatRequestEvent,
  IlsTimeOutParticipantRequestEvent,
} from '../../events/moderation-requests.ts';
import { IlsRemoveParticipantRequestEvent } from '../../events/participant-requests.ts';
import { banIcon } from '../../icons/ban.ts';
import { clockIcon } from '../../icons/clock.ts';
import { copyIcon } from '../../icons/copy.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { flagIcon } from '../../icons/flag.ts';
import { removeIcon } from '../../icons/remove.ts';
import { replyIcon } from '../../icons/reply.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ChatMessage } from '../../protocol/index.ts';
import { may, reaches } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

/** How long a time-out from this menu lasts. Milliseconds. */
const TIME_OUT_MS = 5 * 60_000;

/** What can be done with a message. */
export function messageMenuContent(
  host: HTMLElement,
  store: Store,
  message: ChatMessage,
  handleReply: (message: ChatMessage) => void,
): readonly MenuSection[] {
  const everyone: MenuItem[] = [
    {
      label: msg('Copy text'),
      icon: copyIcon,
      handleSelect: () => void navigator.clipboard.writeText(message.text).catch(() => undefined),
    },
  ];
  if (may(store, 'chat.send')) {
    everyone.unshift({ label: msg('Reply'), icon: replyIcon, handleSelect: () => handleReply(message) });
  }
  const moderators: MenuItem[] = [];
  const joined = store.connection.state.value === 'joined';
  const isOwn = message.author.id === store.participants.selfId.value;
  const inReach = !isOwn && reaches(store, message.author.role);
  if (!isOwn && !may(store, 'chat.moderate')) {
    everyone.push({
      label: msg('Report message'),
      note: msg('Those who moderate are told.'),
      icon: flagIcon,
      disabled: !joined,
      handleSelect: () => host.dispatchEvent(new IlsReportChatRequestEvent(message.id)),
    });
  }
  if (may(store, 'chat.moderate')) {
    moderators.push({
      label: msg('Delete message'),
      icon: deleteIcon,
      destructive: true,
      disabled: !joined,
      handleSelect: () => host.dispatchEvent(new IlsDeleteChatRequestEvent(message.id)),
    });
  }
  if (may(store, 'chat.moderate') && inReach) {
    moderators.push({
      label: msg(str`Time ${message.author.name} out`),
      note: msg('They cannot write for five minutes.'),
      icon: clockIcon,
      disabled: !joined,
      handleSelect: () => host.dispatchEvent(new IlsTimeOutParticipantRequestEvent(message.author.id, TIME_OUT_MS)),
    });
  }
  if (may(store, 'participant.remove') && !isOwn) {
    moderators.push({
      label: msg(str`Remove ${message.author.name}`),
      note: msg('They cannot come back with this invitation.'),
      icon: removeIcon,
      destructive: true,
      disabled: !joined,
      handleSelect: () => host.dispatchEvent(new IlsRemoveParticipantRequestEvent(message.author.id)),
    });
  }
  if (may(store, 'participant.remove') && inReach) {
    moderators.push({
      label: msg(str`Ban ${message.author.name}`),
      note: msg('They are kept out, whatever invitation they bring.'),
      icon: banIcon,
      destructive: true,
      disabled: !joined,
      handleSelect: () => host.dispatchEvent(new IlsBanParticipantRequestEvent(message.author.id)),
    });
  }
  return [{ items: everyone }, { items: moderators }];
}
