import type { RoomActions } from '../actions/room-actions.ts';
import type { PollAnswer, PollId } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Answer a poll. */
export class IlsVoteRequestEvent extends IlsRequestEvent {
  readonly pollId: PollId;
  readonly answer: PollAnswer;
  /** When the question reached one's own picture, by the server's clock; milliseconds since the epoch. */
  readonly shownAt: number | undefined;

  constructor(pollId: PollId, answer: PollAnswer, shownAt?: number) {
    super('ils-vote-request');
    this.pollId = pollId;
    this.answer = answer;
    this.shownAt = shownAt;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    const { pollId, answer, shownAt } = this;
    return actions.vote(shownAt === undefined ? { pollId, answer } : { pollId, answer, shownAt });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-vote-request': IlsVoteRequestEvent;
  }
}
