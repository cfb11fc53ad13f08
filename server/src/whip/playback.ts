import { ProtocolError, type RtpCapabilitiesView, type TransportView } from '../../../src/protocol/index.ts';
import type { TransportOptions } from '../media/media.ts';
import type { Participant } from '../rooms/participant.ts';
import type { Room } from '../rooms/room.ts';
import type { Role } from '../rooms/templates.ts';
import { Follower } from './follower.ts';
import { agreeToSend } from './sdp/agreement.ts';
import { writeAnswer } from './sdp/answer.ts';
import { readOffer, type Offer } from './sdp/offer.ts';
import type { Agreement } from './sdp/agreement.ts';
import type { SessionPlan } from './session-plan.ts';

/** A WHEP player: shown the programme, one picture and one sound. */
export class PlaybackPlan implements SessionPlan {
  readonly direction = 'receive';
  readonly offer: Offer;
  readonly #agreements: readonly Agreement[];
  #follower: Follower | null = null;

  private constructor(offer: Offer, agreements: readonly Agreement[]) {
    this.offer = offer;
    this.#agreements = agreements;
  }

  /** Throws `badRequest`, `unprocessable`, or `forbidden` where the role does not watch by WebRTC. */
  static make(sdp: string, role: Role, capabilities: RtpCapabilitiesView): PlaybackPlan {
    if (role.watch !== 'webrtc') throw new ProtocolError('forbidden', 'The role does not watch by WebRTC.');
    const offer = readOffer(sdp, 'receive');
    return new PlaybackPlan(
      offer,
      offer.sections.map((section) => agreeToSend(section, capabilities)),
    );
  }

  /** A player decodes what comes under the numbers of its own offer. */
  get transportOptions(): TransportOptions {
    const codecs = this.#agreements.flatMap((agreement) => agreement.codecs);
    return { payloadTypes: Object.fromEntries(codecs.map(({ codec, name }) => [name, codec.payloadType])) };
  }

  fits(role: Role): boolean {
    return role.watch === 'webrtc';
  }

  async carryOut(room: Room, participant: Participant, transport: TransportView): Promise<string> {
    const media = await room.streams.media();
    await media.connectTransport(participant.id, transport.id, this.offer.dtls);
    const agreements = this.#agreements;
    this.#follower = new Follower({
      room,
      participant,
      transportId: transport.id,
      kinds: new Set(agreements.map(({ section }) => section.kind)),
      rtpCapabilities: {
        codecs: agreements.flatMap(({ section, codecs }) =>
          codecs.map(({ codec }) => ({ ...codec, kind: section.kind, preferredPayloadType: codec.payloadType })),
        ),
        headerExtensions: agreements.flatMap(({ section, extensions }) =>
          extensions.map(({ uri, id }) => ({ kind: section.kind, uri, preferredId: id })),
        ),
      },
    });
    await this.#follower.follow();
    return writeAnswer({ offer: this.offer, transport, agreements, direction: 'sendonly' });
  }

  close(): void {
    this.#follower?.close();
  }
}
