import type {
  BreakoutsView,
  BroadcastView,
  PollView,
  Gift,
  GiftTotals,
  HeldMessage,
  LiveOverlay,
  OverlayId,
  QuestionView,
  RoomId,
  Source,
} from '../../../src/protocol/index.ts';
import type { RecordingView } from '../broadcast/recordings/recording-view.ts';

/** Who is meant, as the site's back end knows them: `id` is that of their token. */
export interface AnnouncedParticipant {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** What the site's back end is told of, and with what. A name is `<what>.<happened>`. */
export interface Announcements {
  'room.created': { readonly title: string; readonly template: string };
  'room.ended': { readonly endedBy: string | null };
  'room.reopened': object;
  'participant.joined': { readonly participant: AnnouncedParticipant };
  'participant.left': {
    readonly participant: AnnouncedParticipant;
    readonly reason: 'left' | 'lost' | 'removed';
  };
  'participant.roleChanged': {
    readonly participant: AnnouncedParticipant;
    readonly previousRole: string;
    readonly changedBy: string | null;
  };
  'chat.reported': {
    readonly messageId: string;
    readonly author: AnnouncedParticipant;
    readonly reportedBy: Pick<AnnouncedParticipant, 'id' | 'name'>;
    readonly reason: string;
  };
  /** They wait to be let in. */
  'lobby.waiting': { readonly participant: AnnouncedParticipant };
  /** `by`: `null` for the site's back end. */
  'lobby.admitted': { readonly participant: AnnouncedParticipant; readonly by: string | null };
  'lobby.turnedAway': {
    readonly participant: AnnouncedParticipant;
    readonly by: string | null;
    readonly reason: string;
  };
  /** It waits for a moderator. */
  'chat.held': { readonly message: HeldMessage };
  'stream.started': { readonly participantId: string; readonly source: Source };
  'broadcast.changed': Pick<
    BroadcastView,
    'state' | 'livestreamUrl' | 'playbackHlsUrl' | 'startedAt' | 'reason' | 'retrying' | 'recording'
  >;
  /** It plays, and its MP4 is there or comes later, told by `recording.fileReady`. */
  'recording.ready': { readonly recording: RecordingView };
  'recording.fileReady': { readonly recording: RecordingView };
  /** The storage did not take the end of it; that is tried again, and `recording.ready` may follow. */
  'recording.failed': { readonly recording: RecordingView };
  /** The asker is named, also where the room does not learn it. */
  'question.asked': { readonly question: QuestionView };
  'question.answered': { readonly question: QuestionView };
  /** Let through, or open again. */
  'question.opened': { readonly question: QuestionView };
  'question.dismissed': { readonly question: QuestionView };
  /** What everybody is shown now, with nobody named where it is anonymous; `null`: nothing any more. */
  'question.highlighted': { readonly question: QuestionView | null };
  'overlay.taken': { readonly overlay: LiveOverlay };
  'overlay.cleared': { readonly overlayIds: readonly OverlayId[] };
  /** It is open; the right answer of a quiz is in it. */
  'poll.launched': { readonly poll: PollView };
  /** No more answers are taken; the result is in it. */
  'poll.closed': { readonly poll: PollView };
  /** Stored in one transaction with the gift and its charge: it is never told of a gift that is not, nor a gift left out. */
  'gift.sent': { readonly gift: Gift; readonly totals: GiftTotals };
  'breakouts.opened': { readonly breakouts: BreakoutsView };
  'breakouts.closed': object;
  'breakouts.moved': {
    readonly participant: Pick<AnnouncedParticipant, 'id' | 'name'>;
    readonly from: string;
    readonly to: string;
  };
  'breakouts.helpCalled': {
    readonly participant: Pick<AnnouncedParticipant, 'id' | 'name'>;
    readonly breakoutId: string;
  };
  'stream.ended': { readonly participantId: string; readonly source: Source };
}
export type AnnouncementType = keyof Announcements;

/** Tells the site's back end what happened. It never waits and never throws: a room goes on whoever listens. */
export interface Announcer {
  announce<T extends AnnouncementType>(type: T, roomId: RoomId, data: Announcements[T]): void;
}

export const noAnnouncer: Announcer = { announce() {} };

/** Announces what happens in one room. */
export type RoomAnnounce = <T extends AnnouncementType>(type: T, data: Announcements[T]) => void;
