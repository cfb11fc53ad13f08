import type { ParticipantId, StreamView } from '../../../src/protocol/index.ts';

/** What is known of a stage. */
export interface StageView {
  readonly streams: readonly StreamView[];
  readonly spotlight: ParticipantId | null;
  readonly activeSpeaker: ParticipantId | null;
}

/**
 * The pictures that a player with one picture would be shown, the best first: a shared screen, the camera in the
 * spotlight, that of the speaker, the one shown already, any other; those that are off come last.
 */
export function rankPictures({ streams, spotlight, activeSpeaker }: StageView, shown: StreamView | null): StreamView[] {
  const rank = (stream: StreamView) => [
    !stream.muted,
    stream.source === 'screen',
    stream.participantId === spotlight,
    stream.participantId === activeSpeaker,
    stream.id === shown?.id,
  ];
  return streams.filter(({ kind }) => kind === 'video').toSorted((one, other) => compare(rank(one), rank(other)));
}

/** The sounds that belong to a picture, the best first: whose picture it is, who speaks, the one heard already. */
export function rankSounds(
  { streams, activeSpeaker }: StageView,
  shown: StreamView | null,
  heard: StreamView | null,
): StreamView[] {
  const rank = (stream: StreamView) => [
    !stream.muted,
    stream.participantId === shown?.participantId,
    stream.participantId === activeSpeaker,
    stream.source === 'microphone',
    stream.id === heard?.id,
  ];
  return streams.filter(({ kind }) => kind === 'audio').toSorted((one, other) => compare(rank(one), rank(other)));
}

/** Whichever has the first merit that the other lacks comes first. */
function compare(one: readonly boolean[], other: readonly boolean[]): number {
  const index = one.findIndex((merit, place) => merit !== other[place]);
  if (index < 0) return 0;
  return one[index] === true ? -1 : 1;
}
