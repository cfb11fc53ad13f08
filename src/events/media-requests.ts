import type { RoomActions } from '../actions/room-actions.ts';
import type { Source } from '../protocol/index.ts';
import type { DeviceKind } from '../store/local-media.ts';
import type { ProgramCommand } from '../store/playback.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Go live with camera, microphone or screen. */
export class IlsStartSourceRequestEvent extends IlsRequestEvent {
  readonly source: Source;

  constructor(source: Source) {
    super('ils-start-source-request');
    this.source = source;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.startSource(this.source);
  }
}

/** Stop publishing a source and close its device. */
export class IlsStopSourceRequestEvent extends IlsRequestEvent {
  readonly source: Source;

  constructor(source: Source) {
    super('ils-stop-source-request');
    this.source = source;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.stopSource(this.source);
  }
}

/** Silence a source or let it be heard again. */
export class IlsMuteSourceRequestEvent extends IlsRequestEvent {
  readonly source: Source;
  readonly muted: boolean;

  constructor(source: Source, muted: boolean) {
    super('ils-mute-source-request');
    this.source = source;
    this.muted = muted;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.setSourceMuted(this.source, this.muted);
  }
}

/** Use another camera, microphone or speaker. */
export class IlsSelectDeviceRequestEvent extends IlsRequestEvent {
  readonly kind: DeviceKind;
  readonly deviceId: string;

  constructor(kind: DeviceKind, deviceId: string) {
    super('ils-select-device-request');
    this.kind = kind;
    this.deviceId = deviceId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.selectDevice(this.kind, this.deviceId);
  }
}

/** Use a generated picture and tone in place of devices. */
export class IlsTestMediaRequestEvent extends IlsRequestEvent {
  readonly on: boolean;

  constructor(on: boolean) {
    super('ils-test-media-request');
    this.on = on;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.useTestMedia(this.on);
  }
}

/** Set the volume of the room, 0 to 1. */
export class IlsVolumeRequestEvent extends IlsRequestEvent {
  readonly volume: number;

  constructor(volume: number) {
    super('ils-volume-request');
    this.volume = volume;
  }

  override perform(actions: RoomActions): void {
    actions.setVolume(this.volume);
  }
}

/** Silence the room for oneself. */
export class IlsPlaybackMuteRequestEvent extends IlsRequestEvent {
  readonly muted: boolean;

  constructor(muted: boolean) {
    super('ils-playback-mute-request');
    this.muted = muted;
  }

  override perform(actions: RoomActions): void {
    actions.setPlaybackMuted(this.muted);
  }
}

/** Start sound that the browser held back. */
export class IlsResumePlaybackRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-resume-playback-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.resumePlayback();
  }
}

/** Play, pause or seek in the programme, go to where it is live, or choose a level or captions. */
export class IlsProgramRequestEvent extends IlsRequestEvent {
  readonly command: ProgramCommand;

  constructor(command: ProgramCommand) {
    super('ils-program-request');
    this.command = command;
  }

  override perform(actions: RoomActions): void {
    actions.commandProgram(this.command);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-start-source-request': IlsStartSourceRequestEvent;
    'ils-stop-source-request': IlsStopSourceRequestEvent;
    'ils-mute-source-request': IlsMuteSourceRequestEvent;
    'ils-select-device-request': IlsSelectDeviceRequestEvent;
    'ils-test-media-request': IlsTestMediaRequestEvent;
    'ils-volume-request': IlsVolumeRequestEvent;
    'ils-playback-mute-request': IlsPlaybackMuteRequestEvent;
    'ils-program-request': IlsProgramRequestEvent;
    'ils-resume-playback-request': IlsResumePlaybackRequestEvent;
  }
}
