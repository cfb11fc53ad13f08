import { msg, str } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { DirectMessage } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

/** Whether one may write to those of a role alone ([J2]). */
export function mayWriteTo(store: Store, role: string): boolean {
  return may(store, 'chat.direct') || store.connection.roles.value[role]?.permissions.includes('chat.direct') === true;
}

/** Those of a role, in the reader's language. */
export function describeRoleGroup(role: string): string {
  switch (role) {
    case 'host':
      return msg('Hosts');
    case 'producer':
      return msg('Producers');
    case 'guest':
      return msg('Guests');
    case 'viewer':
      return msg('Viewers');
    default:
      return describeRole(role);
  }
}

/** Who sees a message besides its author. */
export function describeTarget({ to, author }: Pick<DirectMessage, 'to' | 'author'>, selfId: string | null): string {
  if (to.kind === 'role') return msg(str`Only for: ${describeRoleGroup(to.role)}`);
  const { id, name } = to.participant;
  return id === selfId && author.id !== selfId ? msg('Only for you') : msg(str`Only for ${name}`);
}
