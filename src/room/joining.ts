import type { ProtocolError } from '../protocol/errors.ts';

/** The joining under way, for all who wait for it. */
export interface Joining {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: ProtocolError) => void;
}

export function createJoining(): Joining {
  let resolve: Joining['resolve'] = () => {};
  let reject: Joining['reject'] = () => {};
  const promise = new Promise<void>((settle, refuse) => {
    resolve = settle;
    reject = refuse;
  });
  // The state says it too; nobody has to listen here.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
