import { IlsStartSourceRequestEvent } from '../../events/media-requests.ts';
import { clockIcon } from '../../icons/clock.ts';
import { liveIcon } from '../../icons/live.ts';
import { msg } from '../../locales/localization.ts';
import { airedBroadcast, mayPublish } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { PlayerPhase } from './player-phase.ts';
import type { Slate } from './slate.ts';

/** What stands there before there is a picture, for those who are in the room. */
export function slateBefore(phase: PlayerPhase, host: EventTarget, store: Store): Slate | undefined {
  if (phase === 'waiting') return waitingSlate(host, store);
  if (phase !== 'broadcastOff') return undefined;
  return {
    icon: clockIcon,
    title: isStarting(store) ? msg('The broadcast is about to begin') : msg('The broadcast has not started'),
    text: msg('It begins here by itself.'),
  };
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
