import { expect, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsPreview } from '../../../src/elements/preview/preview.ts';
import { IlsJoinRequestEvent } from '../../../src/events/connection-requests.ts';
import type { FakeRoom, FakeRoomOptions } from '../../../src/testing/index.ts';
import { called, nextFrame, part, present, roomFixture, settled, still, textOf, until } from '../room-fixture.ts';

defineElement('ils-preview', IlsPreview);

const tag = html`<ils-preview></ils-preview>`;

/** A host's preview before joining. */
const previewWith = (options: FakeRoomOptions = {}, content: TemplateResult = tag) =>
  roomFixture<IlsPreview>({ state: 'idle', role: 'host', hosts: 0, ...options }, content);

/** What the browser says when it is asked whether it would ask. */
let permission: PermissionState;
const realPermissions = Object.getOwnPropertyDescriptor(Permissions.prototype, 'query')!;

beforeEach(() => {
  localStorage.clear();
  permission = 'prompt';
  Object.defineProperty(Permissions.prototype, 'query', {
    ...realPermissions,
    value: async () => ({ state: permission }),
  });
});

afterEach(() => {
  Object.defineProperty(Permissions.prototype, 'query', realPermissions);
  localStorage.clear();
});

const select = (preview: IlsPreview, kind: string) =>
  preview.shadowRoot!.querySelector<HTMLSelectElement>(`select[name="${kind}"]`);
const started = (room: FakeRoom) =>
  room.calls.filter(({ action }) => action === 'startSource').map(({ args }) => args[0]);

/** Enough turns of the event loop for whatever would start by itself. */
async function breathe(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await nextFrame();
}

function write(preview: IlsPreview, name: string): void {
  const field = present<HTMLInputElement>(preview, 'name-field');
  field.value = name;
  field.dispatchEvent(new Event('input'));
}

