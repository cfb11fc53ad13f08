import type {
  BroadcastLayoutChange,
  BroadcastOptionsInput,
  featureRequests,
  MessageId,
  OfferId,
  ParticipantId,
  ReplyData,
  RequestData,
  RoleName,
  Source,
  StreamId,
} from '../protocol/index.ts';
import type { DeviceKind } from '../store/local-media.ts';
import type { ProgramCommand, Showing } from '../store/playback.ts';

/** Requests of features that are verbs as they are. */
export type FeatureVerb = Exclude<keyof typeof featureRequests, 'sendReaction'>;
type FeatureVerbs = { readonly [V in FeatureVerb]: (data: RequestData<V>) => Promise<ReplyData<V>> };

/** What features do beyond their requests, once they are loaded (`room.use`). */
export interface LoadedVerbs {
  /** Sends a gift that failed again, under the same key: it is paid once, whatever became of the first attempt. */
  retryGift(key: string): Promise<void>;
  /** Gives a gift that failed up. */
  discardGift(key: string): void;
  /** Sends a message to a role or a person that failed again, under the same key. */
  retryDirectChat(key: string): Promise<void>;
  /** Gives such a message up. */
  discardDirectChat(key: string): void;
  /** Loads messages to a role or a person from before those that are known. */
  loadEarlierDirectChat(): Promise<void>;
}

/**
 * Everything that can be done in a room, without any element.
 * Promises settle when the server (or the device) has answered; a refusal is a `ProtocolError`, and stands in `store.notices` too.
 */
export interface RoomActions extends FeatureVerbs, LoadedVerbs {
  /** Joins, or joins again after an end. Resolves once joined; rejects when the server refuses for good. `name` replaces the one in the options. */
  join(options?: { readonly name?: string }): Promise<void>;
  leave(): Promise<void>;
  endRoom(): Promise<void>;

  /**
   * Opens a device (or asks for the screen) and publishes it as soon as the role and the connection allow.
   * In a room only what one's role publishes, or a role offered to oneself would: anything else is `forbidden`.
   */
  startSource(source: Source): Promise<void>;
  /** Closes the device and takes the stream from the room. */
  stopSource(source: Source): Promise<void>;
  /** Silences a live source or lets it be heard again. A muted camera is released, a muted microphone is not. */
  setSourceMuted(source: Source, muted: boolean): Promise<void>;
  selectDevice(kind: DeviceKind, deviceId: string): Promise<void>;
  refreshDevices(): Promise<void>;
  /** A generated picture and tone in place of camera and microphone, for machines that have none. */
  useTestMedia(on: boolean): Promise<void>;

  /**
   * Shows a remote stream in `element` for as long as the returned function has not been called.
   * Only what is visible is received, at the simulcast layer that the element's size needs.
   */
  attachStream(streamId: StreamId, element: HTMLVideoElement): () => void;
  /** Shows one's own source in `element`. */
  attachSource(source: Source, element: HTMLVideoElement): () => void;
  /** Plays the sound of everyone on stage for as long as at least one caller has not called the returned function. */
  listen(): () => void;
  /**
   * Plays the broadcast in `element` for as long as the returned function has not been called; `store.playback` says how.
   * It begins by itself as soon as there is one, and silently while anything else is heard: `show` crosses over.
   * When `store.playback.rewinding` changes, attach another element and release this one once that has a picture.
   */
  attachProgram(element: HTMLVideoElement): () => void;
  /** Plays, pauses, seeks, goes live, or chooses among the tracks of what was attached last. */
  commandProgram(command: ProgramCommand): void;
  /** Says which of the two is in sight now: its sound fades in while the other's fades out. Resolves once only it is heard. */
  show(showing: Showing | null): Promise<void>;
  /** Starts sound that the browser held back; call it from a user's gesture. */
  resumePlayback(): Promise<void>;
  setPlaybackMuted(muted: boolean): void;
  /** 0 to 1. */
  setVolume(volume: number): void;

  listParticipants(query: RequestData<'listParticipants'>): Promise<ReplyData<'listParticipants'>>;
  /** `backstage`: who accepts is not on stage at first. */
  changeRole(
    participantId: ParticipantId,
    role: RoleName,
    options?: { readonly backstage?: boolean },
  ): Promise<ReplyData<'changeRole'>>;
  answerRoleOffer(offerId: OfferId, accept: boolean): Promise<void>;
  withdrawRoleOffer(offerId: OfferId): Promise<void>;
  /** `reason` is for the log of moderation. */
  removeParticipant(participantId: ParticipantId, reason?: string): Promise<void>;
  muteParticipant(participantId: ParticipantId, source?: Source): Promise<void>;
  /** The main place for everyone. */
  spotlight(participantId: ParticipantId | null): Promise<void>;
  /** The main place for oneself alone. */
  pin(participantId: ParticipantId | null): void;

  /** Stands in `store.chat.pending` until the server has it. */
  sendChat(text: string, replyTo?: MessageId): Promise<void>;
  retryChat(key: string): Promise<void>;
  discardChat(key: string): void;
  /** Loads the page of history that ends before `index`. */
  loadChat(before: number): Promise<void>;
  deleteChat(messageId: MessageId): Promise<void>;

  /** Reacts with one of the room's reactions; taps are counted together for a quarter of a second. */
  sendReaction(emoji: string): Promise<void>;

  /** Resolves when the server has taken it up; `store.broadcast` says what becomes of it. Of one that is on it changes nothing. */
  startBroadcast(options?: BroadcastOptionsInput): Promise<void>;
  stopBroadcast(): Promise<void>;
  /** Records the stage without broadcasting it. Where something is on already it changes nothing. */
  startRecording(options?: BroadcastOptionsInput): Promise<void>;
  stopRecording(): Promise<void>;
  /** Arranges the picture of the broadcast anew, while it is live. */
  changeBroadcastLayout(layout: BroadcastLayoutChange): Promise<void>;
}
