import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

export interface QrCode {
  /** Modules along each side, without the quiet zone. */
  readonly size: number;
  /** The dark modules as the `d` of an SVG path, one unit each. */
  readonly path: string;
}

const drawn = new Map<string, QrCode>();

/** The QR code of a text; the latest are kept. Throws for one that is too long. */
export function drawQrCode(text: string): QrCode {
  const known = drawn.get(text);
  if (known) return known;
  const code = generate(text);
  const made = { size: code.size, path: toSvgPath(code) };
  if (drawn.size > 20) drawn.clear();
  drawn.set(text, made);
  return made;
}
