import type { describeMediaError } from '../../locales/media-errors.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ParticipantId, ParticipantView, StreamView } from '../../protocol/index.ts';
import { streamOf } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

/** What a tile shows: one participant's face, or what they share. */
export type TileSource = 'camera' | 'screen';

/** Why there is no picture, in the reader's words. `passing`: it will come by itself. */
export interface DarkReason {
  readonly text: string;
  readonly passing: boolean;
}

export interface TileView {
  readonly participant: ParticipantView;
  readonly isSelf: boolean;
  readonly label: string;
  readonly stream: StreamView | null;
  /** `own`: from the device; `remote`: from the room; `null`: nothing to attach. */
  readonly picture: 'own' | 'remote' | null;
  /** `null` while there is a picture. */
  readonly dark: DarkReason | null;
  readonly microphone: 'live' | 'muted' | 'mutedByHost';
  /** 0 (nothing arrives) to 4 (good). */
  readonly quality: number;
  readonly pinned: boolean;
  readonly spotlit: boolean;
}

/** Says why a device is not there; loaded when one is not. */
export type DescribeFailure = typeof describeMediaError;

const GOOD = 4;

/** Reads all that a tile shows; inside a signal watcher it subscribes to it. `null`: nobody of that id is here. */
export function viewTile(
  store: Store,
  id: ParticipantId,
  source: TileSource,
  describeFailure?: DescribeFailure,
): TileView | null {
  const participant = store.participants.byId.value.get(id);
  if (participant === undefined) return null;
  const isSelf = store.participants.selfId.value === id;
  const stream = streamOf(store, id, source);
  const own = isSelf ? store.localMedia.sources.value[source] : null;
  const dark = own === null ? darkOfOther(store, source, stream) : darkOfOwn(store, source, stream, describeFailure);
  const microphone = streamOf(store, id, 'microphone');
  return {
    participant,
    isSelf,
    label: labelOf(participant, source, isSelf),
    stream,
    picture:
      own === null ? (stream === null ? null : 'remote') : own.status === 'live' || own.track !== null ? 'own' : null,
    dark: participant.lost ? { text: msg('Connection lost. Coming back…'), passing: true } : dark,
    microphone:
      microphone === null
        ? 'muted'
        : !microphone.muted
          ? 'live'
          : microphone.mutedBy === 'host'
            ? 'mutedByHost'
            : 'muted',
    quality: store.stage.qualities.value.get(id) ?? GOOD,
    pinned: store.stage.pinned.value === id,
    spotlit: store.stage.spotlight.value === id,
  };
}

function labelOf({ name }: ParticipantView, source: TileSource, isSelf: boolean): string {
  const shown = name === '' ? msg('Someone') : name;
  if (source === 'screen') return isSelf ? msg('Your screen') : msg(str`${shown}’s screen`);
  return isSelf ? msg(str`${shown} (you)`) : shown;
}

function darkOfOwn(
  store: Store,
  source: TileSource,
  stream: StreamView | null,
  describeFailure: DescribeFailure | undefined,
): DarkReason | null {
  const { status, error } = store.localMedia.sources.value[source];
  switch (status) {
    case 'live':
      return null;
    case 'starting':
      return {
        text: source === 'camera' ? msg('Starting the camera…') : msg('Waiting for your choice…'),
        passing: true,
      };
    case 'failed':
      return describeFailure === undefined
        ? offReason(source)
        : { text: describeFailure(source, error ?? 'failed').title, passing: false };
    case 'muted':
    case 'off':
      if (stream?.muted === true && stream.mutedBy === 'host')
        return {
          text: source === 'camera' ? msg('A host turned your camera off') : msg('A host paused your screen'),
          passing: false,
        };
      return offReason(source);
  }
}

function darkOfOther(store: Store, source: TileSource, stream: StreamView | null): DarkReason | null {
  if (stream === null) return source === 'camera' ? { text: msg('No camera'), passing: false } : offReason(source);
  if (stream.muted) {
    if (stream.mutedBy !== 'host') return offReason(source);
    return {
      text: source === 'camera' ? msg('Camera turned off by a host') : msg('Screen paused by a host'),
      passing: false,
    };
  }
  if (!store.localMedia.supported.value) return { text: msg('This browser cannot show live video'), passing: false };
  switch (store.stage.receptions.value.get(stream.id)) {
    case 'starved':
      return { text: msg('Your connection is too weak for this picture'), passing: true };
    case 'playing':
      return null;
    default:
      return { text: msg('Connecting…'), passing: true };
  }
}

function offReason(source: TileSource): DarkReason {
  return { text: source === 'camera' ? msg('Camera is off') : msg('Screen is paused'), passing: false };
}
