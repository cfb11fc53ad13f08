import type { ParticipantId, Source, StreamId, StreamView } from '../../../src/protocol/index.ts';
import type { RoomAnnounce } from './announcer.ts';
import type { Channel } from './channel.ts';

export type UnpublishReason = 'ended' | 'left' | 'roleChanged' | 'removed' | 'mediaFailed';

/** The streams that are live, who is in the main place, and who speaks. */
export class Stage {
  readonly #channel: Channel;
  readonly #announce: RoomAnnounce;
  readonly #streams = new Map<StreamId, StreamView>();
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

  get(streamId: StreamId): StreamView | undefined {
    return this.#streams.get(streamId);
  }

  streamsOf(participantId: ParticipantId): StreamView[] {
    return this.streams.filter((stream) => stream.participantId === participantId);
  }

  hasSource(participantId: ParticipantId, source: Source): boolean {
    return this.streamsOf(participantId).some((stream) => stream.source === source);
  }

  add(streamId: StreamId, participantId: ParticipantId, source: Source, muted: boolean): void {
    const stream: StreamView = {
      id: streamId,
      participantId,
      source,
      kind: source === 'microphone' || source === 'screenAudio' ? 'audio' : 'video',
      muted,
      mutedBy: muted ? 'self' : null,
    };
    this.#streams.set(streamId, stream);
    this.#channel.publish('streamPublished', { stream });
    this.#announce('stream.started', { participantId, source });
    this.#tellWatchers();
  }

  remove(streamId: StreamId, reason: UnpublishReason): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    this.#streams.delete(streamId);
    const { participantId, source } = stream;
    this.#channel.publish('streamUnpublished', { streamId, participantId, reason });
    this.#announce('stream.ended', { participantId, source });
    if (this.#activeSpeaker === participantId && this.streamsOf(participantId).length === 0) {
      this.setActiveSpeaker(null);
    }
    this.#tellWatchers();
  }

  setMuted(streamId: StreamId, mutedBy: 'self' | 'host' | null): void {
    const stream = this.#streams.get(streamId);
    if (!stream || stream.mutedBy === mutedBy) return;
    const muted = mutedBy !== null;
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

  #tellWatchers(): void {
    for (const handle of this.#watchers) handle();
  }
}
