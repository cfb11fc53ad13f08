import type { types } from 'mediasoup-client';
import type { Source } from '../../protocol/index.ts';

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

/** As many layers as the captured picture has halvings down to the smallest, so that a layer means the same width for everyone. */
function createCameraEncodings(track: MediaStreamTrack): types.RtpEncodingParameters[] {
  const { width = 1_280, height = 720 } = track.getSettings();
  const longSide = Math.max(width, height);
  const count = LAYERS.filter((layer, index) => index === 0 || layer.width <= longSide * 1.1).length;
  return LAYERS.slice(0, count).map(({ maxBitrate }, index) => ({
    scaleResolutionDownBy: 2 ** (count - 1 - index),
    maxBitrate,
  }));
}

export function chooseSendOptions(source: Source, track: MediaStreamTrack): SendOptions {
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

/** VP8 where both ends have it: every browser encodes it in layers. Otherwise the SFU's first common codec, H.264. */
export function chooseVideoCodec(capabilities: types.RtpCapabilities): types.RtpCodecCapability | undefined {
  return capabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
}
