import type { MenuItem, MenuSection } from '../../controllers/menu.ts';
import { IlsChangeRoleRequestEvent } from '../../events/participant-requests.ts';
import {
  IlsAnswerQuestionRequestEvent,
  IlsDismissQuestionRequestEvent,
  IlsOpenQuestionRequestEvent,
  IlsQuestionSettingsRequestEvent,
} from '../../events/question-requests.ts';
import { checkIcon } from '../../icons/check.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { inviteIcon } from '../../icons/invite.ts';
import { reopenIcon } from '../../icons/reopen.ts';
import { msg, str } from '../../locales/localization.ts';
import type { QuestionSettings, QuestionView, RequestName, RoleName } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

type Ask = (event: Event, request: RequestName) => void;

/** What a moderator may do about a question, beyond what stands on it. */
export function questionMenu(ask: Ask, store: Store, question: QuestionView, stageRole: RoleName): MenuSection[] {
  const { id, state, asker } = question;
  const become: MenuItem[] = [];
  if (state === 'open') {
    become.push({
      label: msg('Mark as answered live'),
      icon: checkIcon,
      handleSelect: () => ask(new IlsAnswerQuestionRequestEvent(id, null), 'answerQuestion'),
    });
  } else {
    become.push({
      label: state === 'answered' ? msg('Take the answer back') : msg('Show again'),
      icon: reopenIcon,
      handleSelect: () => ask(new IlsOpenQuestionRequestEvent(id), 'openQuestion'),
    });
  }
  const isSelf = asker?.id === store.participants.selfId.value;
  if (asker !== null && !isSelf && may(store, 'participant.changeRole') && stageRole in store.connection.roles.value) {
    become.push({
      label: msg(str`Invite ${asker.name} on stage`),
      icon: inviteIcon,
      handleSelect: () => ask(new IlsChangeRoleRequestEvent(asker.id, stageRole), 'changeRole'),
    });
  }
  const dismiss: MenuItem = {
    label: msg('Dismiss', { id: 'Dismiss (set aside)' }),
    icon: deleteIcon,
    destructive: true,
    handleSelect: () => ask(new IlsDismissQuestionRequestEvent(id), 'dismissQuestion'),
  };
  return [{ items: become }, { items: state === 'dismissed' ? [] : [dismiss] }];
}

/** How questions are taken. */
export function settingsMenu(ask: Ask, settings: QuestionSettings): MenuSection[] {
  const choose = (change: Partial<QuestionSettings>) => () =>
    ask(new IlsQuestionSettingsRequestEvent(change), 'changeQuestionSettings');
  const { isOpen, isModerated, allowsAnonymous } = settings;
  return [
    {
      label: msg('Asking'),
      items: [
        { label: msg('Open'), checked: isOpen, handleSelect: choose({ isOpen: true }) },
        { label: msg('Closed'), checked: !isOpen, handleSelect: choose({ isOpen: false }) },
      ],
    },
    {
      label: msg('New questions'),
      items: [
        { label: msg('Shown at once'), checked: !isModerated, handleSelect: choose({ isModerated: false }) },
        { label: msg('Reviewed first'), checked: isModerated, handleSelect: choose({ isModerated: true }) },
      ],
    },
    {
      label: msg('Names'),
      items: [
        { label: msg('Anonymous allowed'), checked: allowsAnonymous, handleSelect: choose({ allowsAnonymous: true }) },
        {
          label: msg('Always with a name'),
          checked: !allowsAnonymous,
          handleSelect: choose({ allowsAnonymous: false }),
        },
      ],
    },
  ];
}
