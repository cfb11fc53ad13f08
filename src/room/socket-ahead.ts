import type { OpenSocket, Socket, SocketListener } from './socket.ts';

/** A socket that opens while what is to be said over it is still being fetched. */
export interface SocketAhead {
  /** Hands it over; another takes its place if it broke meanwhile. Throws what `open` throws. */
  take(listener: SocketListener): Socket;
  /** Closes it, unless it was taken. */
  close(): void;
}

export function openSocketAhead(open: OpenSocket, url: string): SocketAhead {
  let taker: SocketListener | undefined;
  let state: 'opening' | 'open' | 'broken' = 'opening';
  let socket: Socket | undefined;
  try {
    socket = open(url, {
      opened() {
        state = 'open';
        taker?.opened();
      },
      received: (text) => taker?.received(text),
      closed() {
        state = 'broken';
        taker?.closed();
      },
    });
  } catch {
    // Whoever takes it learns why.
    state = 'broken';
  }
  return {
    take(listener) {
      if (!socket || state === 'broken') return open(url, listener);
      taker = listener;
      if (state === 'open') queueMicrotask(() => listener.opened());
      return socket;
    },
    close() {
      if (!taker) socket?.close();
    },
  };
}
