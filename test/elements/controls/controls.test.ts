import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsControls } from '../../../src/elements/controls/controls.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, useColorScheme, until, type Shown } from '../show-element.ts';

defineElement('ils-controls', IlsControls);

type Controls = Shown<IlsControls>;

const show = (options: FakeRoomOptions = {}, width = 640) =>
  showElement('ils-controls', createRoom(options), { width, height: 120 });

const live = { status: 'live', published: true } as const;
const onAir: FakeRoomOptions = { role: 'host', sources: { camera: live, microphone: live } };
const labels = (controls: Controls) =>
  controls
    .findAll('.bar button')
    .filter((button) => button.checkVisibility())
    .map((button) => button.getAttribute('aria-label') ?? button.textContent!.trim());
const eventsOf = (controls: Controls) =>
  controls.events.map((event) => {
    const { type, source, muted } = event as Event & { source?: string; muted?: boolean };
    return [type.replace(/^ils-|-request$/g, ''), source, muted].filter((word) => word !== undefined).join(' ');
  });

describe('ils-controls', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'while idle': { state: 'idle' },
      'while joining': { state: 'connecting' },
      'before going live': { role: 'host' },
      'on air': onAir,
      'while starting': {
        role: 'host',
        sources: { camera: { status: 'starting' }, microphone: { status: 'starting' } },
      },
      'muted and sharing the screen': {
        role: 'host',
        sources: { microphone: { status: 'muted', published: true }, screen: live },
      },
      'with the camera blocked': { role: 'host', sources: { camera: { status: 'failed', error: 'permissionDenied' } } },
      'without WebRTC': { role: 'host', unsupported: true },
      'for a viewer': {},
      'while reconnecting': { ...onAir, state: 'reconnecting' },
      'after the end': { state: 'ended' },
      'after leaving': { state: 'left' },
    };
    for (const [name, options] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const controls = await show(options);
          await atRest(controls.element);
          await expect(controls.element).to.be.accessible();
        });
      }
    }

    it('with a device menu open', async () => {
      const controls = await show(onAir);
      controls.part('microphone-menu-button').click();
      await until(() => controls.findAll('[role=menu]:popover-open').length === 1);
      await atRest(controls.element);
      await expect(controls.element).to.be.accessible();
    });
  });

  describe('shows what the role may do', () => {
    it('a host everything', async () => {
      expect(labels(await show(onAir))).to.deep.equal([
        'Mute microphone',
        'Choose microphone and speakers',
        'Turn camera off',
        'Choose camera',
        'Share the screen',
        'Leave or end',
      ]);
    });

    it('a guest no screen, and no end', async () => {
      expect(labels(await show({ ...onAir, role: 'guest' }))).to.deep.equal([
        'Mute microphone',
        'Choose microphone and speakers',
        'Turn camera off',
        'Choose camera',
        'Leave',
      ]);
    });

    it('a viewer what is heard and the way out', async () => {
      expect(labels(await show())).to.deep.equal(['Choose speakers', 'Leave']);
    });

    it('more when one is moved on stage, less when one is moved back', async () => {
      const room = createRoom();
      const controls = await showElement('ils-controls', room, { width: 640 });
      room.changeRole(room.selfId, 'guest');
      await drawn(controls.element);
      expect(labels(controls)).to.include('Go live');
      room.changeRole(room.selfId, 'viewer');
      await drawn(controls.element);
      expect(labels(controls)).to.deep.equal(['Choose speakers', 'Leave']);
    });

    it('one menu for the rest where it is narrow', async () => {
      const controls = await show(onAir, 320);
      expect(labels(controls)).to.deep.equal(['Mute microphone', 'Turn camera off', 'More', 'Leave or end']);
      controls.part('more-button').click();
      await until(() => controls.findAll('[role=menu]:popover-open').length === 1);
      const items = controls.findAll('.menu-item').map((item) => item.textContent!.trim());
      expect(items).to.include.members(['Share the screen', 'Shure MV7', 'Headphones', 'Logitech BRIO']);
    });

    it('stays within its place, however narrow', async () => {
      for (const width of [640, 400, 320, 260, 220]) {
        const controls = await show({ ...onAir, sources: {} }, width);
        const bar = controls.part('bar');
        expect(bar.scrollWidth, `at ${width}px`).to.be.at.most(width);
      }
    });
  });

  describe('the way out', () => {
    it('is one press for a guest', async () => {
      const controls = await show({ role: 'guest' });
      controls.part('leave-button').click();
      await until(() => controls.findAll('[part~=join-button]').length === 1);
      expect(eventsOf(controls)).to.deep.equal(['leave']);
    });

    it('ends the room only after a host confirmed', async () => {
      const controls = await show({ role: 'host' });
      const openEnd = async () => {
        controls.part('leave-button').click();
        await until(() => controls.findAll('[role=menu]:popover-open').length === 1);
        controls.find('.menu-item.destructive').click();
        await until(() => controls.findAll('dialog[open]').length === 1);
      };
      await openEnd();
      await sendKeys({ press: 'Escape' });
      await until(() => controls.findAll('dialog[open]').length === 0);
      expect(eventsOf(controls)).to.deep.equal([]);
      await openEnd();
      controls.part('confirm-button').click();
      await until(() => controls.findAll('.over').length === 1);
      expect(eventsOf(controls)).to.deep.equal(['end-room']);
    });

    it('may be left to the page', async () => {
      const room = createRoom({ role: 'host' });
      const controls = await showElement('ils-controls', room, { width: 640, attributes: { 'no-leave': '' } });
      expect(controls.findAll('[part~=leave-button]')).to.have.length(0);
    });

    it('leads back in', async () => {
      const controls = await show({ state: 'left' });
      controls.part('join-button').click();
      await until(() => controls.findAll('[part~=leave-button]').length === 1);
      expect(eventsOf(controls)).to.deep.equal(['join']);
    });
  });
});
