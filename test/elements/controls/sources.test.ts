import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsControls } from '../../../src/elements/controls/controls.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { createRoom, drawn, showElement, until, type Shown } from '../show-element.ts';

defineElement('ils-controls', IlsControls);

type Controls = Shown<IlsControls>;

const show = (options: FakeRoomOptions = {}, width = 640) =>
  showElement('ils-controls', createRoom(options), { width, height: 120 });

const live = { status: 'live', published: true } as const;
const onAir: FakeRoomOptions = { role: 'host', sources: { camera: live, microphone: live } };
const eventsOf = (controls: Controls) =>
  controls.events.map((event) => {
    const { type, source, muted } = event as Event & { source?: string; muted?: boolean };
    return [type.replace(/^ils-|-request$/g, ''), source, muted].filter((word) => word !== undefined).join(' ');
  });

async function chord(key: string): Promise<void> {
  await sendKeys({ down: 'Control' });
  await sendKeys({ press: key });
  await sendKeys({ up: 'Control' });
}

describe('ils-controls', () => {
  describe('a source', () => {
    it('goes live by one button for the first time', async () => {
      const room = createRoom({ role: 'host' });
      const controls = await showElement('ils-controls', room, { width: 640 });
      controls.part('go-live-button').click();
      await until(() => controls.element.matches(':state(on-air)'));
      expect(eventsOf(controls)).to.deep.equal(['start-source camera', 'start-source microphone']);
      await drawn(controls.element);
      expect(controls.findAll('[part~=go-live-button]')).to.have.length(0);
    });

    it('is started, muted and unmuted by its button', async () => {
      const room = createRoom({ role: 'guest' });
      const controls = await showElement('ils-controls', room, { width: 640 });
      const press = async (label: string) => {
        expect(controls.part('microphone-button').getAttribute('aria-label')).to.equal(label);
        controls.part('microphone-button').click();
        await drawn(controls.element);
      };
      await press('Turn microphone on');
      await press('Mute microphone');
      await press('Turn microphone on');
      await press('Mute microphone');
      expect(eventsOf(controls)).to.deep.equal([
        'start-source microphone',
        'mute-source microphone true',
        'mute-source microphone false',
        'mute-source microphone true',
      ]);
    });

    it('is asked for once while it starts', async () => {
      const room = createRoom({ role: 'guest' });
      const controls = await showElement('ils-controls', room, { width: 640 });
      room.pause();
      controls.part('camera-button').click();
      await drawn(controls.element);
      controls.part('camera-button').click();
      controls.part('camera-button').click();
      await room.resume();
      expect(eventsOf(controls)).to.deep.equal(['start-source camera']);
    });

    it('shares the screen and stops', async () => {
      const room = createRoom(onAir);
      const controls = await showElement('ils-controls', room, { width: 640 });
      controls.part('screen-button').click();
      await until(() => controls.element.matches(':state(screen-live)'));
      controls.part('screen-button').click();
      await until(() => !controls.element.matches(':state(screen-live)'));
      expect(eventsOf(controls)).to.deep.equal(['start-source screen', 'stop-source screen']);
    });

    it('uses another device when one is chosen', async () => {
      const room = createRoom(onAir);
      const controls = await showElement('ils-controls', room, { width: 640 });
      controls.part('camera-menu-button').click();
      await until(() => controls.findAll('[role=menu]:popover-open').length === 1);
      const checked = () => controls.findAll('[aria-checked=true]').map((item) => item.textContent!.trim());
      expect(checked()).to.deep.equal(['FaceTime HD Camera']);
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      await until(() => room.store.localMedia.selected.value.camera === 'camera-2');
      expect(controls.findAll('[role=menu]:popover-open')).to.have.length(0);
      expect(controls.part('camera-menu-button').matches(':focus')).to.equal(true);
    });

    it('shows its level without drawing the element again', async () => {
      const room = createRoom(onAir);
      const controls = await showElement('ils-controls', room, { width: 640 });
      let drawings = 0;
      controls.element.addController({ hostUpdated: () => drawings++ });
      for (const level of [0.1, 0.5, 0.8]) room.store.localMedia.microphoneLevel.value = level;
      await drawn(controls.element);
      expect(controls.part('microphone').style.getPropertyValue('--_level')).to.equal('0.80');
      expect(drawings).to.equal(0);
    });

    it('reminds who speaks into a muted microphone', async () => {
      const room = createRoom({ ...onAir, sources: { microphone: { status: 'muted', published: true } } });
      const controls = await showElement('ils-controls', room, { width: 640 });
      for (let measure = 0; measure < 12; measure++) room.store.localMedia.microphoneLevel.value = 0.5 + measure / 100;
      await until(() => controls.findAll('[part~=message]').length === 1);
      expect(controls.text('[part~=message]')).to.contain('You are muted. Press');
    });
  });

  describe('a failure', () => {
    const causes = {
      permissionDenied: 'Camera is blocked',
      permissionDismissed: 'Camera was not allowed',
      blockedByPage: 'This page may not use the camera',
      notFound: 'No camera found',
      inUse: 'Camera is in use',
      insecure: 'This page is not secure',
      failed: 'Camera did not start',
    } as const;
    for (const [error, title] of Object.entries(causes) as [keyof typeof causes, string][]) {
      it(`says why and what helps: ${error}`, async () => {
        const controls = await show({ role: 'host', sources: { camera: { status: 'failed', error } } });
        await until(() => controls.findAll('[part~=message]').length === 1);
        expect(controls.text('[part~=message] strong')).to.equal(`${title}.`);
        expect(controls.text('[part~=message] .banner-words').length).to.be.greaterThan(title.length + 15);
        expect(controls.part('message').getAttribute('role')).to.equal('alert');
      });
    }

    it('is tried again', async () => {
      const room = createRoom({ role: 'host' });
      room.failNextSource('camera', 'inUse');
      const controls = await showElement('ils-controls', room, { width: 640 });
      controls.part('camera-button').click();
      await until(() => controls.findAll('[part~=retry-button]').length === 1);
      controls.part('retry-button').click();
      await until(() => controls.element.matches(':state(camera-live)'));
      expect(controls.findAll('[part~=message]')).to.have.length(0);
    });

    it('is made good by a test picture where there is no device', async () => {
      const room = createRoom({
        role: 'host',
        sources: { camera: { status: 'failed', error: 'notFound' } },
        devices: { camera: [], microphone: [], speaker: [] },
      });
      const controls = await showElement('ils-controls', room, { width: 640 });
      await until(() => controls.findAll('[part~=test-media-button]').length === 1);
      controls.part('test-media-button').click();
      await until(() => controls.element.matches(':state(camera-live)'));
      expect(eventsOf(controls)).to.deep.equal(['test-media']);
    });

    it('can be waved away, and is said again when it happens again', async () => {
      const room = createRoom({ role: 'host' });
      room.failNextSource('camera', 'inUse');
      const controls = await showElement('ils-controls', room, { width: 640 });
      controls.part('camera-button').click();
      await until(() => controls.findAll('[part~=dismiss-button]').length === 1);
      controls.part('dismiss-button').click();
      await drawn(controls.element);
      expect(controls.findAll('[part~=message]')).to.have.length(0);
      room.failNextSource('camera', 'inUse');
      controls.part('camera-button').click();
      await until(() => controls.findAll('[part~=message]').length === 1);
    });

    it('tells who was muted by a host', async () => {
      const room = createRoom({ ...onAir, role: 'guest' });
      const controls = await showElement('ils-controls', room, { width: 640 });
      const stream = [...room.store.stage.streams.value.values()].find(
        ({ participantId, source }) => participantId === room.selfId && source === 'microphone',
      )!;
      room.mute(stream.id, true, 'host');
      await drawn(controls.element);
      expect(controls.text('[part~=message]')).to.contain('The host muted you');
      room.mute(stream.id, false);
      await drawn(controls.element);
      expect(controls.findAll('[part~=message]')).to.have.length(0);
    });
  });

  describe('shortcuts', () => {
    it('turn microphone and camera off while the focus is in the room', async () => {
      const controls = await show(onAir);
      controls.part('leave-button').focus();
      await chord('d');
      await until(() => !controls.element.matches(':state(microphone-live)'));
      await chord('e');
      await until(() => !controls.element.matches(':state(camera-live)'));
      expect(eventsOf(controls)).to.deep.equal(['mute-source microphone true', 'mute-source camera true']);
    });

    it('do nothing while the focus is elsewhere', async () => {
      const controls = await show(onAir);
      const outside = document.createElement('input');
      controls.host.after(outside);
      outside.focus();
      const event = new KeyboardEvent('keydown', {
        key: 'd',
        ctrlKey: true,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      expect(outside.dispatchEvent(event), 'the key stays the page’s').to.equal(true);
      expect(controls.events).to.have.length(0);
    });

    it('have one effect where two elements share the room', async () => {
      const controls = await show(onAir);
      controls.element.after(document.createElement('ils-controls'));
      await drawn(controls.element);
      controls.part('leave-button').focus();
      await chord('d');
      await drawn(controls.element);
      expect(eventsOf(controls)).to.deep.equal(['mute-source microphone true']);
    });

    it('may be left to the page', async () => {
      const room = createRoom(onAir);
      const controls = await showElement('ils-controls', room, { width: 640, attributes: { 'no-shortcuts': '' } });
      const button = controls.part('microphone-button');
      expect(button.hasAttribute('aria-keyshortcuts')).to.equal(false);
      const event = new KeyboardEvent('keydown', {
        key: 'd',
        ctrlKey: true,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      expect(button.dispatchEvent(event)).to.equal(true);
      expect(controls.events).to.have.length(0);
    });

    it('are named by the button and its tooltip', async () => {
      const controls = await show(onAir);
      const button = controls.part('microphone-button');
      expect(button.getAttribute('aria-keyshortcuts')).to.match(/^(Control|Meta)\+D$/);
      await sendKeys({ press: 'Tab' });
      button.focus();
      await until(() => controls.findAll('.tooltip:popover-open').length === 1);
      expect(controls.text('.tooltip')).to.match(/^Mute microphone \((Ctrl\+|⌘)D\)$/);
      await sendKeys({ press: 'Escape' });
      await until(() => controls.findAll('.tooltip:popover-open').length === 0);
    });
  });
});
