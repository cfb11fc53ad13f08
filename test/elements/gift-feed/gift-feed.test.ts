import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsGiftFeed } from '../../../src/elements/gift-feed/gift-feed.ts';
import type { FakeGift, FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-gift-feed', IlsGiftFeed);

const show = async (options: FakeRoomOptions = {}) => {
  const room = createRoom(options);
  const shown = await showElement('ils-gift-feed', room);
  const give = async (...gifts: FakeGift[]) => {
    for (const gift of gifts) room.give(gift);
    await drawn(shown.element);
  };
  const cards = () =>
    shown
      .findAll('.card')
      .map((card) =>
        [...card.querySelectorAll('.from, .what, .combo')].map(({ textContent }) => textContent!.trim()).join(' '),
      );
  return { ...shown, room, give, cards };
};

const given: readonly FakeGift[] = [
  { from: 'Grace', gift: 'balloon' },
  { from: 'Alan', gift: 'star' },
];

describe('ils-gift-feed', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, [FakeRoomOptions, ...FakeGift[]]>> = {
      'while empty': [{}],
      'with gifts and those who gave': [{ gifts: { given } }, { from: 'Ada', gift: 'rose', combo: 12 }],
      'near its goal': [{ gifts: { given, goal: { title: 'Encore', target: 160 } } }],
      'with its goal reached': [{ gifts: { given, goal: { title: 'Encore', target: 100 } } }],
    };
    for (const [name, [options, ...gifts]] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const { element, give } = await show(options);
          await give(...gifts);
          await atRest(element);
          await expect(element).to.be.accessible();
        });
      }
    }
  });

  it('shows what is given from now on, each once', async () => {
    const { give, cards } = await show({ gifts: { given } });
    expect(cards()).to.deep.equal([]);
    await give({ from: 'Ada', gift: 'rose' });
    expect(cards()).to.deep.equal(['Ada Rose']);
  });

  it('lets a combo grow on its card', async () => {
    const { give, cards } = await show();
    await give({ from: 'Ada', gift: 'rose' }, { from: 'Bob', gift: 'rose' }, { from: 'Ada', gift: 'rose', combo: 2 });
    expect(cards()).to.deep.equal(['Ada Rose ×2', 'Bob Rose']);
  });

  it('drops cards where too many come, and no sum', async () => {
    const { element, give, findAll, room, text } = await show();
    await give(...Array.from({ length: 40 }, (_, index): FakeGift => ({ from: `Viewer ${index}`, gift: 'heart' })));
    expect(findAll('.card')).to.have.length(4);
    expect(text('.more')).to.equal('and 36 more');
    expect(element.matches(':state(crowded)')).to.equal(true);
    expect(room.store.features.loaded.value.gifts?.totals.value).to.deep.equal({ gifts: 40, amount: 40 });
  });

  it('lets large gifts take the stage one after another', async () => {
    const { give, element, findAll, text } = await show();
    await give({ from: 'Ada', gift: 'crown' }, { from: 'Bob', gift: 'diamond' });
    expect(text('.banner .from')).to.equal('Ada');
    for (const animation of element.shadowRoot!.getAnimations()) animation.finish();
    await until(() => text('.banner .from') === 'Bob');
    for (const animation of element.shadowRoot!.getAnimations()) animation.finish();
    await until(() => findAll('.banner').length === 0);
  });

  it('shows one’s own at once, before the server has taken it', async () => {
    const { room, element, cards } = await show();
    room.pause();
    void room.actions.sendGift({ giftId: 'rose', price: 5, count: 1, to: null });
    await drawn(element);
    expect(cards()).to.deep.equal(['You Sending…']);
    await room.resume();
    await drawn(element);
    expect(cards()).to.have.length(1);
    expect(cards()[0]).to.contain('Rose');
  });

  it('follows the goal and those who gave most', async () => {
    const { give, element, find, findAll, room } = await show({ gifts: { given } });
    room.setGiftGoal({ title: 'Encore', target: 10 });
    await give({ from: 'Ada', gift: 'rose' });
    expect(find('.track').getAttribute('aria-valuenow')).to.equal('50');
    await give({ from: 'Ada', gift: 'rose', count: 30 });
    expect(element.matches(':state(goal-reached)')).to.equal(true);
    expect(findAll('.gifter-name').map(({ textContent }) => textContent)).to.deep.equal(['Ada', 'Grace', 'Alan']);
  });
});
