import { msg } from './localization.ts';
import type { MediaErrorCode, Source } from '../protocol/index.ts';

export interface MediaErrorWords {
  /** What happened, in a few words. */
  readonly title: string;
  /** What to do about it. */
  readonly text: string;
  /** Asking again can help now. */
  readonly retry: boolean;
  /** A generated picture and tone can stand in. */
  readonly testMedia: boolean;
}

type Device = 'camera' | 'microphone' | 'screen';

const deviceOf = (source: Source): Device => (source === 'camera' || source === 'microphone' ? source : 'screen');

/** Why a camera, microphone or screen is not there, and what helps. */
export function describeMediaError(source: Source, code: MediaErrorCode): MediaErrorWords {
  const device = deviceOf(source);
  return {
    title: describeCause(device, code),
    text: describeRemedy(device, code),
    retry: !['unsupported', 'insecure', 'blockedByPage'].includes(code),
    testMedia: device !== 'screen' && !['unsupported'].includes(code),
  };
}

function describeCause(device: Device, code: MediaErrorCode): string {
  const by = (camera: string, microphone: string, screen: string) =>
    device === 'camera' ? camera : device === 'microphone' ? microphone : screen;
  switch (code) {
    case 'permissionDenied':
      return by(msg('Camera is blocked'), msg('Microphone is blocked'), msg('Screen sharing is blocked'));
    case 'permissionDismissed':
      return by(msg('Camera was not allowed'), msg('Microphone was not allowed'), msg('No screen was chosen'));
    case 'blockedByPage':
      return by(
        msg('This page may not use the camera'),
        msg('This page may not use the microphone'),
        msg('This page may not share the screen'),
      );
    case 'notFound':
      return by(msg('No camera found'), msg('No microphone found'), msg('No screen to share'));
    case 'inUse':
      return by(msg('Camera is in use'), msg('Microphone is in use'), msg('The screen cannot be captured'));
    case 'unsupported':
      return by(
        msg('This browser cannot use a camera'),
        msg('This browser cannot use a microphone'),
        msg('This browser cannot share the screen'),
      );
    case 'insecure':
      return msg('This page is not secure');
    case 'ended':
      return by(msg('Camera was disconnected'), msg('Microphone was disconnected'), msg('Screen sharing stopped'));
    case 'failed':
      return by(msg('Camera did not start'), msg('Microphone did not start'), msg('Screen sharing did not start'));
  }
}

function describeRemedy(device: Device, code: MediaErrorCode): string {
  switch (code) {
    case 'permissionDenied':
      return device === 'screen'
        ? msg('Allow screen recording for this browser in the system settings, then try again.')
        : msg('Open the site settings beside the address, allow it there, then try again.');
    case 'permissionDismissed':
      return device === 'screen'
        ? msg('Try again and choose a window, a tab or a whole screen.')
        : msg('Try again and choose “Allow” when the browser asks.');
    case 'blockedByPage':
      return msg('The page that embeds this one has to permit it.');
    case 'notFound':
      return device === 'screen' ? msg('Open a window, then try again.') : msg('Plug one in, then try again.');
    case 'inUse':
      return msg('Close the other app or tab that uses it, then try again.');
    case 'unsupported':
      return msg('Use a current version of Chrome, Edge, Firefox or Safari.');
    case 'insecure':
      return msg('Open it by https, then try again.');
    case 'ended':
      return device === 'screen'
        ? msg('Share again whenever you like.')
        : msg('Plug it in again or choose another one.');
    case 'failed':
      return msg('Try again, or choose another one.');
  }
}
