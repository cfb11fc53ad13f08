import { batch } from '@preact/signals-core';
import type { RequestData } from '../../protocol/index.ts';
import { createModerationDeskSlice } from '../../store/moderation-desk.ts';
import { may } from '../../store/selectors.ts';
import type { Feature, FeatureParts } from '../features.ts';

const LOG_PAGE = 50;
const HELD_PAGE = 100;

export function createModerationDesk({ store, request }: FeatureParts): Feature<'moderationDesk'> {
  const slice = createModerationDeskSlice();
  const { state, held, lobby, policies, log, hasOlder, reports } = slice;
  /** Counts what was told, so that an answer which it overtook is asked for again. */
  let told = 0;

  const loadLog = async ({ before, limit }: RequestData<'listModerationLog'>) => {
    const page = await request('listModerationLog', before === undefined ? { limit } : { before, limit });
    batch(() => {
      log.value = before === undefined ? page.entries : [...log.value, ...page.entries];
      hasOlder.value = page.entries.length === limit;
    });
    return page;
  };

  const restore = async (): Promise<void> => {
    try {
      let before: number;
      do {
        before = told;
        // oxlint-disable-next-line no-await-in-loop -- each answer shows whether the next is needed
        const [waiting, doors, rules] = await Promise.all([
          request('listHeldChat', { limit: HELD_PAGE }),
          may(store, 'participant.remove') ? request('getLobby', {}) : null,
          may(store, 'chat.moderate') ? request('getChatPolicies', {}) : null,
          may(store, 'chat.moderate') ? loadLog({ limit: LOG_PAGE }) : null,
        ]);
        batch(() => {
          held.value = waiting.held;
          lobby.value = doors;
          policies.value = rules?.policies ?? null;
          state.value = 'ready';
        });
      } while (told !== before);
    } catch (error) {
      if (state.value === 'loading') state.value = 'failed';
      throw error;
    }
  };
  const restoreQuietly = (): void => void restore().catch(() => undefined);

  return {
    slice,
    restore,
    // It goes before the request of its name: what comes is kept.
    verbs: { listModerationLog: loadLog },
    signals: {
      chatHeld({ message }) {
        told += 1;
        held.value = [...held.value.filter(({ id }) => id !== message.id), message];
      },
      heldChatReviewed({ messageId }) {
        told += 1;
        held.value = held.value.filter(({ id }) => id !== messageId);
      },
      chatPoliciesChanged(data) {
        told += 1;
        policies.value = data.policies;
      },
      lobbyChanged(view) {
        told += 1;
        lobby.value = view;
      },
      chatReported(report) {
        reports.value = [...reports.value, report].slice(-200);
        void loadLog({ limit: LOG_PAGE }).catch(() => undefined);
      },
      // Told on every return and after each change of what one may know: signals in between were missed.
      permissionsChanged: restoreQuietly,
    },
  };
}
