import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsModeration } from '../../../src/elements/moderation/moderation.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-moderation', IlsModeration);

const moderationDesk: NonNullable<FakeRoomOptions['moderationDesk']> = {
  held: [
    { author: 'Hedy', text: 'Hello' },
    { author: 'Alan', text: 'https://a.example', reason: 'link' },
  ],
  lobby: [{ name: 'Joan' }, { name: 'Radia' }],
  log: [
    { action: 'messageReported', actor: 'Grace', target: 'Sam', reason: 'Shouting', message: 0 },
    { action: 'messageDeleted', actor: 'Ada', target: 'Bot', message: 1 },
    { action: 'messageReported', actor: 'Grace', target: 'Bot', message: 1 },
  ],
  hasOlder: true,
};

const show = async (options: FakeRoomOptions = { moderationDesk }, view = 'held') => {
  const room = createRoom({ role: 'host', ...options });
  const shown = await showElement('ils-moderation', room, { attributes: { view } });
  const calls = () => room.calls.map(({ action, args }) => [action, ...args]);
  return { ...shown, room, calls };
};

describe('ils-moderation', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, readonly [FakeRoomOptions, string]>> = {
      'with messages that wait': [{ moderationDesk }, 'held'],
      'with reports': [{ moderationDesk }, 'reports'],
      'with a lobby': [{ moderationDesk, moderation: { locked: true } }, 'lobby'],
      'with rules': [{ moderationDesk }, 'rules'],
      'with a log': [{ moderationDesk }, 'log'],
      empty: [{}, 'held'],
      loading: [{ loading: ['moderationDesk'] }, 'held'],
      failed: [{ moderationDesk: { state: 'failed' } }, 'held'],
      'where one may not': [{ role: 'viewer' }, 'held'],
      'while reconnecting': [{ state: 'reconnecting', moderationDesk }, 'held'],
    };
    for (const [name, [options, view]] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const { element } = await show(options, view);
          await atRest(element);
          await expect(element).to.be.accessible();
        });
      }
    }
  });

  it('shows why messages wait, and decides on each', async () => {
    const { findAll, find, calls } = await show();
    expect(findAll('[part~="item"]').map((item) => item.querySelector('.badge')?.textContent)).to.deep.equal([
      'First message',
      'Link',
    ]);
    find('[aria-label="Approve the message of Hedy"]').click();
    await until(() => findAll('[part~="item"]').length === 1);
    find('[aria-label="Reject the message of Alan"]').click();
    await until(() => findAll('[part~="item"]').length === 0);
    expect(calls()).to.deep.include(['approveChat', { messageId: 'held-0' }]);
    expect(calls()).to.deep.include(['rejectChat', { messageId: 'held-1' }]);
  });

  it('lists reports of what is not deleted, acts on them, and lets one dismiss them', async () => {
    const { findAll, find, calls } = await show({ moderationDesk }, 'reports');
    expect(findAll('[part~="item"]')).to.have.length(1);
    find('[aria-label="Time out for 10 minutes: Sam"]').click();
    await until(() => calls().some(([action]) => action === 'timeOutParticipant'));
    find('[aria-label="Dismiss the report of Sam"]').click();
    await until(() => findAll('[part~="item"]').length === 0);
  });

  it('lets in one and all, and turns away', async () => {
    const { findAll, find, part, calls } = await show({ moderationDesk }, 'lobby');
    find('[aria-label="Turn away: Joan"]').click();
    await until(() => findAll('[part~="item"]').length === 1);
    part('admit-all-button').click();
    await until(() => findAll('[part~="item"]').length === 0);
    expect(calls()).to.deep.include(['turnAway', { participantId: 'waiting-0' }]);
    expect(calls()).to.deep.include(['admit', { participantId: null }]);
  });

  it('searches the log and loads older entries', async () => {
    const { findAll, part, element, calls } = await show({ moderationDesk }, 'log');
    expect(findAll('[part~="entry"]')).to.have.length(3);
    const search = part('search') as HTMLInputElement;
    search.value = 'shout';
    search.dispatchEvent(new Event('input'));
    await drawn(element);
    expect(findAll('[part~="entry"]')).to.have.length(1);
    part('older-button').click();
    await until(() => calls().some(([action]) => action === 'listModerationLog'));
  });

  it('locks the room and mutes everyone', async () => {
    const { part, calls } = await show();
    part('lock-button').click();
    await until(() => part('lock-button').getAttribute('aria-pressed') === 'true');
    part('mute-all-button').click();
    await until(() => calls().some(([action]) => action === 'muteAll'));
  });

  it('changes the rules of the room, each at once', async () => {
    const { room, find, findAll, calls } = await show({ moderationDesk }, 'rules');
    await until(() => findAll('[part~="rules"]').length === 1);
    const choose = (name: string, value: string) => {
      const select = find(`select[name=${name}]`) as HTMLSelectElement;
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    };
    find('input[name=writers][value=audience]').click();
    choose('slowMode', '30000');
    choose('links', 'hold');
    choose('wordAction', 'mask');
    choose('lobby', '');
    find('input[name=holdsFirstMessages]').click();
    (find('textarea[name=words]') as HTMLTextAreaElement).value = ' casino \n\nfree coins\ncasino';
    find('[part~="save-words-button"]').click();
    const slice = () => room.store.features.loaded.value.moderationDesk;
    await until(() => slice()?.policies.value?.words.length === 2);
    expect(calls().filter(([action]) => String(action).startsWith('set'))).to.deep.equal([
      ['setChatWriters', { roles: ['guest', 'viewer'] }],
      ['setSlowMode', { intervalMs: 30_000 }],
      ['setChatPolicies', { links: 'hold' }],
      ['setChatPolicies', { wordAction: 'mask' }],
      ['setLobby', { waitBelow: null }],
      ['setChatPolicies', { holdsFirstMessages: true }],
      ['setChatPolicies', { words: ['casino', 'free coins'] }],
    ]);
    expect(slice()?.lobby.value?.waitBelow).to.equal(null);
  });
});
