import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsHandQueue } from '../../../src/elements/hand-queue/hand-queue.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-hand-queue', IlsHandQueue);

const queue = [
  { name: 'Hedy', note: 'About latency' },
  { name: 'Alan', isAway: true },
];

const show = async (
  options: FakeRoomOptions = { hands: { queue } },
  attributes: Readonly<Record<string, string>> = {},
) => {
  const room = createRoom({ role: 'host', ...options });
  const shown = await showElement('ils-hand-queue', room, { attributes });
  const calls = () =>
    room.calls.filter(({ action }) => action !== 'attachStream').map(({ action, args }) => [action, ...args]);
  return { ...shown, room, calls };
};

describe('ils-hand-queue', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'with a queue and a backstage': { guests: 1, hands: { queue, backstage: [{ name: 'Joan' }] } },
      'with two backstage': { hands: { backstage: [{ name: 'Joan' }, { name: 'Katherine' }] } },
      empty: {},
      loading: { loading: ['hands'] },
      failed: { hands: { state: 'failed' } },
      'where one may not': { role: 'viewer' },
      'while reconnecting': { state: 'reconnecting', hands: { queue } },
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

  describe('talks to people backstage', () => {
    const backstage = [{ name: 'Joan' }, { name: 'Katherine' }, { name: 'Mary', isAway: true }];
    const talks = (calls: () => readonly (readonly unknown[])[]) =>
      calls().map(([action, data]) => {
        expect(action).to.equal('talkBack');
        return Array.isArray(Reflect.get(Object(data), 'participantIds'))
          ? [...Reflect.get(Object(data), 'participantIds')].length
          : -1;
      });
    const pointer = (type: string) => new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1 });
    const key = (type: string, options: KeyboardEventInit = {}) =>
      new KeyboardEvent(type, { key: ' ', bubbles: true, cancelable: true, ...options });

    it('while its button is held, and says who hears it', async () => {
      const { find, calls } = await show({ hands: { backstage } });
      const button = find('[aria-label="Talk to Joan"]');
      button.dispatchEvent(pointer('pointerdown'));
      await until(() => button.getAttribute('aria-pressed') === 'true' && button.textContent.trim() === 'Talking');
      await until(
        () => find('.person [part~="talk-status"]').textContent.trim() === 'Joan hears you, and nobody else.',
      );
      button.dispatchEvent(pointer('pointerup'));
      await until(() => button.getAttribute('aria-pressed') === 'false');
      await until(() => find('.person [part~="talk-status"]').textContent.trim() === '');
      expect(talks(calls)).to.deep.equal([1, 0]);
    });

    it('while a key is held, however often it repeats, and no longer when the focus leaves', async () => {
      const { find, calls, element } = await show({ hands: { backstage } });
      const button = find('[aria-label="Talk to Katherine"]');
      button.focus();
      for (const repeat of [false, true, true]) button.dispatchEvent(key('keydown', { repeat }));
      await drawn(element);
      button.dispatchEvent(key('keyup'));
      button.dispatchEvent(key('keydown'));
      await drawn(element);
      button.blur();
      await drawn(element);
      expect(button.getAttribute('aria-pressed')).to.equal('false');
      expect(talks(calls)).to.deep.equal([1, 0, 1, 0]);
    });

    it('by presses alone, for who cannot hold and where it is so wished', async () => {
      for (const attributes of [{}, { 'talk-latch': '' }]) {
        const { find, calls, element } = await show({ hands: { backstage } }, attributes);
        const button = find('[aria-label="Talk to everyone backstage"]');
        button.click();
        await drawn(element);
        button.dispatchEvent(new FocusEvent('blur'));
        await until(() => button.getAttribute('aria-pressed') === 'true');
        button.click();
        await until(() => button.getAttribute('aria-pressed') === 'false');
        expect(talks(calls)).to.deep.equal([2, 0]);
      }
    });

    it('but to nobody who is away', async () => {
      const { find, calls } = await show({ hands: { backstage } });
      const button = find('[aria-label="Talk to Mary"]');
      button.click();
      expect(button.getAttribute('aria-disabled')).to.equal('true');
      expect(calls()).to.deep.equal([]);
    });

    it('until they hear it no longer, or the server refuses', async () => {
      const { room, find, findAll, calls } = await show({ hands: { backstage } });
      const button = find('[aria-label="Talk to Joan"]');
      button.click();
      await until(() => button.textContent.trim() === 'Talking');
      find('[aria-label="Bring on stage: Joan"]').click();
      await until(() => room.store.features.loaded.value.hands?.talkingTo.value.length === 0);
      const other = find('[aria-label="Talk to Katherine"]');
      await until(() => other.getAttribute('aria-pressed') === 'false');
      room.failNext('talkBack', 'forbidden');
      other.click();
      await until(() => findAll('[part~="notice"]').length > 0);
      expect(other.getAttribute('aria-pressed')).to.equal('false');
      expect(calls().map(([action]) => action)).to.deep.equal(['talkBack', 'bringOnStage', 'talkBack']);
    });

    it('and ends with the element', async () => {
      const { find, calls, element } = await show({ hands: { backstage } });
      find('[aria-label="Talk to Joan"]').click();
      await drawn(element);
      element.remove();
      expect(talks(calls)).to.deep.equal([1, 0]);
    });
  });

  it('says how long a hand is up by the clock of the server', async () => {
    const { room, findAll } = await show({ hands: { queue: [{ name: 'Hedy', ageMs: 5_000 }] } });
    room.store.connection.serverOffsetMs.value = 60_000;
    await until(() => findAll('[part~="age"]')[0]!.textContent.trim().startsWith('Up for 1:0'));
  });

  it('sends people back to where they came from, or to the role that it is told', async () => {
    for (const [attributes, request] of [
      [{}, 'sendBack'],
      [{ 'back-role': 'audience' }, 'changeRole'],
    ] as const) {
      const { find, calls, room } = await show({ hands: { backstage: [{ name: 'Joan' }] } }, attributes);
      find('[aria-label="Send back: Joan"]').click();
      await until(() => calls().length === 1);
      const [[name, ...args] = []] = calls();
      expect(name).to.equal(request);
      if (request === 'changeRole') expect(args[1]).to.equal('audience');
      else await until(() => room.store.features.loaded.value.hands?.backstage.value.length === 0);
    }
  });

  it('invites backstage first where that is wanted, but nobody who is away', async () => {
    const { findAll, calls, element } = await show({ hands: { queue } }, { backstage: '' });
    const [first, away] = findAll('[part~="invite-button"]');
    away!.click();
    first!.click();
    await until(() => findAll('[part~="withdraw-button"]').length === 1);
    const [call] = calls();
    expect([call?.[0], call?.[2], call?.[3]]).to.deep.equal(['changeRole', 'guest', { backstage: true }]);
    findAll('[part~="withdraw-button"]')[0]!.click();
    await until(() => findAll('[part~="withdraw-button"]').length === 0);
    await drawn(element);
    expect(findAll('[part~="invite-button"]')).to.have.length(2);
  });

  it('lowers one, and all', async () => {
    const { findAll, part } = await show();
    findAll('[part~="lower-button"]')[0]!.click();
    await until(() => findAll('[part~="hand"]').length === 1);
    part('lower-all-button').click();
    await until(() => findAll('[part~="hand"]').length === 0);
  });

  it('shows who is backstage, brings them on stage, and back', async () => {
    const { room, find, findAll, calls, element } = await show({ hands: { backstage: [{ name: 'Joan' }] } });
    expect(room.activePictures).to.equal(1);
    find('[aria-label="Bring on stage: Joan"]').click();
    await until(() => findAll('video').length === 0);
    await drawn(element);
    expect(room.activePictures).to.equal(0);
    find('[aria-label="Backstage: Joan"]').click();
    await until(() => findAll('video').length === 1);
    expect(calls().map(([action]) => action)).to.deep.equal(['bringOnStage', 'bringBackstage']);
  });
});
