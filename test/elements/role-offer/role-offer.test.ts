import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsRoleOffer } from '../../../src/elements/role-offer/role-offer.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, useColorScheme, until, type Shown } from '../show-element.ts';

defineElement('ils-role-offer', IlsRoleOffer);

type Offer = Shown<IlsRoleOffer>;

const show = (options: FakeRoomOptions = {}) => showElement('ils-role-offer', createRoom(options));
const dialog = (offer: Offer) => offer.find<HTMLDialogElement>('dialog');
const answers = (offer: Offer) =>
  offer.events
    .filter(({ type }) => type === 'ils-answer-role-offer-request')
    .map((event) => (event as Event & { accept: boolean }).accept);

describe('ils-role-offer', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'with an invitation': { offer: 'guest' },
      'with the camera on': { offer: 'guest', sources: { camera: { status: 'live' }, microphone: { status: 'live' } } },
      'with the camera blocked': {
        offer: 'guest',
        sources: { camera: { status: 'failed', error: 'permissionDenied' } },
      },
    };
    for (const [name, options] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const offer = await show(options);
          await atRest(offer.element);
          await expect(offer.element).to.be.accessible();
        });
      }
    }
  });

  it('shows nothing without an invitation', async () => {
    const offer = await show();
    expect(dialog(offer).open).to.equal(false);
    expect(offer.element.matches(':state(open)')).to.equal(false);
  });

  it('opens as a modal dialog that says who invites and what becomes visible', async () => {
    const offer = await show({ offer: 'guest' });
    expect(dialog(offer).matches(':modal')).to.equal(true);
    expect(offer.text('#title')).to.equal('Grace Hopper invites you on stage as Guest');
    expect(offer.text('#description')).to.contain('Everyone in the room will see and hear you.');
    expect(dialog(offer).getAttribute('aria-labelledby')).to.equal('title');
  });

  it('says of an invitation backstage that only the hosts see and hear', async () => {
    const room = createRoom();
    const offer = await showElement('ils-role-offer', room);
    room.offer('guest', true);
    await until(() => dialog(offer).open);
    expect(offer.text('#title')).to.equal('Grace Hopper invites you backstage as Guest');
    expect(offer.text('#description')).to.contain('Only the hosts see and hear you until they bring you on stage.');
  });

  it('says only what is new: a role that is heard is not seen', async () => {
    const speaker = { name: 'speaker', publish: ['microphone'], watch: 'webrtc', permissions: [] } as const;
    const offer = await show({ offer: 'speaker', roles: { speaker } });
    expect(offer.text('#description')).to.contain('will hear you');
    expect(offer.findAll('[part~=camera-button]')).to.have.length(0);
  });

  it('opens while somebody types, and their Enter accepts nothing', async () => {
    const room = createRoom();
    const offer = await showElement('ils-role-offer', room);
    const field = document.createElement('input');
    offer.host.append(field);
    field.focus();
    room.offer('guest');
    await until(() => dialog(offer).open);
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Space' });
    await drawn(offer.element);
    expect(answers(offer)).to.deep.equal([]);
    expect(dialog(offer).open).to.equal(true);
  });

  it('accepts', async () => {
    const room = createRoom({ offer: 'guest' });
    const offer = await showElement('ils-role-offer', room);
    offer.part('accept-button').click();
    await until(() => !dialog(offer).open);
    expect(answers(offer)).to.deep.equal([true]);
    expect(room.store.participants.byId.value.get(room.selfId)?.role).to.equal('guest');
  });

  it('declines by Escape, and closes what it opened', async () => {
    const room = createRoom({ offer: 'guest' });
    const offer = await showElement('ils-role-offer', room);
    offer.part('camera-button').click();
    await until(() => room.store.localMedia.sources.value.camera.status === 'live');
    await sendKeys({ press: 'Escape' });
    await until(() => !dialog(offer).open);
    expect(answers(offer)).to.deep.equal([false]);
    expect(room.store.localMedia.sources.value.camera.status).to.equal('off');
    expect(room.store.participants.byId.value.get(room.selfId)?.role).to.equal('viewer');
  });

  it('leaves open what was open before', async () => {
    const room = createRoom({ offer: 'guest' });
    await room.actions.startSource('microphone');
    const offer = await showElement('ils-role-offer', room);
    offer.part('decline-button').click();
    await until(() => !dialog(offer).open);
    expect(room.store.localMedia.sources.value.microphone.status).to.equal('live');
  });

  it('shows one’s own picture while the camera is on, and nothing afterwards', async () => {
    const room = createRoom({ offer: 'guest' });
    const offer = await showElement('ils-role-offer', room);
    const toggle = () => offer.part('camera-button');
    expect(toggle().getAttribute('aria-pressed')).to.equal('false');
    toggle().click();
    await until(
      () =>
        toggle().getAttribute('aria-pressed') === 'true' && offer.find<HTMLVideoElement>('video').srcObject !== null,
    );
    toggle().click();
    await until(() => toggle().getAttribute('aria-pressed') === 'false');
    offer.part('decline-button').click();
    await until(() => !dialog(offer).open);
    expect(room.activePictures).to.equal(0);
  });

  it('says when its answer did not get through, and takes another', async () => {
    const room = createRoom({ offer: 'guest' });
    room.failNext('answerRoleOffer', 'unavailable');
    const offer = await showElement('ils-role-offer', room);
    offer.part('accept-button').click();
    await until(() => offer.findAll('[part~=error]').length === 1);
    expect(offer.text('[part~=error]')).to.contain('busy');
    offer.part('accept-button').click();
    await until(() => !dialog(offer).open);
  });

  it('says when it was withdrawn', async () => {
    const room = createRoom({ offer: 'guest' });
    const offer = await showElement('ils-role-offer', room);
    room.store.participants.offers.value = new Map();
    await until(() => offer.element.matches(':state(ended)'));
    expect(offer.text('#title')).to.equal('The invitation was withdrawn');
    offer.part('close-button').click();
    await until(() => !dialog(offer).open);
    expect(answers(offer)).to.deep.equal([]);
  });

  it('says when it has expired', async () => {
    const room = createRoom({ offer: 'guest' });
    const offer = await showElement('ils-role-offer', room);
    room.store.connection.serverOffsetMs.value = 61_000;
    room.store.participants.offers.value = new Map();
    await until(() => offer.element.matches(':state(ended)'));
    expect(offer.text('#title')).to.equal('The invitation has expired');
  });

  it('counts down by the server’s clock', async () => {
    const room = createRoom({ offer: 'guest' });
    const offer = await showElement('ils-role-offer', room);
    room.store.connection.serverOffsetMs.value = 30_000;
    await until(() => /^0:(30|2\d)$/.test(offer.text('[part~=countdown]')));
  });

  it('goes with the connection', async () => {
    const room = createRoom({ offer: 'guest' });
    const offer = await showElement('ils-role-offer', room);
    room.setState('ended');
    room.store.participants.offers.value = new Map();
    await until(() => !dialog(offer).open);
  });

  it('is shown by the room itself', async () => {
    const room = createRoom();
    const { host } = await showElement('ils-role-offer', room);
    host.querySelector('ils-role-offer')!.remove();
    room.offer('guest');
    const shown = () => host.shadowRoot!.querySelector('ils-role-offer')?.shadowRoot?.querySelector('dialog');
    await until(() => shown()?.open === true);
    shown()!.querySelector<HTMLElement>('[part~=decline-button]')!.click();
    await until(() => shown()!.open === false);
  });
});
