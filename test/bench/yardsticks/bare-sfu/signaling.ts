import type { types } from 'mediasoup-client';

/** What the bare page asks of the bare server. */
export type SfuRequest =
  | { readonly name: 'capabilities' | 'transport' | 'resume' }
  | { readonly name: 'connect'; readonly dtlsParameters: types.DtlsParameters }
  | { readonly name: 'produce'; readonly kind: types.MediaKind; readonly rtpParameters: types.RtpParameters }
  | { readonly name: 'consume'; readonly rtpCapabilities: types.RtpCapabilities };
