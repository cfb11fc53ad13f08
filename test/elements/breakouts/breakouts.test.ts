import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsBreakouts } from '../../../src/elements/breakouts/breakouts.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-breakouts', IlsBreakouts);

const rooms = [
  { name: 'Left', present: 3 },
  { name: 'Right', size: 4, present: 4 },
];

const show = async (options: FakeRoomOptions = {}) => {
  const room = createRoom(options);
  const shown = await showElement('ils-breakouts', room);
  const calls = () => room.calls.map(({ action, args }) => [action, ...args]);
  return { ...shown, room, calls };
};

describe('ils-breakouts', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'with nothing, for a host': { role: 'host' },
      'with nothing, for a viewer': {},
      'with a draft': { role: 'host', guests: 1, breakouts: { rooms } },
      'open, for a host': { role: 'host', breakouts: { rooms, isOpen: true, leftMs: 500_000, call: 'Ada' } },
      'to choose from': { breakouts: { rooms, isOpen: true, assignment: 'selfChosen' } },
      inside: { breakouts: { rooms, isOpen: true, inside: 0, leftMs: 30_000, announcement: 'Soon' } },
      loading: { loading: ['breakouts'] },
      failed: { breakouts: { state: 'failed' } },
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

  it('makes rooms, opens them for a time, says something to all, and closes them', async () => {
    const { find, findAll, calls, room } = await show({ role: 'host' });
    find<HTMLInputElement>('[name=rooms]').value = '2';
    find<HTMLButtonElement>('[part~=create-button]').click();
    await until(() => findAll('[part~=room]').length === 2);
    find<HTMLInputElement>('[name=minutes]').value = '10';
    find<HTMLButtonElement>('[part~=open-button]').click();
    await until(() => findAll('[part~=countdown]').length === 1);
    find<HTMLInputElement>('[name=text]').value = 'Five minutes';
    find<HTMLButtonElement>('[part~=announce-form] button').click();
    await until(() => findAll('[part~=announcement]')[0]?.textContent === 'Five minutes');
    find<HTMLButtonElement>('[part~=close-button]').click();
    await until(() => find('[part~=countdown]').textContent.includes('Closes in'));
    expect(room.store.features.loaded.value.breakouts?.view.value?.role).to.equal('guest');
    expect(calls().map(([action]) => action)).to.deep.equal([
      'createBreakouts',
      'openBreakouts',
      'announceToBreakouts',
      'closeBreakouts',
    ]);
  });

  it('sends somebody to a room', async () => {
    const { find, findAll, calls } = await show({ role: 'host', hosts: 0, guests: 1, breakouts: { rooms } });
    await until(() => findAll('[part~=person]').length > 0);
    const choice = find<HTMLSelectElement>('[part~=person] select');
    choice.selectedIndex = 1;
    choice.dispatchEvent(new Event('change'));
    await until(() => calls().length === 1);
    expect(calls()[0]?.[1]).to.have.property('roomId', 'home.fake.1');
  });

  it('sends so many by chance, and finds who is only counted by name', async () => {
    const options: FakeRoomOptions = { role: 'host', hosts: 0, guests: 0, viewers: 30, breakouts: { rooms } };
    const { find, findAll, calls } = await show(options);
    await until(() => findAll('[part~=fill-form]').length === 1);
    find<HTMLInputElement>('[name=count]').value = '3';
    find<HTMLSelectElement>('[name=room]').selectedIndex = 1;
    find<HTMLButtonElement>('[part~=fill-button]').click();
    await until(() => findAll('[part~=person]').length >= 3);
    expect(calls()[0]).to.deep.equal(['fillBreakout', { roomId: 'home.fake.2', count: 3 }]);
    const name = findAll('[part~=person] > span')[0]?.textContent ?? '';
    const search = find<HTMLInputElement>('[part~=search]');
    search.value = 'nobody of that name';
    search.dispatchEvent(new Event('input'));
    await until(() => findAll('[part~=person]').length === 0);
    await until(() => find('[part~=people]').textContent.includes('Nobody by that name'));
    search.value = name;
    search.dispatchEvent(new Event('input'));
    await until(() => findAll('[part~=person]').length > 0);
  });

  it('lets people choose a room that has a place', async () => {
    const { findAll, calls, element } = await show({ breakouts: { rooms, isOpen: true, assignment: 'selfChosen' } });
    const [first, full] = findAll('[part~=enter-button]');
    full!.click();
    first!.click();
    await until(() => element.matches(':state(inside)'));
    expect(calls()).to.deep.equal([['enterBreakout', { roomId: 'home.fake.1' }]]);
  });

  it('calls a host once, and goes back', async () => {
    const { find, calls, element } = await show({ breakouts: { rooms, isOpen: true, inside: 0 } });
    const help = find('[part~=help-button]');
    help.click();
    await until(() => help.textContent.includes('was called'));
    help.click();
    find('[part~=back-button]').click();
    await until(() => !element.matches(':state(inside)'));
    expect(calls().map(([action]) => action)).to.deep.equal(['callForHelp', 'enterBreakout']);
  });
});
