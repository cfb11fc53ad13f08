import type { MenuItem, MenuSection } from '../../controllers/menu.ts';
import { IlsDeleteChatRequestEvent } from '../../events/chat-requests.ts';
import { IlsRemoveParticipantRequestEvent } from '../../events/participant-requests.ts';
import { copyIcon } from '../../icons/copy.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { removeIcon } from '../../icons/remove.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ChatMessage } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

/** What can be done with a message. */
export function messageMenuContent(host: HTMLElement, store: Store, message: ChatMessage): readonly MenuSection[] {
  const everyone: MenuItem[] = [
    {
      label: msg('Copy text'),
      icon: copyIcon,
      handleSelect: () => void navigator.clipboard.writeText(message.text).catch(() => undefined),
    },
  ];
  const moderators: MenuItem[] = [];
  const joined = store.connection.state.value === 'joined';
  if (may(store, 'chat.moderate')) {
    moderators.push({
      label: msg('Delete message'),
      icon: deleteIcon,
      destructive: true,
      disabled: !joined,
      handleSelect: () => host.dispatchEvent(new IlsDeleteChatRequestEvent(message.id)),
    });
  }
  if (may(store, 'participant.remove') && message.author.id !== store.participants.selfId.value) {
    moderators.push({
      label: msg(str`Remove ${message.author.name}`),
      note: msg('They cannot come back with this invitation.'),
      icon: removeIcon,
      destructive: true,
      disabled: !joined,
      handleSelect: () => host.dispatchEvent(new IlsRemoveParticipantRequestEvent(message.author.id)),
    });
  }
  return [{ items: everyone }, { items: moderators }];
}
