// Written by `npm run entries` from the folders of src/elements.

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { IlsQa as Element } from '../define/qa.ts';
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

/** `<ils-qa>` as a component: properties are props, events are `on…` props. */
export const IlsQa = createComponent({
  react: React,
  tagName: 'ils-qa',
  elementClass: Element,
  displayName: 'IlsQa',
  events: {
    onIlsAskQuestionRequest: 'ils-ask-question-request' as EventName<IlsAskQuestionRequestEvent>,
    onIlsVoteForQuestionRequest: 'ils-vote-for-question-request' as EventName<IlsVoteForQuestionRequestEvent>,
    onIlsAnswerQuestionRequest: 'ils-answer-question-request' as EventName<IlsAnswerQuestionRequestEvent>,
    onIlsOpenQuestionRequest: 'ils-open-question-request' as EventName<IlsOpenQuestionRequestEvent>,
    onIlsDismissQuestionRequest: 'ils-dismiss-question-request' as EventName<IlsDismissQuestionRequestEvent>,
    onIlsHighlightQuestionRequest: 'ils-highlight-question-request' as EventName<IlsHighlightQuestionRequestEvent>,
    onIlsQuestionSettingsRequest: 'ils-question-settings-request' as EventName<IlsQuestionSettingsRequestEvent>,
    onIlsChangeRoleRequest: 'ils-change-role-request' as EventName<IlsChangeRoleRequestEvent>,
    onIlsJoinRequest: 'ils-join-request' as EventName<IlsJoinRequestEvent>,
  },
});
