import {
  ProtocolError,
  type RtpCapabilitiesView,
  type Source,
  type TransportView,
} from '../../../src/protocol/index.ts';
import type { Participant } from '../rooms/participant.ts';
import type { Room } from '../rooms/room.ts';
import type { Role } from '../rooms/templates.ts';
import { writeAnswer } from './sdp/answer.ts';
import { malformed } from './sdp/description.ts';
import { readOffer, type Offer } from './sdp/offer.ts';
import { agreeToReceive, type Publication } from './sdp/agreement.ts';
import type { SessionPlan } from './session-plan.ts';

/** What a track of a kind becomes: the first of these that the role publishes. */
const SOURCES_BY_KIND = {
  audio: ['microphone', 'screenAudio'],
  video: ['camera', 'screen'],
} as const satisfies Record<'audio' | 'video', readonly Source[]>;

interface PlannedStream {
  readonly source: Source;
  readonly publication: Publication;
}

/** A WHIP client: each of its tracks becomes a stream of the participant. */
export class PublishingPlan implements SessionPlan {
  readonly direction = 'send';
  readonly transportOptions = {};
  readonly offer: Offer;
  readonly #streams: readonly PlannedStream[];

  private constructor(offer: Offer, streams: readonly PlannedStream[]) {
    this.offer = offer;
    this.#streams = streams;
  }

  /** Throws `badRequest`, `unprocessable`, or `forbidden` where the role publishes no such thing. */
  static make(sdp: string, role: Role, capabilities: RtpCapabilitiesView): PublishingPlan {
    const offer = readOffer(sdp, 'send');
    const streams = offer.sections.map((section) => {
      const source = SOURCES_BY_KIND[section.kind].find((one) => role.publish.includes(one));
      if (source === undefined) throw new ProtocolError('forbidden', `The role publishes no ${section.kind}.`);
      return { source, publication: agreeToReceive(section, capabilities) };
    });
    assertDistinct(streams);
    return new PublishingPlan(offer, streams);
  }

  fits(role: Role): boolean {
    return this.#streams.every(({ source }) => role.publish.includes(source));
  }

  async carryOut(room: Room, participant: Participant, transport: TransportView): Promise<string> {
    const media = await room.streams.media();
    await media.connectTransport(participant.id, transport.id, this.offer.dtls);
    for (const { source, publication } of this.#streams) {
      const { rtpParameters } = publication;
      await room.streams.publish(participant, { transportId: transport.id, source, rtpParameters });
    }
    const agreements = this.#streams.map(({ publication }) => publication);
    return writeAnswer({ offer: this.offer, transport, agreements, direction: 'recvonly' });
  }

  close(): void {
    // Its streams end with the participant's place.
  }
}

/** Two tracks under one SSRC cannot be told apart. */
function assertDistinct(streams: readonly PlannedStream[]): void {
  const ssrcs = streams
    .flatMap(({ publication }) => publication.rtpParameters.encodings ?? [])
    .flatMap(({ ssrc, rtx }) => [ssrc, rtx?.ssrc])
    .filter((ssrc) => ssrc !== undefined);
  if (new Set(ssrcs).size < ssrcs.length) throw malformed('two tracks have one SSRC');
}
