import type { MenuItem, MenuSection } from '../../controllers/menu.ts';
import { IlsSlowModeRequestEvent } from '../../events/pin-requests.ts';
import { announcementIcon } from '../../icons/announcement.ts';
import { hiddenIcon } from '../../icons/hidden.ts';
import { lockIcon } from '../../icons/lock.ts';
import { participantsIcon } from '../../icons/participants.ts';
import { msg, str } from '../../locales/localization.ts';
import type { RoleName } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { Audience } from './composer-banner.ts';
import { describeRoleGroup, mayWriteTo } from './direct-targets.ts';
import { describeDuration } from './durations.ts';
import type { HiddenPeople } from './hidden-people.ts';

export interface OptionsParts {
  readonly audience: Audience;
  readonly hidden: HiddenPeople | undefined;
  readonly handleAudience: (audience: Audience) => void;
}

/** Most persons that the menu offers; to all others leads the menu of a message. */
const MOST_PERSONS = 6;
const SLOW_MODES_MS = [0, 5_000, 30_000, 60_000, 300_000];
const ANNOUNCEMENT_MS = 5 * 60_000;

/** What the reader may set about the chat. */
export function optionsContent(host: HTMLElement, store: Store, parts: OptionsParts): readonly MenuSection[] {
  return [
    { label: msg('Write to'), items: audiences(store, parts) },
    { label: msg('Slow mode'), items: slowModes(host, store) },
    { label: msg('Hidden by you'), items: hiddenPeople(parts.hidden) },
  ];
}

function audiences(store: Store, { audience, handleAudience }: OptionsParts): MenuItem[] {
  if (!may(store, 'chat.send')) return [];
  const item = (
    label: string,
    itemIcon: NonNullable<MenuItem['icon']>,
    choice: Audience,
    checked: boolean,
  ): MenuItem => ({
    label,
    icon: itemIcon,
    checked,
    handleSelect: () => handleAudience(choice),
  });
  const items = [
    item(
      msg('Everyone'),
      participantsIcon,
      { kind: 'everyone' },
      audience.kind === 'everyone' || audience.kind === 'reply',
    ),
  ];
  for (const role of Object.keys(store.connection.roles.value)) {
    if (!mayWriteTo(store, role)) continue;
    const to = { kind: 'role', role: role as RoleName } as const;
    const name = describeRoleGroup(role);
    const checked = audience.kind === 'some' && audience.to.kind === 'role' && audience.to.role === role;
    items.push(item(msg(str`Only ${name}`), lockIcon, { kind: 'some', to, name }, checked));
  }
  const selfId = store.participants.selfId.value;
  const persons = [...store.participants.byId.value.values()].filter(
    ({ id, role }) => id !== selfId && mayWriteTo(store, role),
  );
  for (const { id, name } of persons.slice(0, MOST_PERSONS)) {
    const to = { kind: 'participant', participantId: id } as const;
    const checked = audience.kind === 'some' && audience.to.kind === 'participant' && audience.to.participantId === id;
    items.push(item(msg(str`Only ${name}`), lockIcon, { kind: 'some', to, name }, checked));
  }
  if (may(store, 'chat.moderate')) {
    for (const expiresInMs of [undefined, ANNOUNCEMENT_MS]) {
      const label = expiresInMs === undefined ? msg('Announcement') : msg('Announcement for five minutes');
      const checked = audience.kind === 'announcement' && audience.expiresInMs === expiresInMs;
      items.push(item(label, announcementIcon, { kind: 'announcement', expiresInMs }, checked));
    }
  }
  return items;
}

function slowModes(host: HTMLElement, store: Store): MenuItem[] {
  const slice = store.features.loaded.value.moderation;
  if (slice === undefined || !may(store, 'chat.moderate')) return [];
  return SLOW_MODES_MS.map((intervalMs) => ({
    label: intervalMs === 0 ? msg('Off') : msg(str`One message in ${describeDuration(intervalMs, host)}`),
    checked: slice.slowModeMs.value === intervalMs,
    disabled: store.connection.state.value !== 'joined',
    handleSelect: () => host.dispatchEvent(new IlsSlowModeRequestEvent(intervalMs)),
  }));
}

function hiddenPeople(hidden: HiddenPeople | undefined): MenuItem[] {
  return [...(hidden?.people ?? [])].map(([id, name]) => ({
    label: msg(str`Show ${name} again`),
    icon: hiddenIcon,
    handleSelect: () => hidden?.show(id),
  }));
}
