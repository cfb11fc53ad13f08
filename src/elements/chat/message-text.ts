import { html, type TemplateResult } from 'lit';

/** A piece of a message: words, or an address that may be opened. */
export type TextPiece = string | { readonly href: string; readonly label: string };

const ADDRESS = /https?:\/\/[^\s<>"'`{}|\\^]+/giu;
/** Marks that end a sentence rather than an address. */
const TRAILING = /[.,;:!?…*_~)\]]+$/u;
const JUMBO =
  /^(?:(?:\p{RI}{2}|\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*)\s*){1,3}$/u;

/** Splits a text at its http and https addresses. Everything else stays words. */
export function splitText(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const label = trimAddress(found);
    const href = safeAddress(label);
    if (href === undefined) continue;
    if (index > from) pieces.push(text.slice(from, index));
    pieces.push({ href, label });
    from = index + label.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** One to three emoji and nothing else. */
export function isJumbo(text: string): boolean {
  return text.length <= 40 && JUMBO.test(text.trim());
}

function trimAddress(found: string): string {
  const trimmed = found.replace(TRAILING, '');
  // A bracket that was opened within the address belongs to it.
  const cut = found.slice(trimmed.length);
  const opened = trimmed.split('(').length - trimmed.split(')').length;
  return opened > 0 && cut.startsWith(')') ? `${trimmed})` : trimmed;
}

function safeAddress(label: string): string | undefined {
  const url = URL.canParse(label) ? new URL(label) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  // Whoever reads “bank.example@evil.example” is misled.
  return url.username === '' && url.password === '' ? url.href : undefined;
}

const known = new WeakMap<object, readonly TextPiece[]>();

/** The text of a message with its addresses as links. `message` is what the pieces are remembered by. */
export function renderText(message: object, text: string): readonly (string | TemplateResult)[] {
  let pieces = known.get(message);
  if (pieces === undefined) known.set(message, (pieces = splitText(text)));
  return pieces.map((piece) =>
    typeof piece === 'string'
      ? piece
      : html`<a part="link" href=${piece.href} target="_blank" rel="noopener noreferrer nofollow">${piece.label}</a>`,
  );
}
