import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsHandRaise } from '../../../src/elements/hand-raise/hand-raise.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-hand-raise', IlsHandRaise);

const show = async (options: FakeRoomOptions = {}) => {
  const room = createRoom(options);
  const shown = await showElement('ils-hand-raise', room);
  const calls = () =>
    room.calls.filter(({ action }) => action.endsWith('Hand')).map(({ action, args }) => [action, ...args]);
  return { ...shown, room, calls };
};

describe('ils-hand-raise', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'at rest': { hands: { count: 3 } },
      raised: { hands: { own: { place: 4, note: 'The slides' } } },
      'while reconnecting': { state: 'reconnecting', hands: { own: { place: 1 } } },
      backstage: { role: 'guest', hands: { isBackstage: true } },
      'spoken to backstage': { role: 'guest', hands: { isBackstage: true, talkback: ['Grace'] } },
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

  it('says who talks to one backstage', async () => {
    const { room, element, text } = await show({ role: 'guest', hands: { isBackstage: true, talkback: ['Grace'] } });
    expect(text('[part~="talkback"]')).to.equal('Talkback from Grace. The stage and the audience do not hear it.');
    expect(element.matches(':state(spoken-to)')).to.equal(true);
    const hands = room.store.features.loaded.value.hands;
    expect(hands?.talkback.value).to.have.length(1);
  });

  it('raises with a note, says the place, and lowers', async () => {
    const { element, part, calls, text } = await show({ hands: { count: 2 } });
    part('raise-button').click();
    await drawn(element);
    await sendKeys({ type: 'The slides' });
    await sendKeys({ press: 'Enter' });
    await until(() => element.matches(':state(raised)'));
    await drawn(element);
    expect(text('[part~="place"]')).to.equal('Number 3 in the queue');
    part('lower-button').click();
    await until(() => !element.matches(':state(raised)'));
    expect(calls()).to.deep.equal([
      ['raiseHand', { note: 'The slides' }],
      ['lowerHand', {}],
    ]);
  });

  it('shows nothing to who is on stage, and oneself to who is backstage', async () => {
    const onStage = await show({ role: 'guest' });
    expect(onStage.findAll('button')).to.have.length(0);
    const backstage = await show({ role: 'guest', hands: { isBackstage: true } });
    backstage.findAll('[part~="source-button"]')[1]!.click();
    await until(() => backstage.findAll('video').length === 1);
    expect(backstage.element.matches(':state(backstage)')).to.equal(true);
  });
});
