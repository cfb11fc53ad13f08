import { randomUUID } from 'node:crypto';
import {
  LATEST_GIFTS,
  ProtocolError,
  rankGifter,
  type Gift,
  type GiftCatalogue,
  type Gifter,
  type GiftGoal,
  type GiftGoalInput,
  type GiftItem,
  type GiftTotals,
  type ReplyData,
  type RequestData,
} from '../../../src/protocol/index.ts';
import type { AppendedGift, GiftFunds } from '../store/gift-store.ts';
import type { ExternalWallet } from '../wallet/external-wallet.ts';
import type { Feature, FeatureParts } from './features.ts';
import type { Participant } from './participant.ts';

type GiftParts = Pick<FeatureParts, 'roomId' | 'channel' | 'roster' | 'clock' | 'stores' | 'announce'> & {
  /** Those of the room's template. */
  readonly catalogue: GiftCatalogue;
  /** The site's own wallets; without them those of the ledger pay. */
  readonly wallet: ExternalWallet | undefined;
};

/** What has been announced. What is stored beyond is on its way and in no answer yet. */
interface State {
  catalogue: GiftCatalogue;
  goal: GiftGoal | null;
  totals: GiftTotals;
  top: readonly Gifter[];
  readonly latest: Gift[];
}

/** A room's gifts: charged and stored in one transaction, then announced in the order of index ([G3], [G4]). */
export class Gifts implements Feature {
  readonly #parts: GiftParts;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #stopWatching: () => void;
  #loading: Promise<State> | null = null;
  #closed = false;

  constructor(parts: GiftParts) {
    this.#parts = parts;
    const { channel, roster, stores } = parts;
    this.#stopWatching = stores.ledger.watchWallets((ownerId, balance) => {
      const link = roster.get(ownerId)?.link;
      if (link) channel.signalTo(link, 'giftBalanceChanged', { balance });
    });
  }

  get settled(): Promise<unknown> {
    return Promise.allSettled(this.#underWay);
  }

  close(): void {
    this.#closed = true;
    this.#stopWatching();
  }

  /** The whole of it as `participant` may see it ([G6]). */
  async wholeFor({ id }: Participant): Promise<ReplyData<'getGifts'>> {
    const { stores, wallet } = this.#parts;
    await this.#state();
    const balance = wallet ? null : (await stores.ledger.loadWallet(id)).balance;
    const { catalogue, goal, totals, top, latest } = await this.#state();
    return { catalogue, balance, totals, goal, top: [...top], latest: [...latest] };
  }

  get catalogue(): Promise<GiftCatalogue> {
    return this.#state().then(({ catalogue }) => catalogue);
  }

  /** The gift that this sender gave with this key before, if any ([Q2]). */
  find({ id }: Participant, key: string): Promise<Gift | null> {
    return this.#parts.stores.gifts.findGift(this.#parts.roomId, id, key);
  }

  /** Throws why it is not given, and nothing is charged then ([G2], [G3]). */
  send(sender: Participant, key: string, wish: RequestData<'sendGift'>): Promise<Gift> {
    return this.#run(async () => {
      const { catalogue } = await this.#state();
      const item = assertOffered(catalogue, wish);
      const to = this.#recipientOf(sender, wish);
      const order = {
        roomId: this.#parts.roomId,
        id: randomUUID(),
        key,
        item,
        count: wish.count,
        amount: item.price * wish.count,
        from: { id: sender.id, name: sender.name, role: sender.role.name },
        to: to && { id: to.id, name: to.name },
      };
      const funds = await this.#charge(order);
      try {
        if (this.#closed) throw new ProtocolError('unavailable', 'The room has closed.');
        const draft = { ...order, funds, sentAt: this.#parts.clock.now() };
        const { gifts } = this.#parts.stores;
        const appended = await gifts.appendGift(draft, ({ gift, totals }) =>
          this.#parts.announce('gift.sent', { gift, totals }),
        );
        return await this.#handleAppended(appended);
      } catch (error) {
        if (funds.from === 'external') this.#parts.wallet?.refund(funds.chargeId);
        throw error;
      }
    });
  }

  setGoal(goal: GiftGoalInput | null): Promise<GiftGoal | null> {
    return this.#run(async () => {
      const { roomId, stores, channel } = this.#parts;
      const state = await this.#state();
      state.goal = await stores.gifts.saveGoal(roomId, goal);
      channel.publish('giftGoalChanged', { goal: state.goal });
      return state.goal;
    });
  }

  /** From now on these, at these prices; what was given stays as it was. */
  setCatalogue(catalogue: GiftCatalogue): Promise<void> {
    return this.#run(async () => {
      const { roomId, stores, channel } = this.#parts;
      const state = await this.#state();
      await stores.gifts.saveCatalogue(roomId, catalogue);
      state.catalogue = catalogue;
      channel.publish('giftCatalogueChanged', { catalogue });
    });
  }

  /** Loaded when it is first asked; what cannot be loaded is tried again. */
  #state(): Promise<State> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  async #load(): Promise<State> {
    const { stores, roomId, catalogue } = this.#parts;
    const stored = await stores.gifts.loadGifts(roomId);
    return { ...stored, catalogue: stored.catalogue ?? catalogue, latest: [...stored.latest] };
  }

  #recipientOf(sender: Participant, { to }: RequestData<'sendGift'>): Participant | null {
    if (to === null) return null;
    if (to === sender.id) throw new ProtocolError('badRequest', 'Nobody gives to themselves.');
    return this.#parts.roster.assertPresent(to);
  }

  async #charge(order: Parameters<ExternalWallet['charge']>[0]): Promise<GiftFunds> {
    const { wallet } = this.#parts;
    return wallet ? { from: 'external', chargeId: await wallet.charge(order) } : { from: 'wallet' };
  }

  /** The store answers in the order of index, so what follows each answer is in that order too. */
  async #handleAppended({ gift, totals, gifter, repeated }: AppendedGift): Promise<Gift> {
    if (repeated) return gift;
    const state = await this.#state();
    state.totals = totals;
    state.top = rankGifter(state.top, gifter);
    state.latest.push(gift);
    if (state.latest.length > LATEST_GIFTS) state.latest.shift();
    this.#parts.channel.publish('giftSent', { gift, totals, gifter });
    return gift;
  }

  #run<T>(task: () => Promise<T>): Promise<T> {
    const done = task();
    this.#underWay.add(done);
    const forget = (): void => void this.#underWay.delete(done);
    done.then(forget, forget);
    return done;
  }
}

/** Throws `notFound` for what is not in the catalogue, `conflict` for a price of before ([G2]). */
function assertOffered({ items }: GiftCatalogue, { giftId, price }: RequestData<'sendGift'>): GiftItem {
  const item = items.find(({ id }) => id === giftId);
  if (!item) throw new ProtocolError('notFound', 'There is no such gift.');
  if (item.price !== price) throw new ProtocolError('conflict', `The price is ${item.price} now.`);
  return item;
}
