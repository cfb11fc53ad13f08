import { msg } from '../../locales/localization.ts';
import type { BroadcastOptions, BroadcastState } from '../../protocol/index.ts';

/** `recordOnly`: it is recorded and not broadcast. */
export function describeState(state: BroadcastState, recordOnly: boolean): string {
  if (recordOnly) return describeRecordingState(state);
  switch (state) {
    case 'HLS_STARTING':
      return msg('Preparing the picture…');
    case 'HLS_STARTED':
      return msg('Almost there: the first seconds are on their way…');
    case 'HLS_PLAYABLE':
      return msg('On the air');
    case 'HLS_STOPPING':
      return msg('Ending the broadcast…');
    case 'HLS_STOPPED':
      return msg('The broadcast has ended');
    case 'HLS_FAILED':
      return msg('The broadcast has stopped');
  }
}

function describeRecordingState(state: BroadcastState): string {
  switch (state) {
    case 'HLS_STARTING':
      return msg('Preparing the picture…');
    case 'HLS_STARTED':
      return msg('Almost there…');
    case 'HLS_PLAYABLE':
      return msg('Recording');
    case 'HLS_STOPPING':
      return msg('Ending the recording…');
    case 'HLS_STOPPED':
      return msg('The recording has ended');
    case 'HLS_FAILED':
      return msg('The recording has stopped');
  }
}

type Words<K extends keyof BroadcastOptions> = readonly (readonly [NonNullable<BroadcastOptions[K]>, string])[];

export const qualityWords = (): Words<'quality'> => [
  ['low', msg('Low, 360p')],
  ['med', msg('Medium, 720p')],
  ['high', msg('High, 1080p')],
];

export const orientationWords = (): Words<'orientation'> => [
  ['landscape', msg('Landscape, 16:9')],
  ['portrait', msg('Portrait, 9:16')],
];

export const themeWords = (): Words<'theme'> => [
  ['DEFAULT', msg('The template’s own')],
  ['DARK', msg('Dark')],
  ['LIGHT', msg('Light')],
];

export const modeWords = (): Words<'mode'> => [
  ['video-and-audio', msg('Picture and sound')],
  ['audio', msg('Sound alone')],
];
