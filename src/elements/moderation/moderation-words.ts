import { formatDuration } from '../../locales/duration.ts';
import { msg, str } from '../../locales/localization.ts';
import type { HoldReason, ModerationEntry } from '../../protocol/index.ts';

/** Why a message waits. */
export function describeHold(reason: HoldReason): string {
  const words: Record<HoldReason, () => string> = {
    firstMessage: () => msg('First message'),
    link: () => msg('Link'),
    word: () => msg('Filtered word'),
    filter: () => msg('Filter'),
  };
  return words[reason]();
}

/** What was done, without who and why. */
export function describeAction({ action, target, durationMs }: ModerationEntry): string {
  const whom = target?.name ?? '';
  const time = durationMs === null ? '' : formatDuration(durationMs);
  const words: Record<ModerationEntry['action'], () => string> = {
    messageDeleted: () => msg(str`Deleted a message of ${whom}`),
    messageReported: () => msg(str`Reported a message of ${whom}`),
    messageApproved: () => msg(str`Approved a message of ${whom}`),
    messageRejected: () => msg(str`Rejected a message of ${whom}`),
    pinned: () => msg(str`Pinned a message of ${whom}`),
    announced: () => msg('Made an announcement'),
    unpinned: () => msg('Took down a pin'),
    slowModeChanged: () => (durationMs === 0 ? msg('Ended slow mode') : msg(str`Set slow mode to ${time}`)),
    chatWritersChanged: () => msg('Changed who may chat'),
    timedOut: () => msg(str`Timed out ${whom} for ${time}`),
    timeOutLifted: () => msg(str`Lifted the time-out of ${whom}`),
    banned: () => (durationMs === null ? msg(str`Banned ${whom}`) : msg(str`Banned ${whom} for ${time}`)),
    banLifted: () => msg(str`Lifted the ban of ${whom}`),
    roomLocked: () => msg('Locked the room'),
    roomUnlocked: () => msg('Unlocked the room'),
    participantRemoved: () => msg(str`Removed ${whom}`),
    participantMuted: () => msg(str`Muted ${whom}`),
    everyoneMuted: () => msg('Muted everyone'),
    chatPoliciesChanged: () => msg('Changed the rules of the chat'),
    lobbyOpened: () => msg('Opened the lobby'),
    lobbyClosed: () => msg('Closed the lobby'),
    participantAdmitted: () => msg(str`Let ${whom} in`),
    everyoneAdmitted: () => msg('Let everyone in'),
    participantTurnedAway: () => msg(str`Turned ${whom} away`),
  };
  return words[action]();
}
