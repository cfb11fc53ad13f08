import { ProtocolError } from '../protocol/errors.ts';
import type { ReplyData, RequestData, RequestName } from '../protocol/index.ts';
import type { WritableStore } from '../store/store.ts';
import type { Request, RequestOptions } from './rpc.ts';

/** The same requests, with every refusal put into the store for who asked to say so. */
export function noteRefusals(request: Request, store: WritableStore): Request {
  let nextId = 1;
  return async <N extends RequestName>(
    name: N,
    data: RequestData<N>,
    options?: RequestOptions,
  ): Promise<ReplyData<N>> => {
    try {
      return await request(name, data, options);
    } catch (error) {
      if (error instanceof ProtocolError)
        store.notices.latest.value = { id: nextId++, request: name, error: error.toWire() };
      throw error;
    }
  };
}
