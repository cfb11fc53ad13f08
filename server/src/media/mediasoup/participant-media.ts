import { ProtocolError } from '../../../../src/protocol/index.ts';
import type {
  ParticipantId,
  SentSource,
  StreamId,
  SubscriptionId,
  TransportId,
} from '../../../../src/protocol/index.ts';
import type { PayloadTypes, TransportOptions } from '../media.ts';
import type { CompleteMediaOptions } from './media-options.ts';
import { ParticipantTransport, type Direction } from './participant-transport.ts';
import type { RoomPlacement } from './room-placement.ts';
import type { RoomRouter, Seat } from './room-router.ts';
import type { StreamSubscription } from './stream-subscription.ts';

/**
 * Everything of one participant: a seat on a worker, a transport in each direction, subscriptions.
 * Closing works at any time; whatever is still being made then is closed when it is done.
 */
export class ParticipantMedia {
  readonly id: ParticipantId;
  /** What is published or about to be. */
  readonly sources = new Set<SentSource>();
  /** What is subscribed to or about to be. */
  readonly subscribed = new Set<StreamId>();
  readonly #options: CompleteMediaOptions;
  readonly #placement: RoomPlacement;
  readonly #transports = new Map<Direction, ParticipantTransport>();
  readonly #opening = new Map<Direction, symbol>();
  readonly #subscriptions = new Map<SubscriptionId, StreamSubscription>();
  #seating: Promise<Seat> | undefined;
  #seat: Seat | undefined;
  #closed = false;

  constructor(id: ParticipantId, options: CompleteMediaOptions, placement: RoomPlacement) {
    this.id = id;
    this.#options = options;
    this.#placement = placement;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get transportCount(): number {
    return this.#transports.size;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  /** Opens one, in the place of the one before ([M1]). */
  async openTransport(direction: Direction, options: TransportOptions = {}): Promise<ParticipantTransport> {
    const opening = Symbol(direction);
    this.#opening.set(direction, opening);
    this.closeTransport(direction);
    const transport = await ParticipantTransport.open(
      direction,
      await this.#sit(options.payloadTypes),
      this.#options,
      options,
    );
    if (this.#closed || transport.closed || this.#opening.get(direction) !== opening) {
      transport.close();
      throw this.#closed ? gone() : new ProtocolError('conflict', 'The transport was replaced while it opened');
    }
    this.#transports.set(direction, transport);
    return transport;
  }

  /** @throws ProtocolError `notFound`, also for transports of others; `badRequest` for one of the other direction. */
  transport(id: TransportId, direction?: Direction): ParticipantTransport {
    const transport = [...this.#transports.values()].find((one) => one.id === id && !one.closed);
    if (transport === undefined) throw new ProtocolError('notFound', 'No such transport');
    if (direction !== undefined && transport.direction !== direction) {
      throw new ProtocolError('badRequest', `The transport does not ${direction}`);
    }
    return transport;
  }

  closeTransport(direction: Direction): void {
    const transport = this.#transports.get(direction);
    this.#transports.delete(direction);
    transport?.close();
  }

  addSubscription(subscription: StreamSubscription): void {
    this.#subscriptions.set(subscription.id, subscription);
    this.#seat?.setSubscriptions(this.#subscriptions.size);
  }

  /** @throws ProtocolError `notFound`, also for those of others. */
  subscription(id: SubscriptionId): StreamSubscription {
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined) throw new ProtocolError('notFound', 'No such subscription');
    return subscription;
  }

  subscriptionTo(streamId: StreamId): StreamSubscription | undefined {
    return [...this.#subscriptions.values()].find((subscription) => subscription.streamId === streamId);
  }

  removeSubscription(id: SubscriptionId): void {
    this.#subscriptions.delete(id);
    this.#seat?.setSubscriptions(this.#subscriptions.size);
  }

  /** The router is gone, and with it all that was there. Says which directions were open. */
  leaveLost(router: RoomRouter): Direction[] {
    if (this.#seat?.router !== router) return [];
    this.#stand();
    const directions = [...this.#transports.keys()];
    this.#transports.clear();
    return directions;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const direction of this.#transports.keys()) this.closeTransport(direction);
    this.#stand();
  }

  #sit(payloadTypes: PayloadTypes | undefined): Promise<Seat> {
    if (this.#seat?.router.closed === true) this.#stand();
    this.#seating ??= this.#placement.takeSeat(payloadTypes).then(
      (seat) => {
        if (this.#closed) {
          seat.leave();
          throw gone();
        }
        this.#seat = seat;
        return seat;
      },
      (error: unknown) => {
        this.#seating = undefined;
        throw error;
      },
    );
    return this.#seating;
  }

  #stand(): void {
    this.#seat?.leave();
    this.#seat = undefined;
    this.#seating = undefined;
  }
}

function gone(): ProtocolError {
  return new ProtocolError('notFound', 'The participant is gone');
}
