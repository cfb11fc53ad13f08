const ofHandlers = [
  'updateIceServers',
  'getTransportStats',
  'getSenderStats',
  'getReceiverStats',
  'sendDataChannel',
  'receiveDataChannel',
  'getDataChannelMaxMessageSize',
  'pauseSending',
  'resumeSending',
  'pauseReceiving',
  'resumeReceiving',
  'setMaxSpatialLayer',
  'setRtpEncodingParameters',
];

/**
 * Methods of mediasoup-client that nothing of ours calls, by file: those of data channels, since the room's data go over the
 * socket, those that ask for statistics, and the pauses, since a muted stream sends no track and the server pauses the rest.
 */
export const unusedMethods: Readonly<Record<string, readonly string[]>> = {
  Device: ['canProduce'],
  Transport: [
    'getStats',
    'updateIceServers',
    'produceData',
    'consumeData',
    'getDataChannelMaxMessageSize',
    'handleDataProducer',
    'handleDataConsumer',
    'pausePendingConsumers',
    'resumePendingConsumers',
  ],
  Producer: ['getStats', 'pause', 'resume', 'setMaxSpatialLayer', 'setRtpEncodingParameters'],
  Consumer: ['getStats', 'pause', 'resume'],
  Chrome111: ofHandlers,
  Firefox120: ofHandlers,
  Safari12: ofHandlers,
  RemoteSdp: [
    'pauseMediaSection',
    'resumeSendingMediaSection',
    'resumeReceivingMediaSection',
    'muxMediaSectionSimulcast',
    'sendSctpAssociation',
    'receiveSctpAssociation',
  ],
  RemoteMediaSection: ['resume', 'muxSimulcastStreams'],
};

/** What those methods would have told the transport. */
export const unusedEvents: readonly string[] = [
  '@pause',
  '@resume',
  '@getstats',
  '@setmaxspatiallayer',
  '@setrtpencodingparameters',
];
