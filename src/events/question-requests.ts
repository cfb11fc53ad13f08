import type { RoomActions } from '../actions/room-actions.ts';
import type { QuestionId, QuestionSettings } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

/** Ask a question, with one's name or without. */
export class IlsAskQuestionRequestEvent extends IlsRequestEvent {
  readonly text: string;
  readonly isAnonymous: boolean;

  constructor(text: string, isAnonymous: boolean) {
    super('ils-ask-question-request');
    this.text = text;
    this.isAnonymous = isAnonymous;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.askQuestion({ text: this.text, isAnonymous: this.isAnonymous });
  }
}

/** Vote for a question, or take the vote back. */
export class IlsVoteForQuestionRequestEvent extends IlsRequestEvent {
  readonly questionId: QuestionId;
  readonly voted: boolean;

  constructor(questionId: QuestionId, voted: boolean) {
    super('ils-vote-for-question-request');
    this.questionId = questionId;
    this.voted = voted;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.voteForQuestion({ questionId: this.questionId, voted: this.voted });
  }
}

/** Answer a question: in writing, or with `null` as answered on stage. */
export class IlsAnswerQuestionRequestEvent extends IlsRequestEvent {
  readonly questionId: QuestionId;
  readonly text: string | null;

  constructor(questionId: QuestionId, text: string | null) {
    super('ils-answer-question-request');
    this.questionId = questionId;
    this.text = text;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.answerQuestion({ questionId: this.questionId, text: this.text });
  }
}

/** Let a waiting question through, or open one again. */
export class IlsOpenQuestionRequestEvent extends IlsRequestEvent {
  readonly questionId: QuestionId;

  constructor(questionId: QuestionId) {
    super('ils-open-question-request');
    this.questionId = questionId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.openQuestion({ questionId: this.questionId });
  }
}

/** Take a question away from everybody. */
export class IlsDismissQuestionRequestEvent extends IlsRequestEvent {
  readonly questionId: QuestionId;

  constructor(questionId: QuestionId) {
    super('ils-dismiss-question-request');
    this.questionId = questionId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.dismissQuestion({ questionId: this.questionId });
  }
}

/** Show a question on everybody's screen, or with `null` none. */
export class IlsHighlightQuestionRequestEvent extends IlsRequestEvent {
  readonly questionId: QuestionId | null;

  constructor(questionId: QuestionId | null) {
    super('ils-highlight-question-request');
    this.questionId = questionId;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.highlightQuestion({ questionId: this.questionId });
  }
}

/** Open or close the asking, look through questions first, allow them without a name. */
export class IlsQuestionSettingsRequestEvent extends IlsRequestEvent {
  readonly settings: Partial<QuestionSettings>;

  constructor(settings: Partial<QuestionSettings>) {
    super('ils-question-settings-request');
    this.settings = settings;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    return actions.changeQuestionSettings(this.settings);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-ask-question-request': IlsAskQuestionRequestEvent;
    'ils-vote-for-question-request': IlsVoteForQuestionRequestEvent;
    'ils-answer-question-request': IlsAnswerQuestionRequestEvent;
    'ils-open-question-request': IlsOpenQuestionRequestEvent;
    'ils-dismiss-question-request': IlsDismissQuestionRequestEvent;
    'ils-highlight-question-request': IlsHighlightQuestionRequestEvent;
    'ils-question-settings-request': IlsQuestionSettingsRequestEvent;
  }
}
