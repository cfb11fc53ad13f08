import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIPv6 } from 'node:net';
import type { ListenOptions } from './media-options.ts';

/**
 * Whether nobody listens on the port. Asked before a worker is, which would write an error for each port that is taken;
 * whatever else is wrong with the port the worker tells itself.
 * @throws Error where the address is none of this machine's: no port of it ever will be free.
 */
export async function isPortFree({ address, udp = true, tcp = true }: ListenOptions, port: number): Promise<boolean> {
  return (!udp || (await isUdpPortFree(address, port))) && (!tcp || (await isTcpPortFree(address, port)));
}

async function isUdpPortFree(address: string, port: number): Promise<boolean> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  socket.bind({ address, port });
  const isFree = await isUntaken(once(socket, 'listening'));
  socket.close();
  await once(socket, 'close');
  return isFree;
}

async function isTcpPortFree(host: string, port: number): Promise<boolean> {
  const server = createServer().listen({ host, port });
  const isFree = await isUntaken(once(server, 'listening'));
  if (!server.listening) return isFree;
  server.close();
  await once(server, 'close');
  return isFree;
}

async function isUntaken(listening: Promise<unknown>): Promise<boolean> {
  try {
    await listening;
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRNOTAVAIL') throw error;
    return code !== 'EADDRINUSE';
  }
}
