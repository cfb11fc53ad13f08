import type { RoomActions } from '../actions/room-actions.ts';
import type { PollAnswer, PollId, PollInput } from '../protocol/index.ts';
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

/** Make a poll, and open it at once or leave it a draft. */
export class IlsCreatePollRequestEvent extends IlsRequestEvent {
  readonly poll: PollInput;
  readonly launch: boolean;

  constructor(poll: PollInput, launch: boolean) {
    super('ils-create-poll-request');
    this.poll = poll;
    this.launch = launch;
  }

  override async perform(actions: RoomActions): Promise<void> {
    const { poll } = await actions.createPoll(this.poll);
    if (this.launch) await actions.launchPoll({ pollId: poll.id });
  }
}

/** Open, close, reveal or erase a poll. */
export class IlsManagePollRequestEvent extends IlsRequestEvent {
  readonly pollId: PollId;
  readonly change: 'launch' | 'close' | 'reveal' | 'delete';

  constructor(pollId: PollId, change: 'launch' | 'close' | 'reveal' | 'delete') {
    super('ils-manage-poll-request');
    this.pollId = pollId;
    this.change = change;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    const { pollId } = this;
    switch (this.change) {
      case 'launch':
        return actions.launchPoll({ pollId });
      case 'close':
        return actions.closePoll({ pollId });
      case 'reveal':
        return actions.revealPoll({ pollId });
      case 'delete':
        return actions.deletePoll({ pollId });
    }
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-vote-request': IlsVoteRequestEvent;
    'ils-create-poll-request': IlsCreatePollRequestEvent;
    'ils-manage-poll-request': IlsManagePollRequestEvent;
  }
}
