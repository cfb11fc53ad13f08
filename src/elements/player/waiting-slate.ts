import { IlsStartSourceRequestEvent } from '../../events/media-requests.ts';
import { clockIcon } from '../../icons/clock.ts';
import { endedIcon } from '../../icons/ended.ts';
import { liveIcon } from '../../icons/live.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { warningIcon } from '../../icons/warning.ts';
import { msg } from '../../locales/localization.ts';
import { airedBroadcast, mayPublish, self } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { PlayerPhase } from './player-phase.ts';
import type { Slate } from './slate.ts';

/** The role of those who have to be let in. */
const LOBBY = 'lobby';

/** What stands there where there is no picture, or none yet, for those who are in the room. */
export function slateBefore(phase: PlayerPhase, host: EventTarget, store: Store): Slate | undefined {
  switch (phase) {
    case 'waiting':
      return waitingSlate(host, store);
    case 'broadcastOff':
      return {
        icon: clockIcon,
        title: isStarting(store) ? msg('The broadcast is about to begin') : msg('The broadcast has not started'),
        text: msg('It begins here by itself.'),
      };
    case 'broadcastOver':
      return { icon: endedIcon, title: msg('The broadcast has ended'), text: msg('Thank you for being there.') };
    case 'unsupported':
      return {
        icon: warningIcon,
        title: msg('This browser cannot play live video'),
        text: msg('The chat works all the same. To see the show, use a current Chrome, Edge, Firefox or Safari.'),
      };
    case 'blind':
      return self(store)?.role === LOBBY
        ? {
            icon: clockIcon,
            title: msg('You are in the lobby'),
            text: msg('A host will let you in. Stay here: the show begins by itself.'),
          }
        : {
            icon: offlineIcon,
            title: msg('Nothing to watch here'),
            text: msg('Your role takes part without a picture.'),
          };
    default:
      return undefined;
  }
}

function isStarting(store: Store): boolean {
  const state = airedBroadcast(store)?.state;
  return state === 'HLS_STARTING' || state === 'HLS_STARTED';
}

function waitingSlate(host: EventTarget, store: Store): Slate {
  const mine = (['camera', 'microphone'] as const).filter((source) => mayPublish(store, source));
  if (mine.length === 0)
    return {
      icon: clockIcon,
      title: msg('The show starts soon'),
      text: msg('It begins here as soon as a host goes live.'),
    };
  const busy = mine.some((source) => store.localMedia.sources.value[source].status === 'starting');
  return {
    icon: liveIcon,
    title: msg('You are on stage'),
    text: msg('Nobody is live yet. Viewers see you as soon as you are.'),
    action: {
      label: busy ? msg('Starting…') : msg('Go live'),
      busy,
      handleClick: () => {
        for (const source of mine) host.dispatchEvent(new IlsStartSourceRequestEvent(source));
      },
    },
  };
}
