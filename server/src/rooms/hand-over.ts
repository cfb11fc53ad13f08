import type { TokenClaims } from '../auth/token.ts';
import type { Participant } from './participant.ts';
import type { Room } from './room.ts';

/**
 * Moves a participant to another room on the socket that they have: the other room's `welcome` is the first that they
 * hear of it ([F2]). Who is away comes in there when they are back; who lives as long as their media stays.
 * Throws why the other room does not let them in: then nothing has changed.
 */
export function handOver(from: Room, participant: Participant, to: Room, claims: TokenClaims): void {
  const { link, name } = participant;
  if (link === null) {
    from.leave(participant, 'left');
    return;
  }
  if (!link.moveTo) return;
  from.channel.flush();
  from.channel.detach(link);
  try {
    link.moveTo((version) => {
      const joined = to.join({ claims, name, link, version, resume: undefined });
      return { room: to, participant: joined.participant };
    });
  } catch (error) {
    from.channel.attach(link, []);
    throw error;
  }
  participant.link = null;
  from.leave(participant, 'left');
}
