import type { BreakoutStore } from './breakout-store.ts';
import type { CaptionStore } from './caption-store.ts';
import type { ChatPolicyStore } from './chat-policy-store.ts';
import type { LobbyStore } from './lobby-store.ts';
import type { ModerationStore } from './moderation-store.ts';
import type { DirectChatStore } from './direct-chat-store.ts';
import type { OverlayStore } from './overlay-store.ts';
import type { PollStore } from './poll-store.ts';
import type { ChargeStore } from './charge-store.ts';
import type { GiftStore } from './gift-store.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { HandStore } from './hand-store.ts';
import type { QuestionStore } from './question-store.ts';

/** What each feature of a room keeps, by the feature's name. */
export interface FeatureStores {
  readonly polls: PollStore;
  readonly gifts: GiftStore;
  readonly ledger: LedgerStore;
  readonly charges: ChargeStore;
  readonly hands: HandStore;
  readonly questions: QuestionStore;
  readonly overlays: OverlayStore;
  readonly captions: CaptionStore;
  readonly moderation: ModerationStore;
  readonly chatPolicies: ChatPolicyStore;
  readonly breakouts: BreakoutStore;
  readonly directChat: DirectChatStore;
  readonly lobby: LobbyStore;
}
