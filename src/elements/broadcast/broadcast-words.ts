import { msg } from '../../locales/localization.ts';
import type { BroadcastFailure, BroadcastOptions, BroadcastState, RecordingFailure } from '../../protocol/index.ts';

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

/** What went wrong, in the reader's words. */
export function describeFailure(code: BroadcastFailure): string {
  switch (code) {
    case 'browserMissing':
      return msg('The server has no browser to draw the picture with.');
    case 'audioEncoderMissing':
      return msg('The server has no ffmpeg to make the sound with.');
    case 'templateFailed':
      return msg('The page with the picture did not open.');
    case 'captureFailed':
      return msg('The picture could not be captured.');
    case 'composerCrashed':
      return msg('What draws the picture has crashed.');
    case 'composerStalled':
      return msg('The picture stood still.');
    case 'outputFailed':
      return msg('The server cannot store the broadcast.');
    case 'serverRestarted':
      return msg('The server was restarted.');
    case 'notConfigured':
      return msg('This server is not set up to broadcast.');
    case 'internal':
      return msg('Something went wrong on the server.');
  }
}

/** Why nothing is being stored, in the reader's words. */
export function describeRecordingFailure(code: RecordingFailure): string {
  switch (code) {
    case 'storageFull':
      return msg('The storage of recordings is full.');
    case 'storageForbidden':
      return msg('The server may not write to the storage of recordings.');
    case 'storageUnreachable':
      return msg('The storage of recordings does not answer.');
    case 'storageFailed':
    case 'internal':
      return msg('The recording cannot be stored.');
  }
}

/** The one thing that helps. */
export function adviseOn(code: BroadcastFailure): string {
  switch (code) {
    case 'browserMissing':
      return msg('Ask whoever runs the server to install Chromium.');
    case 'audioEncoderMissing':
      return msg('Ask whoever runs the server to install ffmpeg.');
    case 'outputFailed':
      return msg('Ask whoever runs the server to look at its disk.');
    case 'notConfigured':
      return msg('Ask whoever runs the server to set it up.');
    default:
      return msg('Start it again.');
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
