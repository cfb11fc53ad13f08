import { performance } from 'node:perf_hooks';
import * as v from 'valibot';
import {
  mediaRequests,
  ProtocolError,
  REQUEST_PERMISSIONS,
  REQUESTS,
  type RequestData,
  type RequestFrame,
  type RequestName,
} from '../../../src/protocol/index.ts';
import type { TokenVerifier } from '../auth/token.ts';
import { Lane } from '../rooms/lane.ts';
import type { Participant } from '../rooms/participant.ts';
import type { Room } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { broadcastHandlers } from './broadcast.ts';
import { breakoutHandlers, breakoutRecalls } from './breakouts.ts';
import { captionHandlers } from './captions.ts';
import { handHandlers, handRecalls } from './hands.ts';
import { chatPolicyHandlers } from './chat-policies.ts';
import { chatHandlers, chatRecalls } from './chat.ts';
import { directChatHandlers, directChatRecalls } from './direct-chat.ts';
import { giftHandlers, giftRecalls } from './gifts.ts';
import type { Exemption, Exemptions, Handler, Handlers, Recall, Recalls, RequestContext } from './handler.ts';
import { lobbyHandlers } from './lobby.ts';
import { mediaHandlers } from './media.ts';
import { overlayHandlers, overlayRecalls } from './overlays.ts';
import { moderationHandlers } from './moderation.ts';
import { participantExemptions, participantHandlers } from './participants.ts';
import { questionHandlers, questionRecalls } from './questions.ts';
import { pollHandlers, pollRecalls } from './polls.ts';
import { reactionHandlers } from './reactions.ts';
import { RequestMemory, type Outcome } from './request-memory.ts';
import { roomHandlers } from './room.ts';
import { stageHandlers } from './stage.ts';
import { TokenBucket } from './token-bucket.ts';

const HANDLERS: Handlers = {
  ...roomHandlers,
  ...participantHandlers,
  ...stageHandlers,
  ...chatHandlers,
  ...broadcastHandlers,
  ...handHandlers,
  ...breakoutHandlers,
  ...questionHandlers,
  ...pollHandlers,
  ...reactionHandlers,
  ...overlayHandlers,
  ...captionHandlers,
  ...giftHandlers,
  ...moderationHandlers,
  ...chatPolicyHandlers,
  ...directChatHandlers,
  ...lobbyHandlers,
  ...mediaHandlers,
};
const RECALLS: Recalls = {
  ...breakoutRecalls,
  ...handRecalls,
  ...chatRecalls,
  ...directChatRecalls,
  ...pollRecalls,
  ...questionRecalls,
  ...overlayRecalls,
  ...giftRecalls,
};
const EXEMPTIONS: Exemptions = { ...participantExemptions };

/** Keys of a participant that are remembered. More than can wait for a reply on one socket, several times over. */
const REMEMBERED_KEYS = 256;

/** A participant's requests: what may still be asked, what was, and what is under way. */
interface Desk {
  readonly requestBudget: TokenBucket;
  readonly mediaBudget: TokenBucket;
  readonly chatBudget: TokenBucket;
  readonly reactionBudget: TokenBucket;
  readonly questionBudget: TokenBucket;
  readonly memory: RequestMemory;
  readonly lane: Lane;
  /** Media requests keep their own order: the SFU may be slow, and chat does not wait for it ([Q3]). */
  readonly mediaLane: Lane;
}

/** Takes every request through the same steps: budget, schema, key, order, permission, handler. */
export class Requests {
  readonly #rooms: Rooms;
  readonly #tokens: TokenVerifier;
  /** Made with the first request: most viewers never send one. */
  readonly #desks = new WeakMap<Participant, Desk>();

  constructor(rooms: Rooms, tokens: TokenVerifier) {
    this.#rooms = rooms;
    this.#tokens = tokens;
  }

