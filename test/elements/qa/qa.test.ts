import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsQa } from '../../../src/elements/qa/qa.ts';
import type { FakeQuestion, FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-qa', IlsQa);

const questions: readonly FakeQuestion[] = [
  { asker: 'Alan', text: 'Few votes?', votes: 1 },
  { asker: 'Grace', text: 'Many votes?', votes: 9 },
  { asker: 'Hedy', text: 'Answered?', votes: 20, answer: 'Yes.' },
  { asker: '', isAnonymous: true, text: 'Who, me?', votes: 3 },
  { text: 'Mine?', state: 'waiting' },
];

const show = async (options: FakeRoomOptions = { questions: { questions } }) => {
  const room = createRoom(options);
  const shown = await showElement('ils-qa', room);
  // What a moderator may do is loaded for them alone.
  if (options.role === 'producer') await until(() => shown.findAll('[part~="tools"]').length > 0);
  const texts = () => shown.findAll('.content > .words').map(({ textContent }) => textContent);
  const calls = () => room.calls.map(({ action, args }) => [action, ...args]);
  const click = async (part: string, text?: string) => {
    const row = shown.findAll('.question').find(({ textContent }) => textContent.includes(text ?? ''));
    row!.querySelector<HTMLElement>(`[part~="${part}"]`)!.click();
    await drawn(shown.element);
  };
  return { ...shown, room, texts, calls, click };
};

describe('ils-qa', () => {
  describe('is accessible', () => {
    const silent = { name: 'silent', publish: [], watch: 'webrtc', permissions: [] } as const;
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'with questions': { questions: { questions, highlighted: 1 } },
      'for a moderator': { role: 'producer', questions: { questions, highlighted: 1 } },
      empty: {},
      loading: { loading: ['questions'] },
      failed: { questions: { state: 'failed' } },
      closed: { questions: { questions, settings: { isOpen: false } } },
      'where one may not ask': { role: 'silent', roles: { silent }, questions: { questions } },
      'while reconnecting': { state: 'reconnecting', questions: { questions } },
      'after the end': { state: 'ended' },
    };
    for (const [name, options] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const { element } = await show(options);
          await atRest(element);
          await expect(element).to.be.accessible();
        });
      }
    }
  });

  it('sorts by votes, by time, and leaves what is answered out', async () => {
    const { texts, findAll, element } = await show();
    expect(texts()).to.deep.equal(['Mine?', 'Many votes?', 'Who, me?', 'Few votes?', 'Answered?']);
    findAll('.chip')[1]!.click();
    await drawn(element);
    expect(texts()).to.deep.equal(['Mine?', 'Who, me?', 'Answered?', 'Many votes?', 'Few votes?']);
    findAll('.chip')[2]!.click();
    await drawn(element);
    expect(texts()).to.deep.equal(['Mine?', 'Many votes?', 'Who, me?', 'Few votes?']);
  });

  it('asks by Enter, without a name where that is wanted, and keeps what the page takes', async () => {
    const { find, calls, element, texts } = await show({});
    find('[type="checkbox"]').click();
    find('textarea').focus();
    await sendKeys({ type: 'Why?' });
    await sendKeys({ press: 'Enter' });
    await until(() => texts().length === 1);
    expect(calls()).to.deep.equal([['askQuestion', { text: 'Why?', isAnonymous: true }]]);
    expect(find<HTMLTextAreaElement>('textarea').value).to.equal('');
    element.addEventListener('ils-ask-question-request', (event) => event.preventDefault());
    await sendKeys({ type: 'Kept' });
    await sendKeys({ press: 'Enter' });
    await drawn(element);
    expect(calls()).to.have.length(1);
    expect(find<HTMLTextAreaElement>('textarea').value).to.equal('Kept');
  });

  it('votes, and takes the vote back', async () => {
    const { click, calls, room, find, element } = await show();
    await click('vote-button', 'Many votes?');
    await until(() => find('[aria-pressed="true"].vote').textContent.includes('10'));
    await click('vote-button', 'Many votes?');
    expect(calls()).to.deep.equal([
      ['voteForQuestion', { questionId: 'q1', voted: true }],
      ['voteForQuestion', { questionId: 'q1', voted: false }],
    ]);
    room.setState('reconnecting');
    await drawn(element);
    await click('vote-button', 'Many votes?');
    expect(calls()).to.have.length(2);
  });

  it('marks what is on screen once that is in the picture, and lets a moderator take it off before', async () => {
    const { room, findAll, find, element, texts } = await show({ role: 'producer', questions: { questions } });
    const { highlighted } = room.store.features.loaded.value.questions!;
    const question = [...room.store.features.loaded.value.questions!.questions.value.values()][1]!;
    const marked = () => findAll('[part~="highlighted-question"]').length;
    room.store.playback.showing.value = 'program';
    room.store.playback.programTime.value = 9_000;
    (highlighted as { value: unknown }).value = [{ from: 10_000, value: question }];
    await until(() => findAll('[aria-pressed="true"][part~="highlight-button"]').length === 1);
    expect([
      marked(),
      findAll('[part~="badge"]').some(({ textContent }) => textContent.includes('On screen')),
    ]).to.deep.equal([0, false]);
    room.store.playback.programTime.value = 10_000;
    await until(() => marked() === 1);
    expect(find('[part~="highlighted-question"]').textContent).to.contain('Many votes?').and.to.contain('On screen');
    room.store.playback.programTime.value = 9_000;
    await until(() => marked() === 0);
    element.align = 'live';
    await until(() => marked() === 1);
    expect(texts()).to.have.length(5);
  });

  it('gives no name of who asked without one, and no tools to who does not moderate', async () => {
    const { findAll } = await show();
    expect(findAll('.asker').map(({ textContent }) => textContent)).to.include('Anonymous');
    expect(findAll('[part~="tools"], [part~="settings-button"]')).to.have.length(0);
  });

  it('lets a moderator review, answer, show on screen, and invite', async () => {
    const { click, calls, find, findAll, element } = await show({ role: 'producer', questions: { questions } });
    await click('approve-button', 'Mine?');
    await click('highlight-button', 'Many votes?');
    await until(() => element.shadowRoot!.querySelector('[part~="highlighted-question"]'));
    await click('answer-button', 'Few votes?');
    await sendKeys({ type: 'Some.' });
    find('[part~="send-answer-button"]').click();
    await until(() => element.shadowRoot!.querySelectorAll('[part~="answer"]').length === 2);
    await click('more-button', 'Many votes?');
    await until(() => findAll('.menu-item').length > 2);
    const items = () => findAll('.menu-item');
    expect(items().map(({ textContent }) => textContent.trim())).to.deep.equal([
      'Mark as answered live',
      'Invite Grace on stage',
      'Dismiss',
    ]);
    items()[1]!.click();
    await drawn(element);
    const asked = calls();
    expect(asked.slice(0, 3)).to.deep.equal([
      ['openQuestion', { questionId: 'q4' }],
      ['highlightQuestion', { questionId: 'q1' }],
      ['answerQuestion', { questionId: 'q0', text: 'Some.' }],
    ]);
    expect(asked[3]!.slice(0, 1)).to.deep.equal(['changeRole']);
  });

  it('closes the asking, and says so to those who would ask', async () => {
    const { find, findAll, calls, element } = await show({ role: 'producer', questions: { questions } });
    find('[part~="settings-button"]').click();
    await until(() => findAll('.menu-item').length === 6);
    findAll('.menu-item')[1]!.click();
    await until(() => element.matches(':state(closed)'));
    expect(calls()).to.deep.equal([['changeQuestionSettings', { isOpen: false }]]);
    await until(() => findAll('[part~="closed"]').length === 1);
    expect(findAll('textarea')).to.have.length(0);
  });

  it('says what the server refused', async () => {
    const { room, click, text, findAll } = await show();
    room.failNext('voteForQuestion', 'rateLimited');
    await click('vote-button', 'Many votes?');
    await until(() => findAll('[part~="notice"]').length === 1);
    expect(text('[part~="notice"]')).to.contain('Too fast');
  });
});
