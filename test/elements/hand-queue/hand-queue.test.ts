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

  it('says how long a hand is up by the clock of the server', async () => {
    const { room, findAll } = await show({ hands: { queue: [{ name: 'Hedy', ageMs: 5_000 }] } });
    room.store.connection.serverOffsetMs.value = 60_000;
    await until(() => findAll('[part~="age"]')[0]!.textContent.trim().startsWith('Up for 1:0'));
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
