import * as v from 'valibot';
import { rtpParameters, type RtpCapabilitiesView, type RtpParametersView } from '../../../../src/protocol/index.ts';
import type { HttpError } from '../../http/http-error.ts';
import { chooseCodecs, type ChosenCodec } from './codecs.ts';
import { findAttributes, malformed } from './description.ts';
import { readLayers, type Layers } from './layers.ts';
import { refuse, type OfferedSection } from './offer.ts';

export interface HeaderExtension {
  readonly uri: string;
  readonly id: number;
}

/** How one section is answered. */
export interface Agreement {
  readonly section: OfferedSection;
  readonly codecs: readonly ChosenCodec[];
  readonly extensions: readonly HeaderExtension[];
  readonly layers: Layers | null;
}

/** One track of a WHIP client. */
export interface Publication extends Agreement {
  readonly rtpParameters: RtpParametersView;
}

/** Ids that fit the one-byte form (RFC 8285 section 4.2). */
const MAX_EXTENSION_ID = 14;

/**
 * What the client will send of a section, and so what the SFU receives.
 * Throws `unprocessable` where they have no codec in common, `badRequest` where a number is out of range.
 */
export function agreeToReceive(section: OfferedSection, capabilities: RtpCapabilitiesView): Publication {
  const [chosen] = chooseCodecs(section, capabilities);
  if (chosen === undefined) throw refuseCodecs(section, capabilities);
  const layers = section.kind === 'video' ? readLayers(section) : null;
  const extensions = readExtensions(section, capabilities);
  const { codec, retransmission } = chosen;
  // The SFU takes plain ids; a track with another is told by its SSRC or its layers.
  const mid = /^[A-Za-z0-9]{1,16}$/.test(section.mid) ? section.mid : undefined;
  const encodings = layers ? layers.bySize.map((rid) => ({ rid })) : [readSsrcs(section, retransmission !== undefined)];
  if (mid === undefined && Object.keys(encodings[0] ?? {}).length === 0) {
    throw refuse('An m= section without a=ssrc needs an a=mid of 1 to 16 letters or digits.');
  }
  const parsed = v.safeParse(rtpParameters, {
    ...(mid === undefined ? {} : { mid }),
    codecs: [codec, ...(retransmission ? [retransmission] : [])],
    headerExtensions: extensions,
    encodings,
  });
  if (!parsed.success) throw malformed(`the ${section.kind} section holds a value out of range`);
  return { section, codecs: [chosen], extensions, layers, rtpParameters: parsed.output };
}

/**
 * What the client will be sent of a section: every codec that both have, since each participant publishes in one of
 * them. No retransmission of its own: the SFU cannot number it as the client does, and sends packets again as they were.
 * Throws `unprocessable`.
 */
export function agreeToSend(section: OfferedSection, capabilities: RtpCapabilitiesView): Agreement {
  const codecs = chooseCodecs(section, capabilities).map((chosen) => ({ ...chosen, retransmission: undefined }));
  if (codecs.length === 0) throw refuseCodecs(section, capabilities);
  // Under ids of the client's that are the SFU's too; it has no others.
  const extensions = readExtensions(section, capabilities).filter(({ uri, id }) =>
    capabilities.headerExtensions?.some(
      (own) => own.kind === section.kind && own.uri === uri && own.preferredId === id,
    ),
  );
  return { section, codecs, extensions, layers: null };
}

/** Header extensions that both ends know, under the client's ids. */
export function readExtensions(section: OfferedSection, capabilities: RtpCapabilitiesView): HeaderExtension[] {
  const taken: HeaderExtension[] = [];
  for (const value of findAttributes(section, 'extmap')) {
    const [, id, uri] = /^(\d{1,5})(?:\/[a-z]+)? (\S{1,256})/.exec(value) ?? [];
    const own = capabilities.headerExtensions?.find((one) => one.kind === section.kind && one.uri === uri);
    if (own === undefined || own.direction === 'inactive' || Number(id) < 1 || Number(id) > MAX_EXTENSION_ID) continue;
    if (taken.some((one) => one.uri === own.uri || one.id === Number(id))) continue;
    taken.push({ uri: own.uri, id: Number(id) });
  }
  return taken;
}

/** Of the first stream of packets; a client need not name it, then it is known by its mid. */
function readSsrcs(section: OfferedSection, retransmitted: boolean) {
  const named = findAttributes(section, 'ssrc').map((value) => Number(value.split(' ')[0]));
  const [group] = findAttributes(section, 'ssrc-group').filter((value) => value.startsWith('FID '));
  const [primary = named[0], second] = group?.split(' ').slice(1).map(Number) ?? [];
  if (primary === undefined) return {};
  return { ssrc: primary, ...(retransmitted && second !== undefined ? { rtx: { ssrc: second } } : {}) };
}

function refuseCodecs(section: OfferedSection, capabilities: RtpCapabilitiesView): HttpError {
  return refuse(`No codec of the ${section.kind} section is taken: ${namesOf(section.kind, capabilities)}.`);
}

function namesOf(kind: string, { codecs = [] }: RtpCapabilitiesView): string {
  const names = codecs.filter((one) => one.kind === kind && !one.mimeType.endsWith('/rtx')).map((one) => one.mimeType);
  return names.map((name) => (name === 'video/H264' ? `${name} Constrained Baseline` : name)).join(', ');
}