  /** Never rejects: whatever goes wrong is the outcome's error. */
  async handle(room: Room, participant: Participant, frame: RequestFrame): Promise<Outcome> {
    const startedAt = performance.now();
    const outcome = await this.#answer(room, participant, frame);
    this.#rooms.metrics.requestAnswered(
      isRequestName(frame.name) ? frame.name : 'unknown',
      'error' in outcome ? outcome.error.code : 'ok',
      performance.now() - startedAt,
    );
    return outcome;
  }

  #answer(room: Room, participant: Participant, { name, data, key }: RequestFrame): Promise<Outcome> | Outcome {
    const desk = this.#deskOf(participant);
    const retryAfterMs = (isMediaRequest(name) ? desk.mediaBudget : desk.requestBudget).take();
    if (retryAfterMs > 0) return refuse(new ProtocolError('rateLimited', 'Too many requests.', retryAfterMs));
    if (!isRequestName(name)) return refuse(new ProtocolError('unknownRequest', 'There is no such request.'));
    const { chatBudget, reactionBudget, questionBudget } = desk;
    const context = { room, participant, key, tokens: this.#tokens, chatBudget, reactionBudget, questionBudget };
    return this.#prepare(name, data, context, desk);
  }

  #prepare<N extends RequestName>(name: N, input: unknown, context: RequestContext, desk: Desk) {
    const schema: (typeof REQUESTS)[N]['data'] = REQUESTS[name].data;
    const parsed = v.safeParse(schema, input);
    if (!parsed.success) return refuse(new ProtocolError('badRequest', explain(parsed.issues[0])));
    const known = desk.memory.get(context.key);
    if (known) return known;
    const data = parsed.output as RequestData<N>;
    const outcome = this.#queue(name, desk, () => this.#carryOut(name, data, context));
    desk.memory.add(context.key, outcome, !Object.hasOwn(RECALLS, name));
    return outcome;
  }

  #queue(name: RequestName, { lane, mediaLane }: Desk, task: () => Promise<Outcome>): Promise<Outcome> {
    if (!isMediaRequest(name)) return lane.run(task);
    const before = lane.idle;
    return mediaLane.run(() => before.then(task));
  }

  async #carryOut<N extends RequestName>(name: N, data: RequestData<N>, context: RequestContext): Promise<Outcome> {
    const handle: Handler<N> = HANDLERS[name];
    const recall: Recall<N> | undefined = RECALLS[name];
    try {
      assertPresent(name, context);
      const recalled = recall && (await recall(context));
      if (recalled) return { data: recalled };
      assertPermitted(name, data, context);
      return { data: await handle(context, data) };
    } catch (error) {
      return this.#fail(name, error);
    }
  }

  #fail(name: RequestName, error: unknown): Outcome {
    if (error instanceof ProtocolError) return refuse(error);
    this.#rooms.logger.error({ err: error, request: name }, 'a request failed');
    return refuse(new ProtocolError('internal', 'Something went wrong.'));
  }

  #deskOf(participant: Participant): Desk {
    const known = this.#desks.get(participant);
    if (known) return known;
    const { clock, limits } = this.#rooms;
    const desk = {
      requestBudget: new TokenBucket(limits.requests, clock),
      mediaBudget: new TokenBucket(limits.mediaRequests, clock),
      chatBudget: new TokenBucket(limits.chatMessages, clock),
      reactionBudget: new TokenBucket(limits.reactions, clock),
      questionBudget: new TokenBucket(limits.questions, clock),
      memory: new RequestMemory(REMEMBERED_KEYS),
      lane: new Lane(),
      mediaLane: new Lane(),
    };
    this.#desks.set(participant, desk);
    return desk;
  }
}

/** Throws `forbidden` where one waits to be let in, save for what keeps one waiting ([I1]). */
function assertPresent(name: RequestName, { room, participant }: RequestContext): void {
  if (room.roster.has(participant)) return;
  if (!room.features.lobby.has(participant)) throw new ProtocolError('disconnected', 'The participant has left.');
  if (name === 'leave' || name === 'refreshToken') return;
  throw new ProtocolError('forbidden', 'You wait to be let in.');
}

/** Throws `forbidden` where neither the table nor an exemption allows the request ([P1]). */
function assertPermitted<N extends RequestName>(name: N, data: RequestData<N>, context: RequestContext): void {
  const permission = REQUEST_PERMISSIONS[name];
  if (permission === null || context.participant.may(permission)) return;
  const exempt: Exemption<N> | undefined = EXEMPTIONS[name];
  if (exempt?.(context, data)) return;
  throw new ProtocolError('forbidden', `This needs the permission ${permission}.`);
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(REQUESTS, name);
}

function isMediaRequest(name: string): boolean {
  return Object.hasOwn(mediaRequests, name);
}

function refuse(error: ProtocolError): Outcome {
  return { error: error.toWire() };
}

/** Where the data is wrong and what was expected; never the data itself, which may be a token ([E1]). */
function explain(issue: v.BaseIssue<unknown>): string {
  const path = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
  return `${path || 'data'}: expected ${issue.expected ?? issue.requirement ?? issue.type}`.slice(0, 200);
}