describe('<ils-preview>', () => {
  describe('is accessible', () => {
    const states: readonly [string, FakeRoomOptions][] = [
      ['asking', {}],
      ['starting', { sources: { camera: { status: 'starting' }, microphone: { status: 'starting' } } }],
      ['with a blocked camera', { sources: { camera: { status: 'failed', error: 'permissionDenied' } } }],
      ['with a microphone in use', { sources: { microphone: { status: 'failed', error: 'inUse' } } }],
      ['for a viewer', { role: 'viewer' }],
      ['joining', { state: 'connecting' }],
      ['denied', { state: 'denied', error: 'tokenInvalid' }],
      ['ended', { state: 'ended' }],
      ['joined', { state: 'joined' }],
    ];
    for (const [name, options] of states)
      it(name, async () => {
        const { element } = await previewWith(options);
        await still(element);
        await expect(element).to.be.accessible();
      });

    it('with camera and microphone', async () => {
      const { element, room } = await previewWith();
      await room.actions.startSource('camera');
      await room.actions.startSource('microphone');
      await settled(element);
      await still(element);
      await expect(element).to.be.accessible();
    });
  });

  describe('camera and microphone', () => {
    it('are opened at a press, and shown as in a mirror', async () => {
      const { element, room } = await previewWith();
      await breathe();
      expect(started(room)).to.deep.equal([]);
      present(element, 'open-button').click();
      await until(() => getComputedStyle(present(element, 'video')).opacity === '1', 'the picture');
      expect(started(room)).to.deep.equal(['camera', 'microphone']);
      expect(new DOMMatrix(getComputedStyle(present(element, 'video')).transform).a).to.equal(-1);
      expect(part(element, 'ask')).to.equal(null);
    });

    it('are opened by themselves where the browser asks nothing', async () => {
      permission = 'granted';
      const { room } = await previewWith();
      await until(() => started(room).length === 2, 'both');
    });

    it('stay closed where they were the last time', async () => {
      permission = 'granted';
      localStorage.setItem('ils-preview', JSON.stringify({ camera: false, microphone: true, name: '' }));
      const { room } = await previewWith();
      await until(() => started(room).length > 0, 'the microphone');
      await breathe();
      expect(started(room)).to.deep.equal(['microphone']);
    });

    it('are turned off and on: the camera closed, the microphone silent', async () => {
      const { element, room } = await previewWith();
      await room.actions.startSource('camera');
      await room.actions.startSource('microphone');
      await settled(element);
      present(element, 'camera-toggle').click();
      present(element, 'microphone-toggle').click();
      await until(() => room.store.localMedia.sources.value.camera.status === 'off', 'no camera');
      expect(room.store.localMedia.sources.value.microphone.status).to.equal('muted');
      await settled(element);
      expect(present(element, 'camera-toggle')).to.have.attribute('aria-pressed', 'false');
      expect(present(element, 'camera-toggle')).to.have.attribute('aria-label', 'Turn the camera on');
      present(element, 'camera-toggle').click();
      present(element, 'microphone-toggle').click();
      await until(() => room.store.localMedia.sources.value.camera.status === 'live', 'the camera');
      expect(room.store.localMedia.sources.value.microphone.status).to.equal('live');
    });

    it('are measured: the bars follow the microphone', async () => {
      const { element, room } = await previewWith();
      await room.actions.startSource('microphone');
      await settled(element);
      room.store.localMedia.microphoneLevel.value = 0.42;
      expect(present(element, 'picture').style.getPropertyValue('--_level')).to.equal('0.42');
      element.remove();
      room.store.localMedia.microphoneLevel.value = 0.9;
      expect(element.shadowRoot!.querySelector<HTMLElement>('.picture')!.style.getPropertyValue('--_level')).to.equal(
        '0',
      );
    });

    it('are chosen from lists', async () => {
      const { element, room } = await previewWith();
      const camera = select(element, 'camera')!;
      expect([...camera.options].map(textOf)).to.deep.equal(['FaceTime HD Camera', 'Logitech BRIO']);
      camera.value = 'camera-2';
      camera.dispatchEvent(new Event('change'));
      await until(() => room.store.localMedia.selected.value.camera === 'camera-2', 'the choice');
      await settled(element);
      expect(camera.value).to.equal('camera-2');
    });

    it('have no list where the browser names none', async () => {
      const { element } = await previewWith({ devices: { speaker: [] } });
      expect(select(element, 'speaker')).to.equal(null);
      expect(part(element, 'test-sound-button')).to.equal(null);
    });

    it('are let go when the preview leaves the page', async () => {
      const { element, room } = await previewWith();
      await room.actions.startSource('camera');
      await until(() => getComputedStyle(present(element, 'video')).opacity === '1', 'the picture');
      const video = present<HTMLVideoElement>(element, 'video');
      element.remove();
      await until(() => video.srcObject === null, 'the release');
    });
  });

  describe('what went wrong', () => {
    const causes = [
      ['permissionDenied', 'Camera is blocked'],
      ['permissionDismissed', 'Camera was not allowed'],
      ['notFound', 'No camera found'],
      ['inUse', 'Camera is in use'],
      ['insecure', 'This page is not secure'],
    ] as const;
    for (const [error, words] of causes)
      it(`${error}: ${words}`, async () => {
        const { element } = await previewWith({ sources: { camera: { status: 'failed', error } } });
        expect(textOf(part(element, 'failure'))).to.include(words);
        expect(present(element, 'failure')).to.have.attribute('role', 'alert');
      });

    it('is tried again', async () => {
      const { element, room } = await previewWith({ sources: { camera: { status: 'failed', error: 'inUse' } } });
      present(element, 'retry-button').click();
      await until(() => room.store.localMedia.sources.value.camera.status === 'live', 'the camera');
      await settled(element);
      expect(part(element, 'failure')).to.equal(null);
    });

    it('can be passed over with a test picture', async () => {
      const { element, room } = await previewWith({ sources: { camera: { status: 'failed', error: 'notFound' } } });
      present(element, 'test-button').click();
      await until(() => called(room).includes('useTestMedia'), 'the test picture');
      await until(() => getComputedStyle(present(element, 'video')).opacity === '1', 'the picture');
    });

    it('is said once where both fail for one reason, and twice where not', async () => {
      const failed = (error: 'inUse' | 'notFound') => ({ status: 'failed' as const, error });
      const same = await previewWith({ sources: { camera: failed('inUse'), microphone: failed('inUse') } });
      expect(same.element.shadowRoot!.querySelectorAll('.failure')).to.have.length(1);
      const other = await previewWith({ sources: { camera: failed('notFound'), microphone: failed('inUse') } });
      expect(other.element.shadowRoot!.querySelectorAll('.failure')).to.have.length(2);
    });
  });

  describe('joining', () => {
    it('carries the name, and remembers name and devices', async () => {
      const { element, room } = await previewWith();
      await room.actions.startSource('microphone');
      write(element, '  Ada Lovelace ');
      await settled(element);
      expect(textOf(part(element, 'name'))).to.equal('Ada Lovelace');
      present(element, 'join-button').click();
      await until(() => element.matches(':state(joined)'), 'the room');
      expect(room.calls.find(({ action }) => action === 'join')?.args).to.deep.equal([{ name: 'Ada Lovelace' }]);
      expect(getComputedStyle(element).display).to.equal('none');
      const again = await previewWith();
      expect(present<HTMLInputElement>(again.element, 'name-field').value).to.equal('Ada Lovelace');
      expect(JSON.parse(localStorage.getItem('ils-preview')!)).to.deep.equal({
        camera: false,
        microphone: true,
        name: 'Ada Lovelace',
      });
    });

    it('waits for a name', async () => {
      const { element, room } = await previewWith();
      present(element, 'join-button').click();
      await breathe();
      expect(called(room)).to.not.include('join');
      expect(present<HTMLInputElement>(element, 'name-field').validity.valueMissing).to.equal(true);
    });

    it('asks for no name where the page or the token gives one', async () => {
      const { element, host, room } = await previewWith({}, html`<div></div>`);
      expect(element).to.be.instanceOf(HTMLDivElement);
      host.name = 'Grace';
      const named = document.createElement('ils-preview') as IlsPreview;
      host.append(named);
      await settled(named);
      expect(part(named, 'name-field')).to.equal(null);
      present(named, 'join-button').click();
      await until(() => called(room).includes('join'), 'the join');
      named.remove();
      host.name = '';
      const claims = btoa(JSON.stringify({ name: 'Hedy', role: 'host' }));
      host.token = `header.${claims}.signature`;
      host.append(named);
      await settled(named);
      expect(part(named, 'name-field')).to.equal(null);
    });

    it('is a request that the page may prevent', async () => {
      const { element, room } = await previewWith({}, html`<ils-preview no-name></ils-preview>`);
      let asked: unknown;
      element.addEventListener('ils-join-request', (event) => {
        asked = event;
        event.preventDefault();
      });
      present(element, 'join-button').click();
      await breathe();
      expect(asked).to.be.instanceOf(IlsJoinRequestEvent);
      expect(called(room)).to.not.include('join');
    });

    it('says that it is on the way, and why it failed', async () => {
      const { element, room } = await previewWith({}, html`<ils-preview no-name></ils-preview>`);
      room.pause();
      const button = present<HTMLButtonElement>(element, 'join-button');
      button.click();
      await until(() => button.disabled, 'the way');
      expect(textOf(button)).to.equal('Joining…');
      room.setState('denied', 'tokenExpired');
      await settled(element);
      expect(textOf(part(element, 'error'))).to.include('Your invitation has run out');
      expect(textOf(button)).to.equal('Join again');
      expect(button.disabled).to.equal(false);
      room.setState('ended');
      await settled(element);
      expect(part(element, 'join-button')).to.equal(null);
    });

    it('goes by audio alone', async () => {
      const { element, room } = await previewWith({}, html`<ils-preview no-name></ils-preview>`);
      present(element, 'microphone-toggle').click();
      await until(() => room.store.localMedia.sources.value.microphone.status === 'live', 'the microphone');
      present(element, 'join-button').click();
      await until(() => element.matches(':state(joined)'), 'the room');
      expect(room.store.localMedia.sources.value.camera.status).to.equal('off');
    });
  });

  describe('a role that publishes nothing', () => {
    it('is asked for no devices', async () => {
      permission = 'granted';
      const { element, room } = await previewWith({ role: 'viewer' });
      await breathe();
      expect(started(room)).to.deep.equal([]);
      expect(part(element, 'picture')).to.equal(null);
      expect(select(element, 'camera')).to.equal(null);
      expect(element.matches(':state(without-devices)')).to.equal(true);
    });

    it('is known from the token before anybody has joined', async () => {
      const { host, room } = await previewWith({}, html`<div></div>`);
      room.store.participants.selfId.value = null;
      host.token = `header.${btoa(JSON.stringify({ role: 'viewer' }))}.signature`;
      const preview = document.createElement('ils-preview') as IlsPreview;
      host.append(preview);
      await settled(preview);
      await settled(preview);
      expect(part(preview, 'picture')).to.equal(null);
    });

    it('is what the page says it is', async () => {
      const { element } = await previewWith({}, html`<ils-preview no-devices></ils-preview>`);
      expect(part(element, 'picture')).to.equal(null);
    });

    it('needs no WebRTC', async () => {
      const { element } = await previewWith({ unsupported: true });
      expect(part(element, 'picture')).to.equal(null);
      expect(part(element, 'join-button')).to.not.equal(null);
    });
  });

  it('plays a few notes', async () => {
    const { element } = await previewWith();
    const button = present<HTMLButtonElement>(element, 'test-sound-button');
    button.click();
    await until(() => button.disabled, 'the first note');
    await until(() => !button.disabled, 'the last note');
  });
});
