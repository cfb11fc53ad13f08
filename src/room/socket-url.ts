/** The address of the room server's socket, from its origin. Throws a `TypeError` for what is no address. */
export function socketUrl(server: string): string {
  const url = new URL('/ws', server);
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  return url.href;
}
