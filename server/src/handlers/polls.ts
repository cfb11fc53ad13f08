import type { pollRequests, PollView } from '../../../src/protocol/index.ts';
import type { PollRequestKey } from '../store/poll-store.ts';
import { toCsv } from '../rooms/polls/poll-export.ts';
import type { Handlers, Recalls, RequestContext } from './handler.ts';

const keyOf = ({ participant, key }: RequestContext): PollRequestKey => ({ author: participant.id, key });

export const pollHandlers: Handlers<keyof typeof pollRequests> = {
  getPolls: ({ room, participant }) => room.features.polls.load(participant),

  async vote({ room, participant, key }, data) {
    return { vote: await room.features.polls.vote(participant, key, data) };
  },

  getLeaderboard: ({ room, participant }, { after, limit }) =>
    room.features.polls.leaderboard(participant, after, limit),

  async createPoll(context, input) {
    return { poll: await context.room.features.polls.create(keyOf(context), input) };
  },

  async updatePoll(context, { pollId, change }) {
    return { poll: await context.room.features.polls.update(keyOf(context), pollId, change) };
  },

  async deletePoll(context, { pollId }) {
    await context.room.features.polls.remove(keyOf(context), pollId);
    return {};
  },

  async launchPoll(context, { pollId }) {
    return { poll: await context.room.features.polls.launch(keyOf(context), pollId) };
  },

  async closePoll(context, { pollId }) {
    return { poll: await context.room.features.polls.end(keyOf(context), pollId) };
  },

  async revealPoll(context, { pollId }) {
    return { poll: await context.room.features.polls.reveal(keyOf(context), pollId) };
  },

  async exportPoll({ room }, { pollId, format }) {
    const results = await room.features.polls.archive.results(pollId);
    return format === 'csv'
      ? { fileName: `poll-${pollId}.csv`, mediaType: 'text/csv', text: toCsv(results) }
      : { fileName: `poll-${pollId}.json`, mediaType: 'application/json', text: JSON.stringify(results, null, 2) };
  },
};

/** What the same key changed before, as it is now. */
async function recallChange(context: RequestContext): Promise<{ poll: PollView } | null> {
  // What was only for those who manage polls stays so.
  if (!context.participant.may('poll.manage')) return null;
  const { polls } = context.room.features;
  const pollId = await polls.findChanged(keyOf(context));
  return pollId && { poll: await polls.view(pollId) };
}

export const pollRecalls: Recalls = {
  async vote({ room, participant, key }) {
    const vote = await room.features.polls.findVote(participant, key);
    return vote && { vote };
  },
  createPoll: recallChange,
  updatePoll: recallChange,
  launchPoll: recallChange,
  closePoll: recallChange,
  revealPoll: recallChange,
  async deletePoll(context) {
    return (await context.room.features.polls.findChanged(keyOf(context))) && {};
  },
};
