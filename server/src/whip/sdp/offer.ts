import type { DtlsParametersView } from '../../../../src/protocol/index.ts';
import { HttpError } from '../../http/http-error.ts';
import {
  findAttribute,
  findAttributes,
  malformed,
  parseDescription,
  type MediaSection,
  type SessionDescription,
} from './description.ts';

export interface IceCredentials {
  readonly usernameFragment: string;
  readonly password: string;
}

export interface OfferedSection extends MediaSection {
  readonly kind: 'audio' | 'video';
  readonly mid: string;
}

/** An offer that keeps to what WHIP and WHEP ask of it. */
export interface Offer {
  readonly ice: IceCredentials;
  /** With the client's role in the handshake. */
  readonly dtls: DtlsParametersView;
  /** One of a kind at most, in the order of the offer. */
  readonly sections: readonly OfferedSection[];
}

const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
const FINGERPRINT = /^(sha-(?:1|224|256|384|512)) ((?:[0-9A-Fa-f]{2}:){19,63}[0-9A-Fa-f]{2})$/i;

/**
 * Reads an offer that sends (WHIP) or receives (WHEP).
 * Throws `badRequest` for what is no SDP, `unprocessable` for what is asked in vain (RFC 9725 sections 4.4.1 to 4.4.4).
 */
export function readOffer(text: string, direction: 'send' | 'receive'): Offer {
  const description = parseDescription(text);
  const sections = description.sections.map((section) => readSection(section, description, direction));
  if (sections.length === 0) throw refuse('The offer has no m= section.');
  for (const kind of ['audio', 'video']) {
    if (sections.filter((section) => section.kind === kind).length > 1) {
      throw refuse(`One ${kind} m= section is taken, not more.`);
    }
  }
  assertOneStream(sections);
  assertBundled(description, sections);
  const [tagged] = sections;
  const setup = findIn('setup', tagged, description) ?? '';
  return {
    ice: readIce(tagged, description) ?? refuseMissing('a=ice-ufrag and a=ice-pwd'),
    dtls: { role: roleOf(setup), fingerprints: readFingerprints(tagged, description) },
    sections,
  };
}

/** ICE user name and password of a section, or of the whole; `undefined` where there are none. Throws `badRequest`. */
export function readIce(section: MediaSection | undefined, whole: SessionDescription): IceCredentials | undefined {
  const usernameFragment = findIn('ice-ufrag', section, whole);
  const password = findIn('ice-pwd', section, whole);
  if (usernameFragment === undefined && password === undefined) return undefined;
  // RFC 8839 section 5.4.
  if (!/^[A-Za-z0-9+/]{4,256}$/.test(usernameFragment ?? '')) throw malformed('a=ice-ufrag has 4 to 256 ice-chars');
  if (!/^[A-Za-z0-9+/]{22,256}$/.test(password ?? '')) throw malformed('a=ice-pwd has 22 to 256 ice-chars');
  return { usernameFragment: usernameFragment ?? '', password: password ?? '' };
}

export function refuse(message: string): HttpError {
  return new HttpError('unprocessable', message);
}

function readSection(section: MediaSection, whole: SessionDescription, wanted: 'send' | 'receive'): OfferedSection {
  const { kind, port, protocol, attributes } = section;
  if (kind !== 'audio' && kind !== 'video') throw refuse(`No m=${kind} section is taken.`);
  if (!/^(?:UDP\/TLS\/)?RTP\/SAVPF?$/.test(protocol)) throw refuse('Media must be UDP/TLS/RTP/SAVPF.');
  const mid = findAttribute(section, 'mid');
  if (mid === undefined || !/^[\w.+-]{1,32}$/.test(mid)) throw refuse('Every m= section needs an a=mid.');
  const isBundleOnly = findAttribute(section, 'bundle-only') !== undefined;
  if (port === 0 && !isBundleOnly) throw refuse('An m= section with port 0 carries nothing.');
  if (!isBundleOnly && findAttribute(section, 'rtcp-mux') === undefined) {
    throw refuse('Every m= section needs a=rtcp-mux.');
  }
  const direction = [...attributes, ...whole.attributes].find(({ name }) => DIRECTIONS.some((one) => one === name));
  const allowed = wanted === 'send' ? 'sendonly' : 'recvonly';
  if (direction !== undefined && direction.name !== allowed && direction.name !== 'sendrecv') {
    throw refuse(`Every m= section must be a=${allowed} or a=sendrecv.`);
  }
  return { ...section, kind, mid };
}

/** Of one MediaStream only (RFC 9725 section 4.4.2); many clients name none. */
function assertOneStream(sections: readonly OfferedSection[]): void {
  const streams = sections.flatMap((section) => findAttributes(section, 'msid').map((value) => value.split(' ')[0]));
  if (new Set(streams.filter((id) => id !== '-')).size > 1) throw refuse('One MediaStream is taken, not more.');
}

function assertBundled(description: SessionDescription, sections: readonly OfferedSection[]): void {
  const mids = sections.map(({ mid }) => mid);
  if (new Set(mids).size < mids.length) throw malformed('two m= sections have one a=mid');
  const groups = findAttributes(description, 'group').map((value) => value.split(' '));
  const isBundled = groups.some(
    ([name, ...bundled]) => name === 'BUNDLE' && mids.every((mid) => bundled.includes(mid)),
  );
  if (!isBundled && mids.length > 1) throw refuse('All m= sections must be in one BUNDLE group.');
  // RFC 9143 section 9.1: what has one number is one codec.
  const formats = sections.flatMap((section) => [...new Set(section.formats)]);
  if (new Set(formats).size < formats.length) throw refuse('Two m= sections name one payload type.');
}

function readFingerprints(
  section: MediaSection | undefined,
  whole: SessionDescription,
): DtlsParametersView['fingerprints'] {
  const own = section ? findAttributes(section, 'fingerprint') : [];
  const fingerprints = (own.length > 0 ? own : findAttributes(whole, 'fingerprint')).slice(0, 8).map((value) => {
    const [, algorithm, digest] = FINGERPRINT.exec(value) ?? [];
    const known = ALGORITHMS.find((name) => name === algorithm?.toLowerCase());
    if (known === undefined || digest === undefined) throw malformed('a=fingerprint is no SHA digest');
    return { algorithm: known, value: digest.toUpperCase() };
  });
  return fingerprints.length > 0 ? fingerprints : refuseMissing('a=fingerprint');
}

const ALGORITHMS = ['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512'] as const;

function roleOf(setup: string): 'client' | 'server' {
  if (setup === 'actpass' || setup === 'active') return 'client';
  if (setup === 'passive') return 'server';
  throw refuse('a=setup must be actpass, active or passive.');
}

function findIn(name: string, section: MediaSection | undefined, whole: SessionDescription): string | undefined {
  return (section && findAttribute(section, name)) ?? findAttribute(whole, name);
}

function refuseMissing(what: string): never {
  throw refuse(`The offer has no ${what}.`);
}
