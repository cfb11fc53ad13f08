import type { ModerationEntryDraft } from '../store/moderation-store.ts';
import type { Participant } from './participant.ts';

/** What an entry of the log says beside who and when. */
export type Act = Pick<ModerationEntryDraft, 'action'> & Partial<Omit<ModerationEntryDraft, 'action' | 'at' | 'actor'>>;

/** An entry of the log ([D7]); `by` is `null` for the site's back end. */
export function createEntry(by: Participant | null, act: Act, at: number): ModerationEntryDraft {
  const { target } = act;
  return {
    messageId: null,
    durationMs: null,
    reason: '',
    ...act,
    at,
    actor: by && { id: by.id, name: by.name },
    target: target ? { id: target.id, name: target.name } : null,
  };
}
