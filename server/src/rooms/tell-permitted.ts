import type { ParticipantId, Permission, SignalData, SignalName } from '../../../src/protocol/index.ts';
import type { Channel } from './channel.ts';
import type { Roster } from './roster.ts';

interface Room {
  readonly roster: Roster;
  readonly channel: Channel;
}

/** Signals those who have a permission, and one more whom it concerns. */
export function tellPermitted<N extends SignalName>(
  { roster, channel }: Room,
  permission: Permission,
  name: N,
  data: SignalData<N>,
  concerned?: ParticipantId,
): void {
  for (const participant of roster) {
    const { link, id } = participant;
    if (link && (id === concerned || participant.may(permission))) channel.signalTo(link, name, data);
  }
}
