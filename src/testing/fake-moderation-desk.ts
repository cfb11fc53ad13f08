import {
  DEFAULT_CHAT_POLICIES,
  ProtocolError,
  type ChatPolicies,
  type HeldMessage,
  type LobbyView,
  type MessageId,
  type ModerationAction,
  type ModerationEntry,
  type ParticipantId,
  type RoleName,
} from '../protocol/index.ts';
import { createModerationDeskSlice } from '../store/moderation-desk.ts';
import type { FakeFeature } from './fake-features.ts';

export interface FakeModerationDeskOptions {
  /** Messages that wait. */
  readonly held?: readonly {
    readonly author: string;
    readonly text: string;
    readonly reason?: HeldMessage['reason'];
  }[];
  /** Who waits to be let in, each `waitMs` so far. */
  readonly lobby?: readonly { readonly name: string; readonly role?: string; readonly waitMs?: number }[];
  /** What holds for messages, beside what holds anyway. */
  readonly policies?: Partial<ChatPolicies>;
  /** What was done, the newest first; `message` is the index of the one reported or deleted. */
  readonly log?: readonly {
    readonly action: ModerationAction;
    readonly actor?: string;
    readonly target?: string;
    readonly reason?: string;
    readonly durationMs?: number;
    readonly message?: number;
  }[];
  readonly hasOlder?: boolean;
  /** It is not there yet, or did not come. */
  readonly state?: 'loading' | 'failed';
}

export function createFakeModerationDesk({
  held = [],
  lobby = [],
  policies = {},
  log = [],
  hasOlder = false,
  state,
}: FakeModerationDeskOptions = {}): FakeFeature<'moderationDesk'> {
  const slice = createModerationDeskSlice();
  const now = Date.now();
  const person = (name: string | undefined) =>
    name === undefined ? null : { id: name.toLowerCase().replaceAll(/\W/g, '-') as ParticipantId, name };
  const entry = (index: number, { action, actor, target, reason = '', durationMs, message }: (typeof log)[number]) => ({
    number: log.length - index,
    at: now - (index + 1) * 95_000,
    action,
    actor: person(actor),
    target: person(target),
    messageId: message === undefined ? null : (`m${message}` as MessageId),
    durationMs: durationMs ?? null,
    reason,
  });
  const setLobby = (waiting: LobbyView['waiting']): void => {
    slice.lobby.value = { waitBelow: 'host' as RoleName, waiting, total: waiting.length };
  };
  const review = (messageId: MessageId): Record<string, never> => {
    if (!slice.held.value.some(({ id }) => id === messageId)) throw new ProtocolError('notFound', 'it does not wait');
    slice.held.value = slice.held.value.filter(({ id }) => id !== messageId);
    return {};
  };

  slice.state.value = state ?? 'ready';
  slice.policies.value = { ...DEFAULT_CHAT_POLICIES, ...policies };
  slice.held.value = held.map(({ author, text, reason = 'firstMessage' }, index) => ({
    id: `held-${index}` as MessageId,
    author: { id: `author-${index}` as ParticipantId, name: author, role: 'viewer' as RoleName },
    text,
    sentAt: now - (held.length - index) * 20_000,
    reason,
  }));
  setLobby(
    lobby.map(({ name, role = 'viewer', waitMs = 40_000 }, index) => ({
      id: `waiting-${index}` as ParticipantId,
      name,
      role: role as RoleName,
      waitingSince: now - waitMs,
    })),
  );
  const entries: ModerationEntry[] = log.map((each, index) => entry(index, each));
  slice.log.value = entries;
  slice.hasOlder.value = hasOlder;

  return {
    slice,
    answers: {
      approveChat: ({ messageId }) => review(messageId),
      rejectChat: ({ messageId }) => review(messageId),
      listModerationLog: () => ({ entries }),
      admit({ participantId }) {
        const waiting = slice.lobby.value?.waiting ?? [];
        const left = participantId === null ? [] : waiting.filter(({ id }) => id !== participantId);
        setLobby(left);
        return { admitted: waiting.length - left.length };
      },
      turnAway({ participantId }) {
        setLobby((slice.lobby.value?.waiting ?? []).filter(({ id }) => id !== participantId));
        return {};
      },
      muteAll: () => ({ muted: 0 }),
      setChatPolicies(change) {
        const changed = { ...DEFAULT_CHAT_POLICIES, ...slice.policies.value };
        for (const [name, value] of Object.entries(change)) Reflect.set(changed, name, value);
        slice.policies.value = changed;
        return { policies: changed };
      },
      setLobby({ waitBelow }) {
        const { waiting = [], total = 0 } = slice.lobby.value ?? {};
        slice.lobby.value = waitBelow === null ? { waitBelow, waiting: [], total: 0 } : { waitBelow, waiting, total };
        return {};
      },
    },
  };
}
