import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { OriginCheck } from './origins.ts';

type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Lets WebSockets of allowed origins through to `accept`: no page elsewhere opens one in its reader's name. */
export function createUpgradeHandler(isAllowedOrigin: OriginCheck, accept: UpgradeHandler): UpgradeHandler {
  return (request, socket, head) => {
    if (isAllowedOrigin(request.headers.origin, request.headers.host)) return accept(request, socket, head);
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return undefined;
  };
}
