import type { RoomActions } from '../actions/room-actions.ts';
import type { PollChange, PollId, PollInput } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Asks to keep a poll. */
abstract class SavePollRequestEvent extends IlsRequestEvent {
  /** The poll, once the server keeps it; rejects with its error. Settles never where a page took the request over. */
  readonly saved: Promise<PollId>;
  readonly launch: boolean;
  #settle: (saving: Promise<PollId>) => void = () => {};

  constructor(type: `ils-${string}-request`, launch: boolean) {
    super(type);
    this.launch = launch;
    this.saved = new Promise((resolve) => {
      this.#settle = resolve;
    });
    // Who does not wait for it is not told of its failure twice.
    this.saved.catch(() => undefined);
  }

  protected abstract save(actions: RoomActions): Promise<PollId>;

  override async perform(actions: RoomActions): Promise<void> {
    const saving = this.save(actions);
    this.#settle(saving);
    const pollId = await saving;
    if (this.launch) await actions.launchPoll({ pollId });
  }
}

/** Make a poll, and open it at once or leave it a draft. */
export class IlsCreatePollRequestEvent extends SavePollRequestEvent {
  readonly poll: PollInput;

  constructor(poll: PollInput, launch: boolean) {
    super('ils-create-poll-request', launch);
    this.poll = poll;
  }

  protected override async save(actions: RoomActions): Promise<PollId> {
    return (await actions.createPoll(this.poll)).poll.id;
  }
}

/** Change a draft or a scheduled poll, and open it at once or leave it as it is. */
export class IlsUpdatePollRequestEvent extends SavePollRequestEvent {
  readonly pollId: PollId;
  readonly change: PollChange;

  constructor(pollId: PollId, change: PollChange, launch: boolean) {
    super('ils-update-poll-request', launch);
    this.pollId = pollId;
    this.change = change;
  }

  protected override async save(actions: RoomActions): Promise<PollId> {
    return (await actions.updatePoll({ pollId: this.pollId, change: this.change })).poll.id;
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
    'ils-create-poll-request': IlsCreatePollRequestEvent;
    'ils-update-poll-request': IlsUpdatePollRequestEvent;
    'ils-manage-poll-request': IlsManagePollRequestEvent;
  }
}
