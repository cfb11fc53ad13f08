/** What a socket tells its owner. After `closed` it says no more. */
export interface SocketListener {
  opened(): void;
  received(text: string): void;
  closed(): void;
}

/** One connection for text messages, in order. */
export interface Socket {
  /** Only after `opened`; once closed it does nothing. */
  send(text: string): void;
  /** Sends what was given before, then closes. Nothing is told of it. */
  close(): void;
}

export type OpenSocket = (url: string, listener: SocketListener) => Socket;
