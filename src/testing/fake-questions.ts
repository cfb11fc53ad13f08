import {
  DEFAULT_QUESTION_SETTINGS,
  ProtocolError,
  type ParticipantId,
  type QuestionId,
  type QuestionSettings,
  type QuestionView,
} from '../protocol/index.ts';
import { withMoment } from '../store/history.ts';
import { createQuestionsSlice } from '../store/questions.ts';
import type { FakeFeature } from './fake-features.ts';
import type { FakeRoomModel } from './fake-room-model.ts';

/** A question of a fake room; without an asker it is one's own. */
export interface FakeQuestion extends Partial<Omit<QuestionView, 'id' | 'index' | 'asker' | 'answer'>> {
  readonly text: string;
  /** Name of who asked. */
  readonly asker?: string;
  /** The answer in writing, `null` where it was given on stage. */
  readonly answer?: string | null;
  readonly isVoted?: boolean;
}

export interface FakeQuestionsOptions {
  readonly settings?: Partial<QuestionSettings>;
  readonly questions?: readonly FakeQuestion[];
  /** Which of them is on the screen, by its place. */
  readonly highlighted?: number;
  /** They are not there yet, or did not come. */
  readonly state?: 'loading' | 'failed';
}

export function createFakeQuestions(
  model: FakeRoomModel,
  { settings, questions = [], highlighted, state }: FakeQuestionsOptions = {},
): FakeFeature<'questions'> {
  const slice = createQuestionsSlice();
  const onScreen = () => slice.highlighted.value.at(-1)?.value ?? null;
  const show = (question: QuestionView | null): void => {
    slice.highlighted.value = withMoment(slice.highlighted.value, 0, question);
  };
  const set = (question: QuestionView): QuestionView => {
    slice.questions.value = new Map(slice.questions.value).set(question.id, question);
    if (onScreen()?.id === question.id) show(question);
    return question;
  };
  const find = (id: QuestionId): QuestionView => {
    const question = slice.questions.value.get(id);
    if (!question) throw new ProtocolError('notFound', 'no such question');
    return question;
  };
  const self = () => ({ id: model.selfId, name: model.personOf(model.selfId).name });
  const add = ({ asker, answer, isVoted = false, ...rest }: FakeQuestion): QuestionView => {
    const index = slice.questions.value.size;
    const id = `q${index}` as QuestionId;
    const person = asker === undefined ? self() : { id: `asker-${index}` as ParticipantId, name: asker };
    const at = model.nextTime();
    if (isVoted) slice.voted.value = new Set(slice.voted.value).add(id);
    return set({
      id,
      index,
      askedAt: at,
      isAnonymous: false,
      votes: 0,
      state: answer === undefined ? 'open' : 'answered',
      ...rest,
      asker: rest.isAnonymous === true && asker === '' ? null : person,
      answer:
        answer === undefined ? null : { text: answer, by: { id: 'h' as ParticipantId, name: 'Ada Lovelace' }, at },
    });
  };

  slice.settings.value = { ...DEFAULT_QUESTION_SETTINGS, ...settings };
  slice.state.value = state ?? 'ready';
  for (const question of questions) add(question);
  if (highlighted !== undefined) show([...slice.questions.value.values()][highlighted] ?? null);

  return {
    slice,
    answers: {
      askQuestion({ text, isAnonymous = false }) {
        return { question: add({ text, isAnonymous, state: slice.settings.value.isModerated ? 'waiting' : 'open' }) };
      },
      voteForQuestion({ questionId, voted }) {
        const next = new Set(slice.voted.value);
        const question = find(questionId);
        if (next.has(questionId) === voted) return {};
        if (voted) next.add(questionId);
        else next.delete(questionId);
        slice.voted.value = next;
        set({ ...question, votes: question.votes + (voted ? 1 : -1) });
        return {};
      },
      answerQuestion({ questionId, text }) {
        set({ ...find(questionId), state: 'answered', answer: { text, by: self(), at: model.nextTime() } });
        return {};
      },
      openQuestion({ questionId }) {
        set({ ...find(questionId), state: 'open', answer: null });
        return {};
      },
      dismissQuestion({ questionId }) {
        if (onScreen()?.id === questionId) show(null);
        set({ ...find(questionId), state: 'dismissed' });
        return {};
      },
      highlightQuestion({ questionId }) {
        show(questionId === null ? null : find(questionId));
        return {};
      },
      changeQuestionSettings(change) {
        const { isOpen, isModerated, allowsAnonymous } = slice.settings.value;
        slice.settings.value = {
          isOpen: change.isOpen ?? isOpen,
          isModerated: change.isModerated ?? isModerated,
          allowsAnonymous: change.allowsAnonymous ?? allowsAnonymous,
        };
        return { settings: slice.settings.value };
      },
    },
  };
}
