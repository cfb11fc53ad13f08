import type { BroadcastOptions, StreamId } from '../../../../src/protocol/index.ts';
import type { LiveStream } from '../broadcast-stage.ts';

export const DIRECT_CODEC = 'video/h264';

/** Which streams go on the air as they are. */
export interface DirectPlan {
  /** `null` while there is none to show. */
  readonly camera: StreamId | null;
  readonly microphone: StreamId | null;
}

/** Whether what was asked for is a camera as it is, whoever's. */
export function asksForPlainPicture({ mode, templateUrl }: BroadcastOptions): boolean {
  return mode === 'video-and-audio' && templateUrl === undefined;
}

/**
 * The plan where the whole programme is one participant's camera in H.264 and their microphone; `null` where somebody
 * has to draw it. `unfit` are cameras that cannot be taken as they are.
 */
export function planDirect(
  options: BroadcastOptions,
  streams: readonly LiveStream[],
  unfit: ReadonlySet<StreamId>,
): DirectPlan | null {
  if (!asksForPlainPicture(options)) return null;
  const [first] = streams;
  if (streams.some(({ participantId }) => participantId !== first?.participantId)) return null;
  if (streams.some(({ source }) => source === 'screen' || source === 'screenAudio')) return null;
  const plan = planAnyhow(streams, unfit);
  return plan.camera === null ? null : plan;
}

/** What of a stage can be shown by this route at all: the first camera that it can take. */
export function planAnyhow(streams: readonly LiveStream[], unfit: ReadonlySet<StreamId>): DirectPlan {
  const camera = streams.find(
    ({ id, source, codec, muted }) => source === 'camera' && codec === DIRECT_CODEC && !muted && !unfit.has(id),
  );
  const owner = camera?.participantId ?? streams[0]?.participantId;
  const microphone = streams.find(({ source, participantId }) => source === 'microphone' && participantId === owner);
  return { camera: camera?.id ?? null, microphone: microphone?.id ?? null };
}
