import type { RequestName } from '../../../src/protocol/index.ts';

export const ROLES = ['host', 'producer', 'guest', 'viewer', 'audience'] as const;
export type Role = (typeof ROLES)[number];

const everyone = ROLES;
const moderators = ['host', 'producer'] as const;
const VIDEO = { codecs: [{ mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96 }] };

const CUE = { id: 'cue', note: '', content: { kind: 'lowerThird', title: 'Ada', subtitle: '' }, staysMs: null };

export interface Row {
  readonly request: RequestName;
  readonly data: object;
  /** Who may; everybody else is answered `forbidden`. */
  readonly roles: readonly Role[];
}

/** Every request, and who may send it: written out by hand, so that a change of the protocol's table shows here. */
export const TABLE: readonly Row[] = [
  { request: 'refreshToken', data: { token: 'none' }, roles: everyone },
  { request: 'listParticipants', data: {}, roles: everyone },
  { request: 'changeRole', data: { participantId: 'victim', role: 'audience' }, roles: moderators },
  { request: 'answerRoleOffer', data: { offerId: 'none', accept: true }, roles: everyone },
  { request: 'withdrawRoleOffer', data: { offerId: 'none' }, roles: moderators },
  { request: 'removeParticipant', data: { participantId: 'nobody' }, roles: moderators },
  { request: 'muteParticipant', data: { participantId: 'victim' }, roles: moderators },
  { request: 'spotlight', data: { participantId: null }, roles: moderators },
  { request: 'sendChat', data: { text: 'Hello' }, roles: everyone },
  { request: 'loadChat', data: { before: 0, limit: 1 }, roles: everyone },
  { request: 'sendDirectChat', data: { text: 'Psst', to: { kind: 'role', role: 'host' } }, roles: everyone },
  { request: 'loadDirectChat', data: { limit: 1 }, roles: everyone },
  { request: 'deleteChat', data: { messageId: 'none' }, roles: moderators },
  { request: 'startBroadcast', data: {}, roles: moderators },
  { request: 'startRecording', data: {}, roles: moderators },
  { request: 'stopBroadcast', data: {}, roles: moderators },
  { request: 'stopRecording', data: {}, roles: moderators },
  { request: 'renewBroadcastUrls', data: {}, roles: everyone },
  { request: 'changeBroadcastLayout', data: { layout: { type: 'GRID' } }, roles: moderators },
  { request: 'getHands', data: {}, roles: everyone },
  { request: 'raiseHand', data: {}, roles: everyone },
  { request: 'lowerHand', data: {}, roles: everyone },
  { request: 'lowerAllHands', data: {}, roles: moderators },
  { request: 'bringOnStage', data: { participantId: 'victim' }, roles: moderators },
  { request: 'bringBackstage', data: { participantId: 'victim' }, roles: moderators },
  { request: 'getBreakouts', data: {}, roles: everyone },
  { request: 'createBreakouts', data: { rooms: [{ name: 'A' }], assignment: 'byHand' }, roles: moderators },
  { request: 'assignBreakout', data: { participantId: 'victim', roomId: null }, roles: moderators },
  { request: 'enterBreakout', data: { roomId: 'none' }, roles: everyone },
  { request: 'openBreakouts', data: {}, roles: moderators },
  { request: 'closeBreakouts', data: {}, roles: moderators },
  { request: 'announceToBreakouts', data: { text: 'Hello' }, roles: moderators },
  { request: 'callForHelp', data: {}, roles: everyone },
  { request: 'answerHelpCall', data: { roomId: 'none' }, roles: moderators },
  { request: 'getQuestions', data: {}, roles: everyone },
  { request: 'askQuestion', data: { text: 'Why?' }, roles: everyone },
  { request: 'voteForQuestion', data: { questionId: 'none', voted: true }, roles: everyone },
  { request: 'answerQuestion', data: { questionId: 'none', text: null }, roles: moderators },
  { request: 'openQuestion', data: { questionId: 'none' }, roles: moderators },
  { request: 'dismissQuestion', data: { questionId: 'none' }, roles: moderators },
  { request: 'highlightQuestion', data: { questionId: 'none' }, roles: moderators },
  { request: 'changeQuestionSettings', data: { isOpen: false }, roles: moderators },
  { request: 'getOverlays', data: {}, roles: everyone },
  { request: 'saveCue', data: { cue: CUE }, roles: moderators },
  { request: 'moveCue', data: { cueId: 'none', before: null }, roles: moderators },
  { request: 'removeCue', data: { cueId: 'none' }, roles: moderators },
  { request: 'takeCue', data: { cueId: 'none' }, roles: moderators },
  { request: 'takeOverlay', data: { content: CUE.content, staysMs: null }, roles: moderators },
  { request: 'clearOverlays', data: { layer: null }, roles: moderators },
  { request: 'sendCaption', data: { segmentId: '1', text: 'Hello', final: true, language: 'en' }, roles: moderators },
  { request: 'getCaptions', data: {}, roles: everyone },
  { request: 'loadCaptions', data: { before: 0, limit: 1 }, roles: everyone },
  { request: 'getReactions', data: {}, roles: everyone },
  { request: 'getPolls', data: {}, roles: everyone },
  { request: 'vote', data: { pollId: 'none', answer: { type: 'choices', choices: [0] } }, roles: everyone },
  { request: 'getLeaderboard', data: {}, roles: everyone },
  { request: 'createPoll', data: { question: 'Why?', kind: 'text' }, roles: moderators },
  { request: 'updatePoll', data: { pollId: 'none', change: { question: 'Why not?' } }, roles: moderators },
  { request: 'deletePoll', data: { pollId: 'none' }, roles: moderators },
  { request: 'launchPoll', data: { pollId: 'none' }, roles: moderators },
  { request: 'closePoll', data: { pollId: 'none' }, roles: moderators },
  { request: 'revealPoll', data: { pollId: 'none' }, roles: moderators },
  { request: 'exportPoll', data: { pollId: 'none', format: 'csv' }, roles: moderators },
  { request: 'sendReaction', data: { emoji: '👏', count: 1 }, roles: everyone },
  { request: 'getReactions', data: {}, roles: everyone },
  { request: 'getGifts', data: {}, roles: everyone },
  { request: 'sendGift', data: { giftId: 'heart', price: 1, count: 1, to: null }, roles: everyone },
  { request: 'setGiftGoal', data: { goal: null }, roles: moderators },
  { request: 'getModeration', data: {}, roles: everyone },
  { request: 'pinChat', data: { messageId: 'none' }, roles: moderators },
  { request: 'announce', data: { text: 'Back at eight' }, roles: moderators },
  { request: 'unpinChat', data: { pinId: 'none' }, roles: moderators },
  { request: 'setSlowMode', data: { intervalMs: 5_000 }, roles: moderators },
  { request: 'timeOutParticipant', data: { participantId: 'victim', durationMs: 60_000 }, roles: moderators },
  { request: 'liftTimeOut', data: { participantId: 'victim' }, roles: moderators },
  { request: 'banParticipant', data: { participantId: 'nobody' }, roles: moderators },
  { request: 'liftBan', data: { participantId: 'nobody' }, roles: moderators },
  { request: 'listSanctions', data: {}, roles: moderators },
  { request: 'lockRoom', data: { locked: true }, roles: moderators },
  { request: 'muteAll', data: {}, roles: moderators },
  { request: 'reportChat', data: { messageId: 'none' }, roles: everyone },
  { request: 'listModerationLog', data: { limit: 10 }, roles: moderators },
  { request: 'getChatPolicies', data: {}, roles: moderators },
  { request: 'setChatPolicies', data: { links: 'hold' }, roles: moderators },
  { request: 'listHeldChat', data: {}, roles: everyone },
  { request: 'approveChat', data: { messageId: 'none' }, roles: moderators },
  { request: 'rejectChat', data: { messageId: 'none' }, roles: moderators },
  { request: 'getLobby', data: {}, roles: moderators },
  { request: 'setLobby', data: { waitBelow: 'guest' }, roles: moderators },
  { request: 'admit', data: { participantId: null }, roles: moderators },
  { request: 'turnAway', data: { participantId: 'nobody' }, roles: moderators },
  { request: 'getMediaCapabilities', data: {}, roles: everyone },
  { request: 'openTransport', data: { direction: 'send' }, roles: ['host', 'guest'] },
  { request: 'openTransport', data: { direction: 'receive' }, roles: ['host', 'producer', 'guest', 'viewer'] },
  {
    request: 'connectTransport',
    data: { transportId: 'none', dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: '00' }] } },
    roles: everyone,
  },
  { request: 'restartTransport', data: { transportId: 'none' }, roles: everyone },
  {
    request: 'publish',
    data: { transportId: 'none', source: 'camera', rtpParameters: VIDEO },
    roles: ['host', 'guest'],
  },
  { request: 'publish', data: { transportId: 'none', source: 'screen', rtpParameters: VIDEO }, roles: ['host'] },
  { request: 'unpublish', data: { streamId: 'none' }, roles: everyone },
  { request: 'muteStream', data: { streamId: 'none', muted: true }, roles: everyone },
  {
    request: 'subscribe',
    data: { transportId: 'none', streamId: 'none', rtpCapabilities: {} },
    roles: ['host', 'producer', 'guest', 'viewer'],
  },
  { request: 'setSubscription', data: { subscriptionId: 'none' }, roles: everyone },
  { request: 'unsubscribe', data: { subscriptionId: 'none' }, roles: everyone },
  { request: 'endRoom', data: {}, roles: ['host'] },
  { request: 'leave', data: {}, roles: everyone },
];

/** Whose participants each role moves, removes and mutes, and which roles it gives ([P8]); what is not here is `forbidden`. */
export const REACH: Readonly<Record<(typeof moderators)[number], readonly Role[]>> = {
  host: everyone,
  producer: ['producer', 'guest', 'viewer', 'audience'],
};
