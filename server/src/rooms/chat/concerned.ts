import type { ChatMessage } from '../../../../src/protocol/index.ts';
import type { Participant } from '../participant.ts';
import type { Roster } from '../roster.ts';

const LETTER = /[\p{L}\p{N}_]/u;
/** Of one message so many names are looked for. */
const MOST_NAMES = 10;
/** Who is mentioned by so many messages of one sample reads a crowd anyhow. */
const MOST_MESSAGES = 20;

/**
 * Those whom messages answer or name, with these messages, besides those who are told all. Names are looked up, never searched
 * for one by one: work grows with the messages and once with the room.
 */
export function concerned(roster: Roster, messages: readonly ChatMessage[]): Map<Participant, ChatMessage[]> {
  const found = new Map<Participant, ChatMessage[]>();
  let names: Map<string, Participant[]> | undefined;
  for (const message of messages) {
    const readers = new Set<Participant>();
    const answered = message.replyTo && roster.get(message.replyTo.author.id);
    if (answered) readers.add(answered);
    if (message.text.includes('@')) {
      names ??= byName(roster);
      for (const reader of named(message.text, names)) readers.add(reader);
    }
    for (const reader of readers) {
      if (reader.id === message.author.id || reader.may('chat.moderate')) continue;
      const told = found.get(reader) ?? [];
      if (told.length < MOST_MESSAGES) found.set(reader, [...told, message]);
    }
  }
  return found;
}

function byName(roster: Roster): Map<string, Participant[]> {
  const names = new Map<string, Participant[]>();
  for (const participant of roster) {
    const name = participant.name.toLocaleLowerCase();
    if (name !== '') names.set(name, [...(names.get(name) ?? []), participant]);
  }
  return names;
}

/** A name stands behind an @ and ends where a word does. */
function named(text: string, names: ReadonlyMap<string, readonly Participant[]>): Participant[] {
  const found: Participant[] = [];
  const lower = text.toLocaleLowerCase();
  const longest = Math.max(...Array.from(names.keys(), ({ length }) => length));
  let at = lower.indexOf('@');
  for (let looked = 0; at !== -1 && looked < MOST_NAMES; looked += 1) {
    const end = Math.min(lower.length, at + 1 + longest);
    for (let to = at + 2; to <= end && !LETTER.test(lower.charAt(at - 1)); to += 1) {
      const called = LETTER.test(lower.charAt(to)) ? undefined : names.get(lower.slice(at + 1, to));
      if (called) found.push(...called);
    }
    at = lower.indexOf('@', at + 1);
  }
  return found;
}
