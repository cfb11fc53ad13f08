import { IlsProgramRequestEvent } from '../../events/media-requests.ts';
import { clockIcon } from '../../icons/clock.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { retryIcon } from '../../icons/retry.ts';
import { warningIcon } from '../../icons/warning.ts';
import { msg } from '../../locales/localization.ts';
import type { Store } from '../../store/store.ts';
import type { Slate } from './slate.ts';

/** What stands in place of the programme's picture; `undefined` where there is one, or is about to be. */
export function programSlate(host: EventTarget, { playback }: Store): Slate | undefined {
  const { value: state } = playback.state;
  if (state === 'waiting')
    return {
      icon: clockIcon,
      title: msg('The broadcast is about to begin'),
      text: msg('It begins here by itself.'),
    };
  if (state === 'ended')
    return {
      icon: retryIcon,
      title: msg('That was it'),
      action: {
        label: msg('Watch again'),
        handleClick: () => host.dispatchEvent(new IlsProgramRequestEvent({ type: 'play' })),
      },
    };
  if (state !== 'failed') return undefined;
  const retry = {
    label: msg('Try again'),
    handleClick: () => host.dispatchEvent(new IlsProgramRequestEvent({ type: 'retry' })),
  };
  switch (playback.failure.value) {
    case 'unsupported':
      return {
        icon: warningIcon,
        title: msg('This browser cannot play the broadcast'),
        text: msg('To see it, use a current Chrome, Edge, Firefox or Safari.'),
      };
    case 'expired':
      return {
        icon: clockIcon,
        title: msg('The link to this video has run out'),
        text: msg('Load the page again for a new one.'),
        action: retry,
      };
    case 'notFound':
      return { icon: offlineIcon, title: msg('This video is no longer here'), action: retry };
    default:
      return {
        icon: offlineIcon,
        title: msg('The broadcast cannot be played'),
        text: msg('Something else came in its place.'),
        action: retry,
      };
  }
}
