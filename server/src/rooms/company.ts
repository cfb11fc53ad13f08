import type { ParticipantId } from '../../../src/protocol/index.ts';
import type { TokenClaims } from '../auth/token.ts';

/** Whom a participant belongs to, as the site says ([T5]). */
export interface Company {
  readonly groups: readonly string[];
  readonly friends: ReadonlySet<ParticipantId>;
}

/** What relates somebody to the one who asks. */
export interface Relation {
  readonly isFriend: boolean;
  /** Those that both belong to. */
  readonly groups: readonly string[];
}

/** One for all, since most tokens name none. */
export const NO_COMPANY: Company = { groups: [], friends: new Set() };

export function companyOf({ groups = [], friends = [] }: TokenClaims): Company {
  return groups.length + friends.length === 0 ? NO_COMPANY : { groups, friends: new Set(friends) };
}

/** `null` for strangers, and for oneself. */
export function relate(asking: Person, other: Person): Relation | null {
  if (asking.company === NO_COMPANY || asking === other) return null;
  const isFriend = asking.company.friends.has(other.id);
  const groups = asking.company.groups.filter((group) => other.company.groups.includes(group));
  return isFriend || groups.length > 0 ? { isFriend, groups } : null;
}

interface Person {
  readonly id: ParticipantId;
  readonly company: Company;
}
