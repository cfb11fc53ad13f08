import type { Store } from '../../store/store.ts';

/** How many look on: everyone whose role puts nobody on stage. */
export function countViewers(store: Store): number {
  const roles = store.connection.roles.value;
  let viewers = 0;
  for (const [role, count] of Object.entries(store.participants.counts.value))
    if ((roles[role]?.publish.length ?? 0) === 0) viewers += count;
  return viewers;
}
