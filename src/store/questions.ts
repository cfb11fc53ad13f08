import { signal } from '@preact/signals-core';
import type { QuestionId, QuestionSettings, QuestionView } from '../protocol/index.ts';
import type { History } from './history.ts';

export function createQuestionsSlice() {
  return {
    /** `loading` until all of it has come; `failed`: it did not, and is asked for again on return. */
    state: signal<'loading' | 'ready' | 'failed'>('loading'),
    settings: signal<QuestionSettings>({ isOpen: true, isModerated: false, allowsAnonymous: true }),
    /** Those that one may know, in the order asked. */
    questions: signal<ReadonlyMap<QuestionId, QuestionView>>(new Map()),
    /** Those that one voted for. */
    voted: signal<ReadonlySet<QuestionId>>(new Set()),
    /** What was on everybody's screen from which moment on. */
    highlighted: signal<History<QuestionView | null>>([]),
  };
}
export type QuestionsSlice = ReturnType<typeof createQuestionsSlice>;
