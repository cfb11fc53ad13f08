import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsReactions } from '../../../src/elements/reactions/reactions.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-reactions', IlsReactions);

const show = async (options: FakeRoomOptions = {}) => {
  const room = createRoom(options);
  const shown = await showElement('ils-reactions', room, { width: 320, height: 400 });
  return { ...shown, room, rising: () => shown.findAll('.particle').map(({ textContent }) => textContent) };
};

describe('ils-reactions', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'at rest': {},
      'while reconnecting': { state: 'reconnecting' },
      'without any': { reactions: [] },
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

    it('is one tab stop, with arrows between the reactions', async () => {
      const { element, room, findAll } = await show();
      findAll('button')[0]!.focus();
      await sendKeys({ press: 'ArrowRight' });
      await sendKeys({ press: 'Enter' });
      expect(room.calls.map(({ action, args }) => [action, ...args])).to.deep.equal([['sendReaction', '👏']]);
      expect(findAll('button').filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
      expect(element.shadowRoot!.activeElement?.getAttribute('aria-label')).to.equal('React with 👏');
    });
  });

  describe('with motion', () => {
    beforeEach(() => emulateMedia({ reducedMotion: 'no-preference' }));

    it('lets what the room sends rise, many as some', async () => {
      const { room, rising } = await show();
      room.react([
        ['🎉', 1],
        ['❤️', 4_000],
      ]);
      await until(() => rising().includes('🎉'));
      expect(rising().filter((emoji) => emoji === '❤️')).to.have.length(8);
      for (let batch = 0; batch < 50; batch += 1) room.react([['🔥', 4_000]]);
      expect(rising().length).to.be.at.most(48);
    });

    it('takes them out again', async () => {
      const { room, rising, element } = await show();
      room.react([['🎉', 3]]);
      expect(rising()).not.to.have.length(0);
      for (const animation of element.shadowRoot!.getAnimations()) animation.finish();
      await until(() => rising().length === 0);
    });

    it('shows one’s own at once, and not again when it is counted', async () => {
      const { room, rising, findAll } = await show();
      room.pause();
      findAll('button')[0]!.click();
      expect(rising()).to.deep.equal(['❤️']);
      room.react([['❤️', 1]]);
      expect(rising()).to.deep.equal(['❤️']);
      room.react([['❤️', 1]]);
      expect(rising()).to.deep.equal(['❤️', '❤️']);
    });

    it('draws nothing where the page does something else with a tap', async () => {
      const { element, room, rising, findAll } = await show();
      element.addEventListener('ils-send-reaction-request', (event) => event.preventDefault());
      findAll('button')[0]!.click();
      expect(rising()).to.deep.equal([]);
      expect(room.calls).to.deep.equal([]);
    });
  });

  it('glows instead of rising where less motion is wanted', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const { element, room, rising, findAll } = await show();
    room.react([['👏', 9]]);
    await element.updateComplete;
    expect(rising()).to.deep.equal([]);
    expect(findAll('.glowing').map((button) => button.textContent!.trim())).to.deep.equal(['👏']);
  });

  it('waits for the room, and keeps to those who may', async () => {
    const away = await show({ state: 'reconnecting' });
    away.findAll('button')[0]!.click();
    expect(away.room.calls).to.deep.equal([]);
    const watcher = await show({
      role: 'silent',
      roles: { silent: { name: 'silent', publish: [], watch: 'webrtc', permissions: [] } },
    });
    expect(watcher.findAll('button')).to.have.length(0);
  });

  it('says so where the room has none', async () => {
    const { element, findAll } = await show({ reactions: [] });
    expect(findAll('button, .flight')).to.have.length(0);
    expect(element.matches(':state(empty)')).to.equal(true);
  });
});
