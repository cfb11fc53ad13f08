import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ErrorCode, RequestName, StreamId } from '../../../src/protocol/index.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const VOICE = { codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, payloadType: 100, channels: 2 }] };
const CUE = { id: 'their-cue', note: '', content: { kind: 'lowerThird', title: 'Ada', subtitle: '' }, staysMs: null };
const CHOICE = { type: 'choices', choices: [0] } as const;

/** Everything of a room that a request can name. */
interface Belongings {
  readonly messageId: string;
  readonly heldId: string;
  readonly pinId: string;
  readonly questionId: string;
  readonly pollId: string;
  readonly draftId: string;
  readonly offerId: string;
  readonly breakoutId: string;
  readonly transportId: string;
  readonly streamId: string;
}

/** Each request that names something, what it is about being another room's, and what the answer is. */
const attempts = (theirs: Belongings): readonly (readonly [RequestName, object, ErrorCode])[] => {
  const { messageId, heldId, pinId, questionId, pollId, draftId, offerId, breakoutId, transportId, streamId } = theirs;
  const participantId = 'ada';
  return [
    ['changeRole', { participantId, role: 'audience' }, 'notFound'],
    ['answerRoleOffer', { offerId, accept: true }, 'expired'],
    ['withdrawRoleOffer', { offerId }, 'expired'],
    ['muteParticipant', { participantId }, 'notFound'],
    ['spotlight', { participantId }, 'notFound'],
    ['sendChat', { text: 'Hello', replyTo: messageId }, 'notFound'],
    ['sendDirectChat', { text: 'Hello', to: { kind: 'participant', participantId } }, 'notFound'],
    ['loadDirectChat', { before: messageId, limit: 1 }, 'notFound'],
    ['deleteChat', { messageId }, 'notFound'],
    ['pinChat', { messageId }, 'notFound'],
    ['unpinChat', { pinId }, 'notFound'],
    ['reportChat', { messageId }, 'notFound'],
    ['approveChat', { messageId: heldId }, 'notFound'],
    ['rejectChat', { messageId: heldId }, 'notFound'],
    ['dismissRefusedChat', { messageId: heldId }, 'notFound'],
    ['admit', { participantId }, 'notFound'],
    ['turnAway', { participantId }, 'notFound'],
    ['bringOnStage', { participantId }, 'notFound'],
    ['bringBackstage', { participantId }, 'notFound'],
    ['sendBack', { participantId }, 'notFound'],
    ['talkBack', { participantIds: [participantId] }, 'notFound'],
    ['assignBreakout', { participantId, roomId: breakoutId }, 'notFound'],
    ['fillBreakout', { roomId: breakoutId, count: 1 }, 'notFound'],
    ['enterBreakout', { roomId: breakoutId }, 'notFound'],
    ['voteForQuestion', { questionId, voted: true }, 'notFound'],
    ['answerQuestion', { questionId, text: 'Yes' }, 'notFound'],
    ['openQuestion', { questionId }, 'notFound'],
    ['dismissQuestion', { questionId }, 'notFound'],
    ['highlightQuestion', { questionId }, 'notFound'],
    ['vote', { pollId, answer: CHOICE }, 'notFound'],
    ['updatePoll', { pollId: draftId, change: { question: 'Mine?' } }, 'notFound'],
    ['deletePoll', { pollId }, 'notFound'],
    ['launchPoll', { pollId: draftId }, 'notFound'],
    ['closePoll', { pollId }, 'notFound'],
    ['revealPoll', { pollId }, 'notFound'],
    ['exportPoll', { pollId, format: 'json' }, 'notFound'],
    ['moveCue', { cueId: CUE.id, before: null }, 'notFound'],
    ['removeCue', { cueId: CUE.id }, 'notFound'],
    ['takeCue', { cueId: CUE.id }, 'notFound'],
    ['sendGift', { giftId: 'heart', price: 1, count: 1, to: participantId }, 'notFound'],
    [
      'connectTransport',
      { transportId, dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: '00' }] } },
      'notFound',
    ],
    ['restartTransport', { transportId }, 'notFound'],
    ['publish', { transportId, source: 'microphone', rtpParameters: VOICE }, 'notFound'],
    ['unpublish', { streamId }, 'notFound'],
    ['muteStream', { streamId, muted: true }, 'notFound'],
    ['subscribe', { transportId, streamId, rtpCapabilities: {} }, 'notFound'],
  ];
};

