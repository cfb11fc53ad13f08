import type { MenuItem, MenuSection } from '../../controllers/menu.ts';
import { IlsLeaveRequestEvent } from '../../events/connection-requests.ts';
import {
  IlsSelectDeviceRequestEvent,
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../../events/media-requests.ts';
import { endedIcon } from '../../icons/ended.ts';
import { leaveIcon } from '../../icons/leave.ts';
import { screenIcon } from '../../icons/screen.ts';
import { screenOffIcon } from '../../icons/screen-off.ts';
import { testMediaIcon } from '../../icons/test-media.ts';
import { msg } from '../../locales/localization.ts';
import type { DeviceKind } from '../../store/local-media.ts';
import { mayPublish } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { mayShareScreen } from './may-share-screen.ts';

export type MenuName = 'camera' | 'microphone' | 'screen' | 'speaker' | 'more' | 'leave';

export interface ControlMenuParts {
  readonly host: EventTarget;
  readonly store: Store;
  /** Ends the room, once confirmed. */
  readonly end: () => void;
}

/** What a menu holds now. Loaded with the first one that opens. */
export function controlMenu(name: MenuName, { host, store, end }: ControlMenuParts): MenuSection[] {
  switch (name) {
    case 'microphone':
      return microphoneMenu(host, store);
    case 'camera':
      return cameraMenu(host, store);
    case 'speaker':
      return speakerMenu(host, store);
    case 'leave':
      return leaveMenu(host, end);
    default:
      return moreMenu(host, store);
  }
}

function deviceSection(host: EventTarget, store: Store, kind: DeviceKind, label: string, none: string): MenuSection {
  const devices = store.localMedia.devices.value[kind];
  const selected = store.localMedia.selected.value[kind];
  if (devices.length === 0) return { label, items: [{ label: none, disabled: true, handleSelect: () => undefined }] };
  return {
    label,
    items: devices.map((device, place) => ({
      label: device.label === '' ? `${label} ${place + 1}` : device.label,
      checked: device.id === selected,
      handleSelect: () => host.dispatchEvent(new IlsSelectDeviceRequestEvent(kind, device.id)),
    })),
  };
}

function testMediaSection(host: EventTarget): MenuSection {
  return {
    items: [
      {
        label: msg('Use a test picture and tone'),
        icon: testMediaIcon,
        handleSelect: () => host.dispatchEvent(new IlsTestMediaRequestEvent(true)),
      },
    ],
  };
}

/** Where the browser lets the page choose. */
function speakerMenu(host: EventTarget, store: Store): MenuSection[] {
  if (store.localMedia.devices.value.speaker.length === 0) return [];
  return [deviceSection(host, store, 'speaker', msg('Speakers'), '')];
}

function microphoneMenu(host: EventTarget, store: Store): MenuSection[] {
  const microphones = deviceSection(host, store, 'microphone', msg('Microphone'), msg('No microphone found'));
  const none = store.localMedia.devices.value.microphone.length === 0;
  return [microphones, ...speakerMenu(host, store), ...(none ? [testMediaSection(host)] : [])];
}

function cameraMenu(host: EventTarget, store: Store): MenuSection[] {
  const cameras = deviceSection(host, store, 'camera', msg('Camera'), msg('No camera found'));
  return store.localMedia.devices.value.camera.length === 0 ? [cameras, testMediaSection(host)] : [cameras];
}

/** Everything that has no room of its own in a narrow bar. */
function moreMenu(host: EventTarget, store: Store): MenuSection[] {
  const sections: MenuSection[] = [];
  if (mayShareScreen(store)) sections.push({ items: [screenItem(host, store)] });
  if (mayPublish(store, 'microphone')) sections.push(...microphoneMenu(host, store));
  else sections.push(...speakerMenu(host, store));
  if (mayPublish(store, 'camera')) sections.push(...cameraMenu(host, store));
  return sections;
}

function screenItem(host: EventTarget, store: Store): MenuItem {
  const on = isOn(store, 'screen');
  return {
    label: on ? msg('Stop sharing the screen') : msg('Share the screen'),
    icon: on ? screenOffIcon : screenIcon,
    handleSelect: () =>
      host.dispatchEvent(on ? new IlsStopSourceRequestEvent('screen') : new IlsStartSourceRequestEvent('screen')),
  };
}

/** Leaving, for those who may also end the room. */
function leaveMenu(host: EventTarget, handleEnd: () => void): MenuSection[] {
  return [
    {
      items: [
        {
          label: msg('Leave the room'),
          note: msg('It goes on without you.'),
          icon: leaveIcon,
          handleSelect: () => host.dispatchEvent(new IlsLeaveRequestEvent()),
        },
        {
          label: msg('End for everyone'),
          note: msg('Everyone is sent out.'),
          icon: endedIcon,
          destructive: true,
          handleSelect: handleEnd,
        },
      ],
    },
  ];
}

/** Open or about to be. */
export function isOn(store: Store, source: 'camera' | 'microphone' | 'screen'): boolean {
  const { status } = store.localMedia.sources.value[source];
  return status === 'live' || status === 'starting';
}
