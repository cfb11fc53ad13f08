import { msg } from '../../locales/localization.ts';
import type { BroadcastFailure, RecordingFailure } from '../../protocol/index.ts';

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
