import { createHmac } from 'node:crypto';
import type { IceServerView, ParticipantId } from '../../../../src/protocol/index.ts';
import type { IceServerOptions } from './media-options.ts';

/** The ICE servers as one participant is given them; credentials made here end by themselves. */
export function createIceServers(
  servers: readonly IceServerOptions[],
  participantId: ParticipantId,
  nowMs = Date.now(),
): IceServerView[] {
  return servers.map((server) => {
    if ('secret' in server) {
      const username = `${Math.floor(nowMs / 1000) + server.lifetimeSeconds}:${participantId}`;
      const credential = createHmac('sha1', server.secret).update(username).digest('base64');
      return { urls: [...server.urls], username, credential };
    }
    const { urls, username, credential } = server;
    return { urls: [...urls], ...(username === undefined ? {} : { username, credential }) };
  });
}
