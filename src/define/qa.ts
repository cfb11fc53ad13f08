// Written by `npm run entries` from the folders of src/elements.

import { defineElement } from '../elements/define-element.ts';
import { IlsQa } from '../elements/qa/qa.ts';
import type {
  IlsAnswerQuestionRequestEvent,
  IlsAskQuestionRequestEvent,
  IlsDismissQuestionRequestEvent,
  IlsHighlightQuestionRequestEvent,
  IlsOpenQuestionRequestEvent,
  IlsQuestionSettingsRequestEvent,
  IlsVoteForQuestionRequestEvent,
} from '../events/question-requests.ts';
import type { IlsChangeRoleRequestEvent } from '../events/participant-requests.ts';
import type { IlsJoinRequestEvent } from '../events/connection-requests.ts';

defineElement('ils-qa', IlsQa);
export { IlsQa };

declare global {
  interface HTMLElementTagNameMap {
    'ils-qa': IlsQa;
  }
  interface HTMLElementEventMap {
    'ils-ask-question-request': IlsAskQuestionRequestEvent;
    'ils-vote-for-question-request': IlsVoteForQuestionRequestEvent;
    'ils-answer-question-request': IlsAnswerQuestionRequestEvent;
    'ils-open-question-request': IlsOpenQuestionRequestEvent;
    'ils-dismiss-question-request': IlsDismissQuestionRequestEvent;
    'ils-highlight-question-request': IlsHighlightQuestionRequestEvent;
    'ils-question-settings-request': IlsQuestionSettingsRequestEvent;
    'ils-change-role-request': IlsChangeRoleRequestEvent;
    'ils-join-request': IlsJoinRequestEvent;
  }
}
