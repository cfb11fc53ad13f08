import type { MenuItem, MenuSection } from '../../controllers/menu.ts';
import { IlsChangeRoleRequestEvent, IlsMuteParticipantRequestEvent } from '../../events/participant-requests.ts';
import { IlsTimeOutParticipantRequestEvent } from '../../events/moderation-requests.ts';
import { IlsPinRequestEvent, IlsSpotlightRequestEvent } from '../../events/stage-requests.ts';
import type { IconNode } from '../../icons/icon.ts';
import { cameraOffIcon } from '../../icons/camera-off.ts';
import { clockIcon } from '../../icons/clock.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { pinIcon } from '../../icons/pin.ts';
import { pinOffIcon } from '../../icons/pin-off.ts';
import { removeIcon } from '../../icons/remove.ts';
import { screenOffIcon } from '../../icons/screen-off.ts';
import { spotlightIcon } from '../../icons/spotlight.ts';
import { msg } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { ParticipantView, RequestName, RoleName, Source } from '../../protocol/index.ts';
import { may, reaches, streamOf } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

export interface ParticipantMenuHost {
  /** Fires the event; where the server refuses `request`, the host says so. */
  ask(event: Event, request?: RequestName): void;
  remove(participant: ParticipantView): void;
}

/** What the reader may do about a participant; no section where there is nothing. */
export function participantMenu(host: ParticipantMenuHost, store: Store, participant: ParticipantView): MenuSection[] {
  const sections: MenuSection[] = [
    { items: placeItems(host, store, participant) },
    { items: muteItems(host, store, participant) },
    { label: msg('Role'), items: roleItems(host, store, participant) },
    { label: msg('Time-out in chat'), items: timeOutItems(host, store, participant) },
    { items: removeItems(host, store, participant) },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

function isOnStage(store: Store, { role }: ParticipantView): boolean {
  return (store.connection.roles.value[role]?.publish.length ?? 0) > 0;
}

function placeItems(host: ParticipantMenuHost, store: Store, participant: ParticipantView): MenuItem[] {
  if (!isOnStage(store, participant)) return [];
  const { id } = participant;
  const pinned = store.stage.pinned.value === id;
  const spotlit = store.stage.spotlight.value === id;
  const items: MenuItem[] = [
    {
      label: pinned ? msg('Unpin') : msg('Pin for me'),
      icon: pinned ? pinOffIcon : pinIcon,
      handleSelect: () => host.ask(new IlsPinRequestEvent(pinned ? null : id)),
    },
  ];
  if (may(store, 'stage.arrange')) {
    items.push({
      label: spotlit ? msg('Remove the spotlight') : msg('Spotlight for everyone'),
      icon: spotlightIcon,
      handleSelect: () => host.ask(new IlsSpotlightRequestEvent(spotlit ? null : id), 'spotlight'),
    });
  }
  return items;
}

function muteItems(host: ParticipantMenuHost, store: Store, { id, role }: ParticipantView): MenuItem[] {
  if (!may(store, 'participant.mute') || !reaches(store, role) || id === store.participants.selfId.value) return [];
  const candidates: readonly (readonly [Source, string, IconNode])[] = [
    ['microphone', msg('Mute microphone'), microphoneOffIcon],
    ['camera', msg('Turn camera off'), cameraOffIcon],
    ['screen', msg('Stop screen sharing'), screenOffIcon],
  ];
  return candidates
    .filter(([source]) => streamOf(store, id, source)?.muted === false)
    .map(([source, label, icon]) => ({
      label,
      icon,
      handleSelect: () => host.ask(new IlsMuteParticipantRequestEvent(id, source), 'muteParticipant'),
    }));
}

function roleItems(host: ParticipantMenuHost, store: Store, participant: ParticipantView): MenuItem[] {
  if (!may(store, 'participant.changeRole') || !reaches(store, participant.role)) return [];
  const roles = store.connection.roles.value;
  const now = roles[participant.role]?.publish ?? [];
  const isSelf = participant.id === store.participants.selfId.value;
  return Object.values(roles)
    .filter(({ name }) => reaches(store, name))
    .map(({ name, publish }) => {
      const asksFirst = !isSelf && publish.some((source) => !now.includes(source));
      return {
        label: describeRole(name),
        checked: name === participant.role,
        ...(asksFirst ? { note: msg('They are asked first') } : {}),
        handleSelect: () => {
          if (name === participant.role) return;
          host.ask(new IlsChangeRoleRequestEvent(participant.id, name as RoleName), 'changeRole');
        },
      };
    });
}

function timeOutItems(host: ParticipantMenuHost, store: Store, { id, role }: ParticipantView): MenuItem[] {
  if (!may(store, 'chat.moderate') || !reaches(store, role) || id === store.participants.selfId.value) return [];
  const choices: readonly (readonly [string, number])[] = [
    [msg('5 minutes'), 300_000],
    [msg('1 hour'), 3_600_000],
  ];
  return choices.map(([label, durationMs]) => ({
    label,
    icon: clockIcon,
    handleSelect: () => host.ask(new IlsTimeOutParticipantRequestEvent(id, durationMs), 'timeOutParticipant'),
  }));
}

function removeItems(host: ParticipantMenuHost, store: Store, participant: ParticipantView): MenuItem[] {
  const { id, role } = participant;
  if (!may(store, 'participant.remove') || !reaches(store, role) || id === store.participants.selfId.value) return [];
  return [
    {
      label: msg('Remove from the room'),
      icon: removeIcon,
      destructive: true,
      handleSelect: () => host.remove(participant),
    },
  ];
}
