import type { RoomActions } from '../actions/room-actions.ts';
import type { BroadcastLayoutChange, BroadcastOptionsInput } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Start the broadcast. */
export class IlsStartBroadcastRequestEvent extends IlsRequestEvent {
  readonly options: BroadcastOptionsInput;

  constructor(options: BroadcastOptionsInput = {}) {
    super('ils-start-broadcast-request');
    this.options = options;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.startBroadcast(this.options);
  }
}

/** Stop the broadcast. */
export class IlsStopBroadcastRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-stop-broadcast-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.stopBroadcast();
  }
}

/** Record the stage without broadcasting it. */
export class IlsStartRecordingRequestEvent extends IlsRequestEvent {
  readonly options: BroadcastOptionsInput;

  constructor(options: BroadcastOptionsInput = {}) {
    super('ils-start-recording-request');
    this.options = options;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.startRecording(this.options);
  }
}

/** Stop recording. */
export class IlsStopRecordingRequestEvent extends IlsRequestEvent {
  constructor() {
    super('ils-stop-recording-request');
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.stopRecording();
  }
}

/** Arrange the picture of the broadcast anew. */
export class IlsBroadcastLayoutRequestEvent extends IlsRequestEvent {
  readonly layout: BroadcastLayoutChange;

  constructor(layout: BroadcastLayoutChange) {
    super('ils-broadcast-layout-request');
    this.layout = layout;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.changeBroadcastLayout(this.layout);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-start-broadcast-request': IlsStartBroadcastRequestEvent;
    'ils-stop-broadcast-request': IlsStopBroadcastRequestEvent;
    'ils-start-recording-request': IlsStartRecordingRequestEvent;
    'ils-stop-recording-request': IlsStopRecordingRequestEvent;
    'ils-broadcast-layout-request': IlsBroadcastLayoutRequestEvent;
  }
}
