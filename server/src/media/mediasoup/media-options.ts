import { availableParallelism } from 'node:os';
import type { Logger } from '../../rooms/logger.ts';

/** How the SFU runs. Bit rates are bits per second. */
export interface MediaOptions {
  /** Path of the mediasoup worker. Default: `MEDIASOUP_WORKER_BIN`, else where mediasoup's own installation puts it. */
  readonly workerBin?: string | undefined;
  /** Worker processes, one thread each. Default: one per core. */
  readonly workers?: number | undefined;
  /**
   * How many participants a worker carries before a room goes on to the next one, each with up to
   * {@link SUBSCRIPTIONS_PER_PARTICIPANT} subscriptions; whoever has more counts for more. Default
   * {@link PARTICIPANTS_PER_WORKER}.
   */
  readonly participantsPerWorker?: number | undefined;
  readonly listen: ListenOptions;
  /** Handed to clients with every transport. */
  readonly iceServers?: readonly IceServerOptions[] | undefined;
  /** What a receiver's link is taken for until it has been measured. Default 1,000,000. */
  readonly initialOutgoingBitrate?: number | undefined;
  /** Most that one participant may send. Default 6,000,000: a camera in three layers beside a sharp screen. */
  readonly maxIncomingBitrate?: number | undefined;
  /** Least grave of what workers write. Default `error`: at `warn`, a client with bad packets can fill the log. */
  readonly workerLogLevel?: 'debug' | 'warn' | 'error' | 'none' | undefined;
  readonly log: Logger;
}

/**
 * Every worker takes one port, the lowest free one of the range, with UDP and TCP on the same number, whatever
 * the number of rooms and participants: a firewall opens as many ports as there are workers.
 */
export interface ListenOptions {
  /** IP address; `0.0.0.0` is all of them, and `announced` is needed then. */
  readonly address: string;
  /** Addresses or host names at which clients reach `address`, the best first. Default: `address` itself. */
  readonly announced?: readonly string[] | undefined;
  /** Both ends belong to it. From 0: any free ports. */
  readonly ports: { readonly from: number; readonly to: number };
  /** Default true. */
  readonly udp?: boolean | undefined;
  /** For networks that block UDP. Default true. */
  readonly tcp?: boolean | undefined;
}

/** With `secret`, each participant gets a user name and password that end (draft-uberti-behave-turn-rest-00). */
export type IceServerOptions =
  | {
      readonly urls: readonly string[];
      readonly username?: string | undefined;
      readonly credential?: string | undefined;
    }
  | { readonly urls: readonly string[]; readonly secret: string; readonly lifetimeSeconds: number };

/** Two hosts, seen and heard. */
export const SUBSCRIPTIONS_PER_PARTICIPANT = 4;

/** Participants of one worker unless told otherwise. */
export const PARTICIPANTS_PER_WORKER = 125;

export type CompleteMediaOptions = {
  readonly [Name in Exclude<keyof MediaOptions, 'workerBin'>]-?: NonNullable<MediaOptions[Name]>;
} & Pick<MediaOptions, 'workerBin'>;

/** @throws RangeError when the ports are too few. */
export function completeOptions(options: MediaOptions): CompleteMediaOptions {
  const { from, to } = options.listen.ports;
  const workers = options.workers ?? availableParallelism();
  if (from > 0 && to - from + 1 < workers) {
    throw new RangeError(`${workers} media workers need ${workers} ports, ${from} to ${to} are ${to - from + 1}`);
  }
  return {
    workerBin: options.workerBin,
    workers,
    participantsPerWorker: options.participantsPerWorker ?? PARTICIPANTS_PER_WORKER,
    listen: options.listen,
    iceServers: options.iceServers ?? [],
    initialOutgoingBitrate: options.initialOutgoingBitrate ?? 1_000_000,
    maxIncomingBitrate: options.maxIncomingBitrate ?? 6_000_000,
    workerLogLevel: options.workerLogLevel ?? 'error',
    log: options.log,
  };
}
