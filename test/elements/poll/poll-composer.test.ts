import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsPoll } from '../../../src/elements/poll/poll.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-poll', IlsPoll);

type Polls = NonNullable<FakeRoomOptions['polls']>;
type Poll = NonNullable<Polls['polls']>[number];

const lunch: Poll = { id: 'lunch', question: 'Lunch?', kind: 'single', options: ['Soup', 'Salad'], state: 'draft' };

async function show(polls: Polls = {}) {
  const room = createRoom({ role: 'host', polls });
  const shown = await showElement('ils-poll', room);
  const { element, findAll } = shown;
  const buttons = (words: string) =>
    findAll('button').filter(
      (button) => button.textContent!.trim() === words || button.getAttribute('aria-label') === words,
    );
  const press = async (words: string) => {
    await until(() => buttons(words).length > 0, words);
    buttons(words)[0]!.click();
    await element.updateComplete;
  };
  const field = (label: string): HTMLInputElement => {
    const found = findAll('label, fieldset').find((each) => each.textContent!.trim().startsWith(label));
    return found!.querySelector<HTMLInputElement>('input, textarea, select')!;
  };
  const write = async (input: HTMLElement, words: string) => {
    (input as HTMLInputElement).value = words;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await element.updateComplete;
  };
  const choose = async (label: string, value: string) => {
    const select = field(label);
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await element.updateComplete;
  };
  const tick = async (label: string) => {
    const found = findAll('label').find((each) => each.textContent!.trim().startsWith(label));
    found!.querySelector('input')!.click();
    await element.updateComplete;
  };
  const compose = async () => {
    await press('New poll');
    await until(() => findAll('.composer').length === 1, 'the form');
  };
  const made = (place = 0) => room.calls.filter(({ action }) => action === 'createPoll')[place]?.args[0];
  return { ...shown, room, press, field, write, choose, tick, compose, made };
}

