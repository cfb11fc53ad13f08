import { msg, str } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { RoleOffer, Source } from '../../protocol/index.ts';
import { selfRole } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

/** Who invites to what. */
export function describeInvitation(store: Store, offer: RoleOffer): string {
  const name = store.participants.byId.value.get(offer.offeredBy)?.name;
  const role = describeRole(offer.role);
  if (offer.backstage === true) {
    return name === undefined
      ? msg(str`You are invited backstage as ${role}`)
      : msg(str`${name} invites you backstage as ${role}`);
  }
  return name === undefined
    ? msg(str`You are invited on stage as ${role}`)
    : msg(str`${name} invites you on stage as ${role}`);
}

/** What everyone will see and hear of the one who accepts, besides what they do already. */
export function describeConsent(store: Store, offer: RoleOffer): string {
  const now = selfRole(store)?.publish ?? [];
  const gained = (store.connection.roles.value[offer.role]?.publish ?? []).filter((source) => !now.includes(source));
  const has = (source: Source) => gained.includes(source);
  const later = msg('Nothing is sent before you turn it on.');
  if (offer.backstage === true && gained.length > 0) {
    return `${msg('Only the hosts see and hear you until they bring you on stage.')} ${later}`;
  }
  if (has('camera') && has('microphone')) return `${msg('Everyone in the room will see and hear you.')} ${later}`;
  if (has('camera')) return `${msg('Everyone in the room will see you.')} ${later}`;
  if (has('microphone')) return `${msg('Everyone in the room will hear you.')} ${later}`;
  if (has('screen')) return `${msg('You will be able to share your screen with everyone in the room.')} ${later}`;
  return msg('You will be on stage.');
}
