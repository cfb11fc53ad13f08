import { expect } from '@open-wc/testing';
import type { ParticipantId, QuestionId, QuestionView, ReplyData } from '../../../src/protocol/index.ts';
import { until } from '../../elements/show-element.ts';
import { openRoom } from '../open-room.ts';

const question = (id: string, change: Partial<QuestionView> = {}): QuestionView => ({
  id: id as QuestionId,
  index: 0,
  text: `${id}?`,
  askedAt: 1,
  isAnonymous: false,
  asker: { id: 'ada' as ParticipantId, name: 'Ada' },
  state: 'open',
  votes: 0,
  answer: null,
  ...change,
});

const whole = (questions: QuestionView[], highlighted: string | null = null): ReplyData<'getQuestions'> => ({
  settings: { isOpen: true, isModerated: false, allowsAnonymous: true },
  questions,
  highlighted: highlighted as QuestionId | null,
  highlightedAt: highlighted === null ? null : 20,
  voted: [],
});

async function open(questions: QuestionView[] = [], highlighted: string | null = null) {
  const { room, server, join, flush } = openRoom();
  await join();
  server.answers.set('getQuestions', () => whole(questions, highlighted));
  room.use('questions');
  const slice = () => room.store.features.loaded.value.questions!;
  await until(async () => {
    await flush();
    return room.store.features.loaded.value.questions?.state.value === 'ready';
  });
  const ids = () => [...slice().questions.value.keys()];
  return { room, server, flush, slice, ids };
}

describe('questions', () => {
  it('[U1] come and go with what the server tells', async () => {
    const { room, server, flush, slice, ids } = await open([question('q1')]);
    server.emit('questionOpened', { question: question('q2') });
    server.emit('questionVotesCounted', { votes: [['q2' as QuestionId, 4]] });
    server.emit('questionHighlighted', { question: question('q2'), at: 30 });
    server.emit('questionDismissed', { questionId: 'q1' as QuestionId });
    await flush();
    expect(ids()).to.deep.equal(['q2']);
    expect(slice().questions.value.get('q2' as QuestionId)?.votes).to.equal(4);
    expect(slice().highlighted.value.map(({ from, value }) => [from, value?.id])).to.deep.equal([[30, 'q2']]);
    room.close();
  });

  it('[U5] keeps from when to when each was on screen, also of one that was there before', async () => {
    const { room, server, flush, slice } = await open([question('q1')], 'q1');
    const moments = () => slice().highlighted.value.map(({ from, value }) => [from, value?.id]);
    expect(moments()).to.deep.equal([[20, 'q1']]);
    server.emit('questionHighlighted', { question: question('q2'), at: 30 });
    server.emit('questionHighlighted', { question: null, at: 40 });
    await flush();
    expect(moments()).to.deep.equal([
      [20, 'q1'],
      [30, 'q2'],
      [40, undefined],
    ]);
    room.close();
  });

  it('[U3] keeps the name that a signal brought when an event brings none', async () => {
    const { room, server, flush, slice } = await open();
    const anonymous = question('q1', { isAnonymous: true });
    server.emit('questionOpened', { question: { ...anonymous, asker: null } });
    server.signal('questionReviewed', { question: anonymous });
    server.emit('questionOpened', { question: { ...anonymous, asker: null } });
    await flush();
    expect(slice().questions.value.get('q1' as QuestionId)?.asker?.name).to.equal('Ada');
    room.close();
  });

  it('[U3] asks for all of it again on return, since signals may have been missed', async () => {
    const { room, server, flush, ids } = await open([question('q1')]);
    server.answers.set('getQuestions', () => whole([question('q1'), question('q2', { state: 'waiting' })]));
    server.signal('permissionsChanged', { permissions: [] });
    await until(async () => {
      await flush();
      return ids().length === 2;
    });
    room.close();
  });

  it('[U4] knows one’s own vote from the server alone', async () => {
    const { room, server, flush, slice } = await open([question('q1')]);
    server.signal('questionVoted', { questionId: 'q1' as QuestionId, voted: true });
    await flush();
    expect([...slice().voted.value]).to.deep.equal(['q1']);
    room.close();
  });
});
