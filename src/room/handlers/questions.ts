import { batch } from '@preact/signals-core';
import type { QuestionId, QuestionView } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import { withMoment } from '../../store/history.ts';
import { createQuestionsSlice } from '../../store/questions.ts';
import type { Feature, FeatureParts } from '../features.ts';
import { changed, without } from './map-changes.ts';

export function createQuestions({ store, request }: FeatureParts): Feature<'questions'> {
  const slice = createQuestionsSlice();
  const { questions, voted, highlighted, settings, state } = slice;
  /** Counts what was told, so that an answer which it overtook is asked for again. */
  let told = 0;

  const set = (question: QuestionView): void => {
    told += 1;
    questions.value = changed(questions.value, question.id, question);
    if (highlighted.value.some(({ value }) => value?.id === question.id))
      highlighted.value = highlighted.value.map((moment) =>
        moment.value?.id === question.id ? { ...moment, value: question } : moment,
      );
  };
  const change = (id: QuestionId, part: Partial<QuestionView>): void => {
    const question = questions.value.get(id);
    if (question) set({ ...question, ...part });
  };
  /** An event names nobody who asked without a name; what is known of them stays. */
  const withAsker = (question: QuestionView): QuestionView => ({
    ...question,
    asker: question.asker ?? questions.value.get(question.id)?.asker ?? null,
  });

  /** What it was before is known alone to who was there. */
  const restoreHighlighted = (question: QuestionView | null, since: number | null): void => {
    const last = highlighted.value.at(-1);
    if ((last?.value?.id ?? null) === (question?.id ?? null)) {
      if (question) highlighted.value = [...highlighted.value.slice(0, -1), { from: last?.from ?? 0, value: question }];
      return;
    }
    const from = since ?? (question ? 0 : Date.now() + store.connection.serverOffsetMs.value);
    highlighted.value = withMoment(highlighted.value, from, question);
  };

  const restore = async (): Promise<void> => {
    try {
      let before: number;
      do {
        before = told;
        // oxlint-disable-next-line no-await-in-loop -- each answer shows whether the next is needed
        const whole = await request('getQuestions', {});
        const byId = new Map(whole.questions.map((question) => [question.id, question]));
        batch(() => {
          settings.value = whole.settings;
          questions.value = byId;
          voted.value = new Set(whole.voted);
          restoreHighlighted((whole.highlighted !== null && byId.get(whole.highlighted)) || null, whole.highlightedAt);
          state.value = 'ready';
        });
      } while (told !== before);
    } catch (error) {
      if (state.value === 'loading') state.value = 'failed';
      throw error;
    }
  };

  return {
    slice,
    restore,
    events: {
      questionOpened: ({ question }) => set(withAsker(question)),
      questionAnswered: ({ questionId, answer }) => change(questionId, { state: 'answered', answer }),
      questionDismissed({ questionId }) {
        const isOwn = questions.value.get(questionId)?.asker?.id === store.participants.selfId.value;
        if (isOwn || may(store, 'question.moderate')) change(questionId, { state: 'dismissed' });
        else {
          told += 1;
          questions.value = without(questions.value, questionId);
        }
      },
      questionVotesCounted({ votes }) {
        const next = new Map(questions.value);
        for (const [id, count] of votes) {
          const question = next.get(id);
          if (question) next.set(id, { ...question, votes: count });
        }
        questions.value = next;
      },
      questionHighlighted({ question, at }) {
        told += 1;
        highlighted.value = withMoment(highlighted.value, at, question && withAsker(question));
      },
      questionSettingsChanged(data) {
        told += 1;
        settings.value = data.settings;
      },
    },
    signals: {
      questionReviewed: ({ question }) => set(question),
      questionVoted({ questionId, voted: isVoted }) {
        told += 1;
        const next = new Set(voted.value);
        if (isVoted) next.add(questionId);
        else next.delete(questionId);
        voted.value = next;
      },
      // Told on every return and after each change of what one may know: signals in between were missed.
      permissionsChanged() {
        restore().catch(() => undefined);
      },
    },
  };
}
