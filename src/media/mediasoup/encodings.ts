import type { Device, types } from 'mediasoup-client';
import type { SentSource } from '../../protocol/index.ts';

/** How one source is sent. */
export interface SendOptions {
  readonly encodings: types.RtpEncodingParameters[];
  readonly codecOptions: types.ProducerCodecOptions;
}

/** What each simulcast layer is made for, the smallest first: its longer side in pixels and its ceiling in bits a second. */
export const LAYERS = [
  { width: 320, maxBitrate: 150_000 },
  { width: 640, maxBitrate: 500_000 },
  { width: 1_280, maxBitrate: 1_500_000 },
] as const;

const SCREEN_MAX_BITRATE = 2_500_000;
const VOICE_MAX_BITRATE = 40_000;
const SCREEN_AUDIO_MAX_BITRATE = 128_000;
const START_BITRATE_KILOBITS = 800;

function longSideOf(track: MediaStreamTrack): number {
  const { width = 1_280, height = 720 } = track.getSettings();
  return Math.max(width, height);
}

/** As many layers as fit into the captured picture; the largest of a small picture takes it as it is. */
function countLayers(longSide: number): number {
  return LAYERS.filter(({ width }, index) => index === 0 || width <= longSide * 1.1).length;
}

/** By how much the picture is scaled down for a layer, so that a layer means about the same width from everyone. */
function scaleFor(width: number, index: number, longSide: number): number {
  const isLargest = index === countLayers(longSide) - 1;
  return isLargest && index < LAYERS.length - 1 ? 1 : Math.max(1, longSide / width);
}

function createCameraEncodings(track: MediaStreamTrack): types.RtpEncodingParameters[] {
  const longSide = longSideOf(track);
  return LAYERS.slice(0, countLayers(longSide)).map(({ width, maxBitrate }, index) => ({
    scaleResolutionDownBy: scaleFor(width, index, longSide),
    maxBitrate,
  }));
}

/** Fits the layers that are sent to a picture of another size, as after a change of camera. */
export async function fitLayers(sender: RTCRtpSender, track: MediaStreamTrack): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.length < 2) return;
  const longSide = longSideOf(track);
  parameters.encodings.forEach((encoding, index) => {
    encoding.active = index < countLayers(longSide);
    encoding.scaleResolutionDownBy = scaleFor(LAYERS[index]?.width ?? longSide, index, longSide);
  });
  await sender.setParameters(parameters);
}

export function chooseSendOptions(source: SentSource, track: MediaStreamTrack): SendOptions {
  switch (source) {
    case 'camera':
      return {
        encodings: createCameraEncodings(track),
        codecOptions: { videoGoogleStartBitrate: START_BITRATE_KILOBITS },
      };
    case 'screen':
      return {
        encodings: [{ maxBitrate: SCREEN_MAX_BITRATE }],
        codecOptions: { videoGoogleStartBitrate: START_BITRATE_KILOBITS },
      };
    case 'microphone':
    case 'talkback':
      return {
        encodings: [{ dtx: true, maxBitrate: VOICE_MAX_BITRATE }],
        codecOptions: { opusDtx: true, opusFec: true, opusStereo: false },
      };
    case 'screenAudio':
      return {
        encodings: [{ maxBitrate: SCREEN_AUDIO_MAX_BITRATE }],
        codecOptions: {
          opusDtx: false,
          opusFec: true,
          opusStereo: true,
          opusMaxAverageBitrate: SCREEN_AUDIO_MAX_BITRATE,
        },
      };
  }
}

/** `undefined`: what the SFU names first. Firefox encodes VP8 alone in layers. */
export function chooseVideoCodec({
  handlerName,
  sendRtpCapabilities,
}: Pick<Device, 'handlerName' | 'sendRtpCapabilities'>): types.RtpCodecCapability | undefined {
  if (!handlerName.startsWith('Firefox')) return undefined;
  return sendRtpCapabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
}
