import { HttpError } from '../../http/http-error.ts';

/** `a=name:value`; a flag has an empty value. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** What stands below one `m=` line (RFC 8866). */
export interface MediaSection {
  /** `audio`, `video`, `application` … */
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly attributes: readonly Attribute[];
}

export interface SessionDescription {
  /** Attributes above the first `m=` line. */
  readonly attributes: readonly Attribute[];
  readonly sections: readonly MediaSection[];
}

/** More lines than any client writes. */
const MAX_LINES = 2_000;
const MAX_SECTIONS = 16;
const MEDIA_LINE = /^([a-z]{1,16}) (\d{1,5})(?:\/\d+)? ([A-Za-z/]{1,32}) (\S+(?: \S+)*)$/;

/** Reads a whole description. Throws `badRequest` that names the line. */
export function parseDescription(text: string): SessionDescription {
  const lines = splitLines(text);
  if (lines[0] !== 'v=0') throw malformed('it must begin with v=0');
  for (const type of ['o', 's', 't']) {
    if (!lines.some((line) => line.startsWith(`${type}=`))) throw malformed(`it has no ${type}= line`);
  }
  return parseLines(lines);
}

/** Reads a fragment, which has attributes and `m=` lines alone (RFC 8840 section 9). Throws `badRequest`. */
export function parseFragment(text: string): SessionDescription {
  return parseLines(splitLines(text));
}

export function findAttribute({ attributes }: { readonly attributes: readonly Attribute[] }, name: string) {
  return attributes.find((attribute) => attribute.name === name)?.value;
}

export function findAttributes({ attributes }: { readonly attributes: readonly Attribute[] }, name: string): string[] {
  return attributes.filter((attribute) => attribute.name === name).map(({ value }) => value);
}

export function malformed(why: string): HttpError {
  return new HttpError('badRequest', `The SDP is malformed: ${why}.`);
}

function splitLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  while (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) throw malformed('it is empty');
  if (lines.length > MAX_LINES) throw malformed(`it has more than ${MAX_LINES} lines`);
  return lines;
}

function parseLines(lines: readonly string[]): SessionDescription {
  const attributes: Attribute[] = [];
  const sections: MediaSection[] = [];
  let current = attributes;
  for (const [index, line] of lines.entries()) {
    const type = line[0] ?? '';
    if (line[1] !== '=' || type < 'a' || type > 'z') throw malformed(`line ${index + 1} is not <letter>=<value>`);
    if (type === 'm') {
      current = [];
      sections.push(parseMediaLine(line.slice(2), index, current));
      if (sections.length > MAX_SECTIONS) throw malformed(`it has more than ${MAX_SECTIONS} m= lines`);
    } else if (type === 'a') {
      current.push(parseAttribute(line.slice(2)));
    }
  }
  return { attributes, sections };
}

function parseMediaLine(value: string, index: number, attributes: readonly Attribute[]): MediaSection {
  const [, kind, port, protocol, formats] = MEDIA_LINE.exec(value.trimEnd()) ?? [];
  if (kind === undefined || port === undefined || protocol === undefined || formats === undefined) {
    throw malformed(`line ${index + 1} is no m= line`);
  }
  return { kind, port: Number(port), protocol, formats: formats.split(' '), attributes };
}

function parseAttribute(text: string): Attribute {
  const colon = text.indexOf(':');
  if (colon < 0) return { name: text.trim(), value: '' };
  return { name: text.slice(0, colon), value: text.slice(colon + 1).trim() };
}
