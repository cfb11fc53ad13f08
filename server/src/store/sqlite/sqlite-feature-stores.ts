import type { FeatureStores } from '../feature-stores.ts';
import { SqliteBreakoutStore } from './sqlite-breakout-store.ts';
import { SqliteCaptionStore } from './sqlite-caption-store.ts';
import { SqliteChatPolicyStore } from './sqlite-chat-policy-store.ts';
import { SqliteDirectChatStore } from './sqlite-direct-chat-store.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { SqliteLobbyStore } from './sqlite-lobby-store.ts';
import { SqliteModerationStore } from './sqlite-moderation-store.ts';
import { SqliteOverlayStore } from './sqlite-overlay-store.ts';
import { SqlitePollStore } from './sqlite-poll-store.ts';
import { SqliteChargeStore } from './sqlite-charge-store.ts';
import { SqliteGiftStore } from './sqlite-gift-store.ts';
import { SqliteLedger } from './sqlite-ledger.ts';
import { SqliteHandStore } from './sqlite-hand-store.ts';
import { SqliteQuestionStore } from './sqlite-question-store.ts';

export function createFeatureStores(file: SqliteFile): FeatureStores {
  const ledger = new SqliteLedger(file);
  const charges = new SqliteChargeStore(file);
  return {
    polls: new SqlitePollStore(file),
    gifts: new SqliteGiftStore(file, ledger, charges),
    ledger,
    charges,
    hands: new SqliteHandStore(file),
    questions: new SqliteQuestionStore(file),
    overlays: new SqliteOverlayStore(file),
    captions: new SqliteCaptionStore(file),
    moderation: new SqliteModerationStore(file),
    chatPolicies: new SqliteChatPolicyStore(file),
    breakouts: new SqliteBreakoutStore(file),
    directChat: new SqliteDirectChatStore(file),
    lobby: new SqliteLobbyStore(file),
  };
}
