import type { OpenSocket } from './socket.ts';

/** The browser's own socket. */
export const openWebSocket: OpenSocket = (url, listener) => {
  const socket = new WebSocket(url);
  const scope = new AbortController();
  const { signal } = scope;
  socket.addEventListener('open', () => listener.opened(), { signal });
  socket.addEventListener('message', ({ data }) => typeof data === 'string' && listener.received(data), { signal });
  socket.addEventListener(
    'close',
    () => {
      scope.abort();
      listener.closed();
    },
    { signal },
  );
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close() {
      scope.abort();
      socket.close(1000);
    },
  };
};
