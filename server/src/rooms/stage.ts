import type { ParticipantId, Source, StreamId, StreamView } from '../../../src/protocol/index.ts';
import type { RoomAnnounce } from './announcer.ts';
import type { Channel } from './channel.ts';

export type UnpublishReason = 'ended' | 'left' | 'roleChanged' | 'removed' | 'mediaFailed' | 'backstage';

/** The streams that are live, who is in the main place, and who speaks. */
export class Stage {
  readonly #channel: Channel;
  readonly #announce: RoomAnnounce;
  readonly #streams = new Map<StreamId, StreamView>();
  /** Those of the backstage, which are in no event ([Z4]). */
  readonly #hidden = new Map<StreamId, StreamView>();
  #tellHidden: () => void = () => {};
  #spotlight: ParticipantId | null;
  #activeSpeaker: ParticipantId | null = null;
  readonly #watchers = new Set<() => void>();

  constructor(channel: Channel, announce: RoomAnnounce, spotlight: ParticipantId | null) {
    this.#channel = channel;
    this.#announce = announce;
    this.#spotlight = spotlight;
  }

  get streams(): StreamView[] {
    return [...this.#streams.values()];
  }

  get spotlight(): ParticipantId | null {
    return this.#spotlight;
  }

  get activeSpeaker(): ParticipantId | null {
    return this.#activeSpeaker;
  }

  /** Calls `handle` after each change, until the returned function is called. */
  watch(handle: () => void): () => void {
    this.#watchers.add(handle);
    return () => this.#watchers.delete(handle);
  }

  /** Calls `handle` after each change of what is published backstage. */
  watchHidden(handle: () => void): void {
    this.#tellHidden = handle;
  }

  /** Also one of the backstage. */
  get(streamId: StreamId): StreamView | undefined {
    return this.#streams.get(streamId) ?? this.#hidden.get(streamId);
  }

  isHidden(streamId: StreamId): boolean {
    return this.#hidden.has(streamId);
  }

  get hiddenIds(): StreamId[] {
    return [...this.#hidden.keys()];
  }

  hiddenOf(participantId: ParticipantId): StreamView[] {
    return [...this.#hidden.values()].filter((stream) => stream.participantId === participantId);
  }

  /** Also those of the backstage. */
  streamsOf(participantId: ParticipantId): StreamView[] {
    const shown = this.streams.filter((stream) => stream.participantId === participantId);
    return [...shown, ...this.hiddenOf(participantId)];
  }

  hasSource(participantId: ParticipantId, source: Source): boolean {
    return this.streamsOf(participantId).some((stream) => stream.source === source);
  }

  add(streamId: StreamId, participantId: ParticipantId, source: Source, muted: boolean, hidden = false): void {
    const stream: StreamView = {
      id: streamId,
      participantId,
      source,
      kind: source === 'microphone' || source === 'screenAudio' ? 'audio' : 'video',
      muted,
      mutedBy: muted ? 'self' : null,
    };
    if (hidden) {
      this.#hidden.set(streamId, stream);
      this.#tellHidden();
    } else {
      this.#show(stream);
    }
  }

  /** What a participant published backstage is seen by all. */
  reveal(participantId: ParticipantId): void {
    for (const stream of this.hiddenOf(participantId)) {
      this.#hidden.delete(stream.id);
      this.#show(stream);
    }
  }

  /** What a participant publishes goes on behind the stage; gives which streams those are. */
  hide(participantId: ParticipantId): StreamId[] {
    const hidden = this.streams.filter((stream) => stream.participantId === participantId);
    for (const stream of hidden) {
      this.#hidden.set(stream.id, stream);
      this.#take(stream, 'backstage');
    }
    return hidden.map(({ id }) => id);
  }

  remove(streamId: StreamId, reason: UnpublishReason): void {
    if (this.#hidden.delete(streamId)) {
      this.#tellHidden();
      return;
    }
    const stream = this.#streams.get(streamId);
    if (stream) this.#take(stream, reason);
  }

  setMuted(streamId: StreamId, mutedBy: 'self' | 'host' | null): void {
    const stream = this.get(streamId);
    if (!stream || stream.mutedBy === mutedBy) return;
    const muted = mutedBy !== null;
    if (this.#hidden.has(streamId)) {
      this.#hidden.set(streamId, { ...stream, muted, mutedBy });
      this.#tellHidden();
      return;
    }
    this.#streams.set(streamId, { ...stream, muted, mutedBy });
    this.#channel.publish('streamMuted', { streamId, muted, mutedBy });
    this.#tellWatchers();
  }

  setSpotlight(participantId: ParticipantId | null): void {
    if (this.#spotlight === participantId) return;
    this.#spotlight = participantId;
    this.#channel.publish('spotlightChanged', { participantId });
    this.#tellWatchers();
  }

  setActiveSpeaker(participantId: ParticipantId | null): void {
    if (this.#activeSpeaker === participantId) return;
    this.#activeSpeaker = participantId;
    this.#channel.signal('activeSpeakerChanged', { participantId });
    this.#tellWatchers();
  }

  #show(stream: StreamView): void {
    const { id, participantId, source } = stream;
    this.#streams.set(id, stream);
    this.#channel.publish('streamPublished', { stream });
    this.#announce('stream.started', { participantId, source });
    this.#tellWatchers();
  }

  #take({ id, participantId, source }: StreamView, reason: UnpublishReason): void {
    this.#streams.delete(id);
    this.#channel.publish('streamUnpublished', { streamId: id, participantId, reason });
    this.#announce('stream.ended', { participantId, source });
    const isGone = this.streams.every((stream) => stream.participantId !== participantId);
    if (this.#activeSpeaker === participantId && isGone) this.setActiveSpeaker(null);
    this.#tellWatchers();
  }

  #tellWatchers(): void {
    for (const handle of this.#watchers) handle();
  }
}
