import type { ReplyData, RequestData, RequestName } from '../../../src/protocol/index.ts';
import type { TokenVerifier } from '../auth/token.ts';
import type { Participant } from '../rooms/participant.ts';
import type { Room } from '../rooms/room.ts';
import type { TokenBucket } from './token-bucket.ts';

/** Who asks, where, and under which key. */
export interface RequestContext {
  readonly room: Room;
  readonly participant: Participant;
  /** Idempotency key ([Q2]). */
  readonly key: string;
  readonly tokens: TokenVerifier;
  /** The participant's budget of chat messages ([L2]). */
  readonly chatBudget: TokenBucket;
  /** The participant's budget of reactions ([X2]). */
  readonly reactionBudget: TokenBucket;
  /** The participant's budget of questions ([U2]). */
  readonly questionBudget: TokenBucket;
}

/** Carries a request out. Its data is valid and its permission checked; what it throws is a `ProtocolError`. */
export type Handler<N extends RequestName> = (
  context: RequestContext,
  data: RequestData<N>,
) => ReplyData<N> | Promise<ReplyData<N>>;

export type Handlers<N extends RequestName = RequestName> = { readonly [K in N]: Handler<K> };

/** The answer that an earlier request with the same key was given, kept where a restart does not reach it ([Q2]). */
export type Recall<N extends RequestName> = (context: RequestContext) => Promise<ReplyData<N> | null>;

export type Recalls = { readonly [K in RequestName]?: Recall<K> };

/** Whether a request goes without the permission that the table asks for ([P1]). */
export type Exemption<N extends RequestName> = (context: RequestContext, data: RequestData<N>) => boolean;

export type Exemptions = { readonly [K in RequestName]?: Exemption<K> };
