import type { ListedParticipant, RequestData } from '../../../src/protocol/index.ts';
import { relate, type Relation } from './company.ts';
import type { Participant } from './participant.ts';

export type ParticipantQuery = RequestData<'listParticipants'>;

export interface ParticipantPage {
  participants: ListedParticipant[];
  /** How many match, on all pages. */
  total: number;
  /** How many in the room are friends of the one who asks, or share a group with them ([T5]). */
  related: number;
  /** Give it as `after` for the next page; `null` on the last. */
  next: string | null;
}

const DEFAULT_PAGE_SIZE = 50;

interface Entry {
  readonly participant: Participant;
  readonly relation: Relation | null;
  readonly sortName: string;
}

/** One page of participants by name, found in one pass: a page of a full room must not sort the room. */
export function pageParticipants(
  all: Iterable<Participant>,
  query: ParticipantQuery,
  asking: Participant | null,
): ParticipantPage {
  const limit = query.limit ?? DEFAULT_PAGE_SIZE;
  const search = query.search?.trim().toLowerCase();
  const after = query.after === undefined ? null : parseCursor(query.after);
  const page: Entry[] = [];
  let total = 0;
  let related = 0;
  let following = 0;
  for (const participant of all) {
    const relation = asking && relate(asking, participant);
    if (relation) related += 1;
    const entry = { participant, relation, sortName: participant.name.toLowerCase() };
    if (query.role !== undefined && participant.role.name !== query.role) continue;
    if (query.related && !relation) continue;
    if (search && !isFound(entry, search)) continue;
    total += 1;
    if (after && compare(entry.sortName, participant.id, after.sortName, after.id) <= 0) continue;
    following += 1;
    insert(page, entry, limit);
  }
  const last = page.at(-1);
  return {
    participants: page.map(toListed),
    total,
    related,
    next: last && following > page.length ? formatCursor(last) : null,
  };
}

function isFound({ sortName, relation }: Entry, search: string): boolean {
  return sortName.includes(search) || (relation?.groups ?? []).some((group) => group.toLowerCase().includes(search));
}

function toListed({ participant, relation }: Entry): ListedParticipant {
  return {
    ...participant.toView(),
    ...(relation?.isFriend ? { isFriend: true } : {}),
    ...(relation && relation.groups.length > 0 ? { groups: [...relation.groups] } : {}),
  };
}

/** Keeps `page` sorted and no longer than `limit`. */
function insert(page: Entry[], entry: Entry, limit: number): void {
  let low = 0;
  let high = page.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = page[middle];
    if (other && compare(other.sortName, other.participant.id, entry.sortName, entry.participant.id) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low >= limit) return;
  page.splice(low, 0, entry);
  if (page.length > limit) page.pop();
}

function compare(name: string, id: string, otherName: string, otherId: string): number {
  if (name !== otherName) return name < otherName ? -1 : 1;
  if (id === otherId) return 0;
  return id < otherId ? -1 : 1;
}

/** An id holds no space, so the first one ends it. */
function formatCursor({ participant, sortName }: Entry): string {
  return `${participant.id} ${sortName}`;
}

function parseCursor(cursor: string): { id: string; sortName: string } {
  const space = cursor.indexOf(' ');
  return space < 0 ? { id: cursor, sortName: '' } : { id: cursor.slice(0, space), sortName: cursor.slice(space + 1) };
}
