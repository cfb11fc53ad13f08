import { warningIcon } from '../../icons/warning.ts';
import { msg } from '../../locales/localization.ts';
import type { BroadcastView } from '../../protocol/index.ts';
import { describeFailure } from '../broadcast/trouble-words.ts';
import type { Slate } from './slate.ts';

/** Why there is no broadcast any more. Loaded when one has failed. */
export function failedSlate({ reason, startedAt }: BroadcastView): Slate {
  return {
    icon: warningIcon,
    title: startedAt === null ? msg('The broadcast could not start') : msg('The broadcast was interrupted'),
    text: `${describeFailure(reason?.code ?? 'internal')} ${msg('It goes on here by itself, once it is started again.')}`,
  };
}
