import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { OriginCheck } from './origins.ts';

/** The door for WebSockets: one path, for pages of allowed origins. */
export function createUpgradeHandler(
  isAllowedOrigin: OriginCheck,
  accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { url = '', headers } = request;
    if (url.split('?', 1)[0] !== '/ws') refuse(socket, 404);
    else if (!isAllowedOrigin(headers.origin, headers.host)) refuse(socket, 403);
    else accept(request, socket, head);
  };
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
