import type { RtpCapabilitiesView } from '../../../src/protocol/index.ts';
import type { RoomBroadcast } from '../broadcast/room-broadcast.ts';
import type { BroadcastPolicy } from '../store/broadcast-store.ts';

/** What pictures are encoded in where a browser can do both; `auto`: H.264 in rooms that broadcast, else VP8. */
export type PreferredVideoCodec = 'auto' | 'vp8' | 'h264';

export function prefersH264(
  preferred: PreferredVideoCodec,
  policy: BroadcastPolicy,
  broadcast: Pick<RoomBroadcast, 'isOn'>,
): boolean {
  if (preferred === 'auto') return policy.startWithAudience || broadcast.isOn;
  return preferred === 'h264';
}

/** The same capabilities with H.264 before the others: clients take the first that they can encode. */
export function h264First(capabilities: RtpCapabilitiesView): RtpCapabilitiesView {
  const isH264 = ({ mimeType }: { readonly mimeType: string }) => mimeType.toLowerCase() === 'video/h264';
  const { codecs = [] } = capabilities;
  return { ...capabilities, codecs: [...codecs.filter(isH264), ...codecs.filter((codec) => !isH264(codec))] };
}