describe('ils-poll, where polls are made', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible, with faults, ${colorScheme}`, async () => {
      await useColorScheme(colorScheme);
      const { element, compose, choose, tick, press } = await show();
      await compose();
      await choose('Kind', 'number');
      await tick('Quiz question');
      await tick('Open it at');
      await press('Schedule');
      await atRest(element);
      await expect(element).to.be.accessible();
    });
  }

  it('says what is wrong beside it, goes there, and asks for nothing', async () => {
    const { element, room, findAll, compose, press, write, field, text } = await show();
    await compose();
    await press('Launch');
    await until(() => element.shadowRoot!.activeElement?.matches('textarea') === true, 'focus');
    expect(findAll('[part~=fault]').map((fault) => fault.textContent!.trim())).to.deep.equal([
      'Write a question.',
      'Write at least two options.',
    ]);
    expect(field('Question').getAttribute('aria-describedby')).to.equal('fault-question');
    await write(field('Question'), 'Lunch?');
    const options = findAll('.option-field .input');
    await write(options[0]!, 'Soup');
    await write(options[1]!, ' Soup ');
    expect(text('#fault-options')).to.equal('“Soup” is there twice.');
    await write(options[1]!, 'Salad');
    expect(findAll('[part~=fault]')).to.have.length(0);
    expect(room.calls).to.deep.equal([]);
  });

  it('asks for a quiz question with all its rules', async () => {
    const { findAll, compose, press, write, field, choose, tick, made } = await show();
    await compose();
    await choose('Kind', 'multiple');
    await write(field('Question'), 'Which are prime?');
    await press('Add an option');
    const options = findAll('.option-field .input');
    for (const [place, words] of ['2', '3', '4'].entries()) await write(options[place]!, words);
    await tick('Quiz question');
    for (const place of [0, 1]) findAll('input[name=right]')[place]!.click();
    await choose('Each may choose', '2');
    await write(field('Points for being right'), '500');
    await tick('More points for right answers');
    await choose('Time', '30');
    await choose('Result', 'hosts');
    const voters = findAll('input[name=voters]');
    voters[0]!.click();
    await press('Launch');
    await until(() => made() !== undefined);
    expect(made()).to.deep.equal({
      question: 'Which are prime?',
      kind: 'multiple',
      options: ['2', '3', '4'],
      maxChoices: 2,
      scale: 5,
      range: null,
      unit: '',
      anonymous: false,
      changeable: false,
      results: 'hosts',
      voters: ['producer', 'guest', 'viewer', 'audience'],
      watchers: null,
      durationMs: 30_000,
      launchAt: null,
      quiz: {
        right: { type: 'choices', choices: [0, 1] },
        tolerance: 0,
        points: 500,
        speedBonus: true,
        streakBonus: false,
      },
    });
  });

  it('does not show the right order of a ranking', async () => {
    const { findAll, compose, press, write, field, choose, tick, made } = await show();
    await compose();
    await choose('Kind', 'ranking');
    await write(field('Question'), 'Which came first?');
    const options = findAll('.option-field .input');
    for (const [place, words] of ['Radio', 'Television'].entries()) await write(options[place]!, words);
    await tick('Quiz question');
    await press('Save draft');
    await until(() => made() !== undefined);
    const poll = made() as { options: string[]; quiz: { right: { choices: number[] } } };
    expect(poll.options).to.deep.equal(['Television', 'Radio']);
    expect(poll.quiz.right.choices).to.deep.equal([1, 0]);
  });

  it('changes a draft, schedules it, and launches it', async () => {
    const { room, press, write, field, tick, text, findAll } = await show({ polls: [lunch] });
    const texts = (selector: string) =>
      findAll(selector)
        .map((each) => each.textContent)
        .join();
    await press('Change: Lunch?');
    await until(() => field('Question').value === 'Lunch?');
    await write(field('Question'), 'Dinner?');
    await tick('Open it at');
    await press('Schedule');
    await until(() => texts('.header').includes('Scheduled'), 'scheduled');
    const [{ action, args }] = room.calls as [{ action: string; args: readonly [{ change: { launchAt: number } }] }];
    expect(action).to.equal('updatePoll');
    expect(args[0].change.launchAt).to.be.above(Date.now());
    expect(text('.question')).to.equal('Dinner?');
    await press('Launch');
    await until(() => texts('.header').includes('Open'), 'open');
    expect(room.calls.map((call) => call.action)).to.deep.equal(['updatePoll', 'launchPoll']);
  });

  it('keeps what was written when the server refuses, and when the form is closed', async () => {
    const { room, findAll, compose, press, write, field, text } = await show();
    await compose();
    await write(field('Question'), 'Why?');
    for (const [place, words] of ['Yes', 'No'].entries()) await write(findAll('.option-field .input')[place]!, words);
    room.failNext('createPoll', 'unavailable');
    await press('Save draft');
    await until(() => findAll('.composer .banner.danger').length === 1, 'the refusal');
    expect(text('.composer .banner.danger'))
      .to.contain('The server is busy.')
      .and.to.contain('Nothing you wrote is lost.');
    expect(field('Question').value).to.equal('Why?');
    await press('Cancel');
    await press('Go on with the new poll');
    await until(() => findAll('.composer').length === 1);
    expect(field('Question').value).to.equal('Why?');
    await press('Save draft');
    await until(() => findAll('.composer').length === 0);
    expect(text('.question')).to.equal('Why?');
    await press('New poll');
    await until(() => field('Question').value === '');
  });

  it('deletes after asking, and takes no answer for a yes', async () => {
    const { room, press, findAll } = await show({ polls: [lunch] });
    await press('Delete: Lunch?');
    await until(() => findAll('dialog[open]').length === 1);
    await press('Cancel');
    expect(room.calls).to.deep.equal([]);
    await press('Delete: Lunch?');
    await until(() => findAll('dialog[open]').length === 1);
    await press('Delete');
    await until(() => room.calls.length === 1);
    expect(room.calls[0]?.action).to.equal('deletePoll');
  });

  it('gives the answers as a file', async () => {
    const { room, press } = await show({ polls: [{ ...lunch, state: 'closed' }] });
    const files: string[] = [];
    const handleClick = (event: Event) => {
      if (!(event.target instanceof HTMLAnchorElement)) return;
      files.push(event.target.download);
      event.preventDefault();
    };
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function clickLink(this: HTMLAnchorElement) {
      this.addEventListener('click', handleClick, { once: true });
      click.call(this);
    };
    try {
      await press('Download the answers as CSV');
      await until(() => files.length === 1);
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(files).to.deep.equal(['poll-lunch.csv']);
    expect(room.calls).to.deep.equal([{ action: 'exportPoll', args: [{ pollId: 'lunch', format: 'csv' }] }]);
  });

  it('makes a new poll of what another host opened meanwhile', async () => {
    const { room, press, write, field, findAll, made } = await show({ polls: [lunch] });
    await press('Change: Lunch?');
    await until(() => field('Question').value === 'Lunch?');
    await write(field('Question'), 'Dinner?');
    const slice = room.store.features.loaded.value.polls!;
    const [poll] = slice.byId.value.values();
    slice.byId.value = new Map([[poll!.id, { ...poll!, state: 'open', openedAt: Date.now(), revision: 2 }]]);
    await until(() => findAll('.composer .banner.warning').length === 1, 'the warning');
    await press('Save draft');
    await until(() => made() !== undefined);
    expect((made() as { question: string }).question).to.equal('Dinner?');
  });
});