describe('what belongs to another room', () => {
  let server: TestServer;
  let theirHost: JoinedClient;
  let ada: JoinedClient;
  let bob: JoinedClient;
  let stranger: JoinedClient;
  let theirs: Belongings;

  before(async () => {
    server = await TestServer.start();
    theirHost = await server.join('their-host', { role: 'host' });
    ada = await server.join('ada', { role: 'guest' });
    bob = await server.join('bob');
    stranger = await server.join('stranger', { room: 'other', role: 'host' });
    const { message } = await ada.ask('sendChat', { text: 'Hello' });
    const { pin } = await theirHost.ask('pinChat', { messageId: message.id });
    await theirHost.ask('setChatPolicies', { links: 'hold' });
    const held = await bob.ask('sendChat', { text: 'https://example.com' });
    const { question } = await bob.ask('askQuestion', { text: 'Why?' });
    const lunch = { question: 'Lunch?', kind: 'single', options: ['Soup', 'Salad'] };
    const { poll } = await theirHost.ask('createPoll', lunch);
    await theirHost.ask('launchPoll', { pollId: poll.id });
    const draft = await theirHost.ask('createPoll', lunch);
    await theirHost.ask('saveCue', { cue: CUE });
    await theirHost.ask('changeRole', { participantId: 'bob', role: 'guest' });
    const { offer } = await theirHost.event('roleOffered');
    const rooms = { rooms: [{ name: 'A' }], assignment: 'byHand' };
    const { breakouts } = await theirHost.ask('createBreakouts', rooms);
    // One's own rooms are open, so that what is another's is all that is wrong.
    await stranger.ask('createBreakouts', rooms);
    await stranger.ask('openBreakouts', {});
    const { transport } = await ada.ask('openTransport', { direction: 'send' });
    const voice = { transportId: transport.id, source: 'microphone', rtpParameters: VOICE } as const;
    const { streamId } = await ada.ask('publish', voice);
    theirs = {
      messageId: message.id,
      heldId: held.message.id,
      pinId: pin.id,
      questionId: question.id,
      pollId: poll.id,
      draftId: draft.poll.id,
      offerId: offer.id,
      breakoutId: breakouts.rooms[0]!.roomId,
      transportId: transport.id,
      streamId,
    };
  });

  after(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('[P1] is not there for a host, whatever they ask and however often', async () => {
    const channelOf = async (client: JoinedClient) =>
      (await server.rooms.open(client.welcome.snapshot!.room.id)).channel;
    const channels = await Promise.all([theirHost, stranger].map(channelOf));
    for (const client of [theirHost, ada]) await client.settle();
    const before = [channels.map(({ seq }) => seq), theirHost.signals('pollsTallied').length];
    const asked = attempts(theirs);
    const answers: (readonly [RequestName, ErrorCode | undefined])[] = [];
    for (const [index, [request, data]] of asked.entries()) {
      const key = `foreign-${index}`;
      const first = await stranger.request(request, data, key);
      assert.deepEqual((await stranger.request(request, data, key)).error, first.error);
      answers.push([request, first.error?.code]);
      await server.elapse(100, stranger, theirHost, ada, bob);
    }
    assert.deepEqual(
      answers,
      asked.map(([request, , code]) => [request, code]),
    );
    for (const client of [theirHost, ada]) await client.settle();
    assert.deepEqual([channels.map(({ seq }) => seq), theirHost.signals('pollsTallied').length], before);
    const { polls, tallies } = await theirHost.ask('getPolls', {});
    assert.deepEqual([polls.length, tallies[0]?.voters ?? 0], [2, 0]);
    assert.equal((await theirHost.ask('getOverlays', {})).live.length, 0);
    assert.equal(
      [...server.media.rooms.values()].some(({ streams }) => streams.has(theirs.streamId as StreamId)),
      true,
    );
  });
});
