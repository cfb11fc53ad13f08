import { ProtocolError, type questionRequests } from '../../../src/protocol/index.ts';
import type { Handlers, Recalls } from './handler.ts';

export const questionHandlers: Handlers<keyof typeof questionRequests> = {
  getQuestions: ({ room, participant }) => room.features.questions.viewFor(participant),

  async askQuestion({ room, participant, key, questionBudget }, data) {
    const retryAfterMs = questionBudget.take();
    if (retryAfterMs > 0) throw new ProtocolError('rateLimited', 'Too many questions.', retryAfterMs);
    return { question: await room.features.questions.ask(participant, key, data) };
  },

  async voteForQuestion({ room, participant }, { questionId, voted }) {
    await room.features.questions.vote(participant, questionId, voted);
    return {};
  },

  async answerQuestion({ room, participant }, { questionId, text }) {
    await room.features.questions.answer(questionId, text, participant);
    return {};
  },

  async openQuestion({ room }, { questionId }) {
    await room.features.questions.openQuestion(questionId);
    return {};
  },

  async dismissQuestion({ room }, { questionId }) {
    await room.features.questions.dismiss(questionId);
    return {};
  },

  async highlightQuestion({ room }, { questionId }) {
    await room.features.questions.highlight(questionId);
    return {};
  },

  changeQuestionSettings: async ({ room }, change) => ({
    settings: await room.features.questions.changeSettings(change),
  }),
};

export const questionRecalls: Recalls = {
  async askQuestion({ room, participant, key }) {
    const question = await room.features.questions.find(participant, key);
    return question && { question };
  },
};
