import type { ParticipantId } from '../../../src/protocol/index.ts';
import type { TokenClaims } from '../auth/token.ts';

/** Somebody whose name nobody else may take. */
export interface KnownName {
  readonly id: ParticipantId;
  readonly name: string;
}

/** More marks than any script sets upon a letter reach into what stands around. */
const HEAPED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** What breaks the line, turns the writing around or is not seen; joiners stay where they shape letters or emoji. */
const UNSHOWN = new RegExp(
  String.raw`(?!(?<=[\p{L}\p{M}])(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\u200c\u200d]\p{L})` +
    String.raw`(?!(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d\p{Extended_Pictographic})` +
    String.raw`(?!(?<=\p{Emoji})\ufe0f)` +
    String.raw`[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]`,
  'gu',
);

/** Letters of other scripts, and signs, that pass for Latin ones. */
const LOOK_ALIKES = new Map(
  Object.entries({
    a: 'аα@4',
    b: 'ьв8',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еεєҽ3',
    g: 'ɡ9',
    h: 'һнη',
    i: 'іιı1l|!ӏյ',
    j: 'ј',
    k: 'кκ',
    m: 'мµ',
    n: 'ոпи',
    o: 'оοօσ0',
    p: 'рρ',
    q: 'ԛ',
    r: 'гᴦ',
    s: 'ѕ$5',
    t: 'тτ7+',
    u: 'υսц',
    v: 'ѵν',
    w: 'ԝωш',
    x: 'хχ×',
    y: 'уγүу',
    z: 'ᴢ2',
  }).flatMap(([letter, others]) => [...others].map((other) => [other, letter] as const)),
);

/**
 * What a participant is called: as the token says, else as the client offers, else by id. What the client offers and can be
 * taken for one of `known` is told apart by a number ([T4]).
 */
export function chooseName(claims: TokenClaims, offered: string | undefined, known: Iterable<KnownName> = []): string {
  const shown = toShown(claims.name ?? offered ?? '');
  if (shown === '') return claims.participantId;
  return claims.name === null ? tellApart(shown, claims.participantId, known) : shown;
}

function toShown(name: string): string {
  const plain = name.normalize('NFC').replace(UNSHOWN, '').replace(HEAPED_MARKS, '$1');
  return plain.replaceAll(/\s+/gu, ' ').trim();
}

function tellApart(name: string, id: ParticipantId, known: Iterable<KnownName>): string {
  const taken = new Set<string>();
  for (const other of known) if (other.id !== id) taken.add(toSkeleton(other.name));
  let chosen = name;
  for (let number = 2; taken.has(toSkeleton(chosen)); number += 1) chosen = `${name} (${number})`;
  return chosen;
}

/** The same for names that look the same. */
function toSkeleton(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@$|!+×]/gu, '');
  return Array.from(letters, (letter) => LOOK_ALIKES.get(letter) ?? letter).join('');
}
