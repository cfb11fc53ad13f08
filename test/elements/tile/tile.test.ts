import { expect, html } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsTile } from '../../../src/elements/tile/tile.ts';
import type { IlsPinRequestEvent } from '../../../src/events/stage-requests.ts';
import type { FakeParticipantOptions, FakeRoomOptions } from '../../../src/testing/index.ts';
import {
  called,
  idOf,
  nextFrame,
  once,
  part,
  present,
  roomFixture,
  settled,
  streamIdOf,
  textOf,
  until,
} from '../room-fixture.ts';

defineElement('ils-tile', IlsTile);

const live = { camera: 'live', microphone: 'live' } as const;

/** A tile of Ada, in a room of hers. */
async function tileOfAda(ada: FakeParticipantOptions = { sources: live }, options: FakeRoomOptions = {}) {
  const made = await roomFixture<IlsTile>(
    { hosts: 0, ...options, participants: [{ name: 'Ada Lovelace', ...ada }] },
    html`<ils-tile></ils-tile>`,
  );
  made.element.participant = idOf(made.room, 'Ada Lovelace');
  await settled(made.element);
  return made;
}

/** A tile of oneself. */
async function ownTile(options: FakeRoomOptions) {
  const made = await roomFixture<IlsTile>({ hosts: 0, role: 'host', ...options }, html`<ils-tile></ils-tile>`);
  made.element.participant = made.room.selfId;
  await settled(made.element);
  return made;
}

const hasPicture = (tile: IlsTile) => until(() => tile.video !== null, 'the picture');
const reasonOf = (tile: IlsTile) => textOf(part(tile, 'reason'));
const spoken = (tile: IlsTile) => present(tile, 'base').getAttribute('aria-label');
const menuLabels = (tile: IlsTile) => [...tile.shadowRoot!.querySelectorAll('.menu-item')].map((item) => textOf(item));

async function openMenu(tile: IlsTile): Promise<void> {
  present(tile, 'menu-button').click();
  await until(() => tile.shadowRoot!.querySelector('.menu:popover-open') !== null, 'the menu');
}

async function choose(tile: IlsTile, label: string): Promise<void> {
  await openMenu(tile);
  const item = [...tile.shadowRoot!.querySelectorAll<HTMLElement>('.menu-item')].find((one) => textOf(one) === label);
  if (item === undefined) throw new Error(`No "${label}" among ${menuLabels(tile).join(', ')}`);
  item.click();
}

describe('<ils-tile>', () => {
  describe('is accessible', () => {
    it('with a picture', async () => {
      const { element } = await tileOfAda();
      await hasPicture(element);
      await expect(element).to.be.accessible();
    });

    it('dark, muted, pinned, in the spotlight and weak', async () => {
      const { element, room } = await tileOfAda({ sources: { camera: 'muted', microphone: 'muted' } });
      room.store.stage.pinned.value = idOf(room, 'Ada Lovelace');
      room.store.stage.spotlight.value = idOf(room, 'Ada Lovelace');
      room.setQuality(idOf(room, 'Ada Lovelace'), 1);
      await settled(element);
      await expect(element).to.be.accessible();
    });

    it('with its menu open', async () => {
      const { element } = await tileOfAda({ sources: live }, { role: 'host' });
      await openMenu(element);
      await Promise.all(element.shadowRoot!.getAnimations().map(({ finished }) => finished.catch(() => undefined)));
      await expect(element).to.be.accessible();
    });

    it('empty, and of somebody who is gone', async () => {
      const { element, room } = await tileOfAda();
      room.leave(idOf(room, 'Ada Lovelace'));
      await settled(element);
      expect(spoken(element)).to.equal('Empty place');
      await expect(element).to.be.accessible();
    });
  });

  describe('the picture', () => {
    it('is shown from its first frame on and released with the element', async () => {
      const { element, room } = await tileOfAda();
      await hasPicture(element);
      expect(element.video!.videoWidth).to.equal(640);
      expect(element.matches(':state(dark)')).to.equal(false);
      expect(reasonOf(element)).to.equal('');
      element.remove();
      await until(() => room.activePictures === 0, 'the release');
    });

    it('is not shown before its first frame', async () => {
      const { element } = await tileOfAda();
      const video = present<HTMLVideoElement>(element, 'video');
      if (element.video === null) expect(getComputedStyle(video).opacity).to.equal('0');
      await hasPicture(element);
      await until(() => getComputedStyle(video).opacity === '1', 'the fade');
    });

    it('stays attached while the tile moves through the page', async () => {
      const { element, room, host } = await tileOfAda();
      await hasPicture(element);
      const before = called(room).filter((name) => name === 'attachStream').length;
      const box = document.createElement('div');
      host.append(box);
      box.append(element);
      await settled(element);
      await nextFrame();
      expect(called(room).filter((name) => name === 'attachStream')).to.have.length(before);
      expect(room.activePictures).to.equal(1);
    });

    it('changes with the participant and releases the one before', async () => {
      const { element, room } = await tileOfAda();
      await hasPicture(element);
      element.participant = room.join({ name: 'Grace Hopper', sources: live });
      await settled(element);
      await hasPicture(element);
      expect(room.activePictures).to.equal(1);
      expect(textOf(part(element, 'name'))).to.equal('Grace Hopper');
    });

    it('goes at once when it is turned off, and comes back with a new frame', async () => {
      const { element, room } = await tileOfAda();
      await hasPicture(element);
      const stream = streamIdOf(room, 'Ada Lovelace', 'camera');
      room.mute(stream, true);
      await settled(element);
      expect(element.matches(':state(dark)')).to.equal(true);
      expect(reasonOf(element)).to.equal('Camera is off');
      room.mute(stream, false);
      await until(() => !element.matches(':state(dark)'), 'the picture');
      expect(room.activePictures).to.equal(1);
    });

    it('stands still under a word while the connection is lost', async () => {
      const { element, room } = await tileOfAda();
      await hasPicture(element);
      room.lose(idOf(room, 'Ada Lovelace'));
      await settled(element);
      expect(reasonOf(element)).to.equal('Connection lost. Coming back…');
      expect(element.video).to.not.equal(null);
      expect(element.matches(':state(lost)')).to.equal(true);
    });

    it('fills as a camera and fits as a screen', async () => {
      const { element } = await tileOfAda({ sources: { camera: 'live', screen: 'live' } });
      expect(getComputedStyle(present(element, 'video')).objectFit).to.equal('cover');
      element.source = 'screen';
      await settled(element);
      await hasPicture(element);
      expect(getComputedStyle(present(element, 'video')).objectFit).to.equal('contain');
      expect(textOf(part(element, 'name'))).to.equal('Ada Lovelace’s screen');
    });

    it('of oneself is a mirror, unless told otherwise', async () => {
      const { element, room } = await ownTile({});
      await room.actions.startSource('camera');
      await hasPicture(element);
      const video = present(element, 'video');
      expect(new DOMMatrix(getComputedStyle(video).transform).a).to.equal(-1);
      element.noMirror = true;
      await settled(element);
      expect(getComputedStyle(video).transform).to.equal('none');
      expect(called(room)).to.include('attachSource');
    });
  });

  describe('a dark tile says why', () => {
    const cases: readonly [string, FakeParticipantOptions, string][] = [
      ['no camera', { sources: { microphone: 'live' } }, 'No camera'],
      ['turned off', { sources: { camera: 'muted' } }, 'Camera is off'],
      ['lost', { lost: true, sources: {} }, 'Connection lost. Coming back…'],
    ];
    for (const [name, options, words] of cases)
      it(name, async () => {
        const { element } = await tileOfAda(options);
        expect(reasonOf(element)).to.equal(words);
        expect(spoken(element)).to.include(words);
        expect(textOf(part(element, 'avatar'))).to.equal('AL');
      });

    it('turned off by a host', async () => {
      const { element, room } = await tileOfAda();
      room.mute(streamIdOf(room, 'Ada Lovelace', 'camera'), true, 'host');
      await settled(element);
      expect(reasonOf(element)).to.equal('Camera turned off by a host');
    });

    it('connecting, and then too weak a connection', async () => {
      const { element, room } = await tileOfAda();
      const stream = streamIdOf(room, 'Ada Lovelace', 'camera');
      room.setReception(stream, 'waiting');
      await settled(element);
      expect(reasonOf(element)).to.equal('Connecting…');
      room.setReception(stream, 'starved');
      await settled(element);
      expect(reasonOf(element)).to.equal('Your connection is too weak for this picture');
    });

    it('no WebRTC here', async () => {
      const { element } = await tileOfAda({ sources: live }, { unsupported: true });
      expect(reasonOf(element)).to.equal('This browser cannot show live video');
    });

    for (const [error, words] of [
      ['permissionDenied', 'Camera is blocked'],
      ['inUse', 'Camera is in use'],
      ['notFound', 'No camera found'],
    ] as const)
      it(`one's own: ${error}`, async () => {
        const { element } = await ownTile({ sources: { camera: { status: 'failed', error } } });
        await until(() => reasonOf(element) === words, words);
      });

    it("one's own, off and starting", async () => {
      const { element, room } = await ownTile({});
      expect(reasonOf(element)).to.equal('Camera is off');
      room.setSource('camera', { status: 'starting' });
      await settled(element);
      expect(reasonOf(element)).to.equal('Starting the camera…');
    });
  });

  describe('marks', () => {
    it('do not move the name when they come', async () => {
      const { element, room } = await tileOfAda();
      await hasPicture(element);
      const before = present(element, 'name').getBoundingClientRect();
      room.mute(streamIdOf(room, 'Ada Lovelace', 'microphone'), true);
      room.store.stage.pinned.value = idOf(room, 'Ada Lovelace');
      room.setQuality(idOf(room, 'Ada Lovelace'), 1);
      room.speak(idOf(room, 'Ada Lovelace'), -10);
      await settled(element);
      const after = present(element, 'name').getBoundingClientRect();
      expect([after.x, after.y, after.width]).to.deep.equal([before.x, before.y, before.width]);
      expect(spoken(element)).to.equal('Ada Lovelace, microphone off, weak connection, pinned');
      for (const state of ['muted', 'pinned', 'speaking'])
        expect(element.matches(`:state(${state})`), state).to.equal(true);
    });

    it('follow how loud somebody is', async () => {
      const { element, room } = await tileOfAda();
      const id = idOf(room, 'Ada Lovelace');
      room.speak(id, -12);
      expect(element.style.getPropertyValue('--_level')).to.equal('1');
      room.speak(id, -36);
      expect(element.style.getPropertyValue('--_level')).to.equal('0.5');
      room.speak(null);
      expect(element.style.getPropertyValue('--_level')).to.equal('0');
      expect(element.matches(':state(speaking)')).to.equal(false);
    });
  });

  describe('the menu', () => {
    it('pins for oneself, and unpins', async () => {
      const { element, room } = await tileOfAda();
      const asked = once<IlsPinRequestEvent>(element, 'ils-pin-request');
      await choose(element, 'Pin for me');
      expect((await asked).participantId).to.equal(idOf(room, 'Ada Lovelace'));
      await until(() => room.store.stage.pinned.value === idOf(room, 'Ada Lovelace'), 'the pin');
      await choose(element, 'Unpin');
      await until(() => room.store.stage.pinned.value === null, 'the unpin');
    });

    it('offers a viewer nothing that is for all', async () => {
      const { element } = await tileOfAda();
      await openMenu(element);
      expect(menuLabels(element)).to.deep.equal(['Pin for me']);
    });

    it('lets a host put somebody in the spotlight and mute them', async () => {
      const { element, room } = await tileOfAda({ sources: live }, { role: 'host' });
      await choose(element, 'Spotlight for everyone');
      await until(() => room.store.stage.spotlight.value === idOf(room, 'Ada Lovelace'), 'the spotlight');
      await choose(element, 'Mute for everyone');
      await until(() => element.matches(':state(muted)'), 'the mute');
      expect(spoken(element)).to.include('muted by a host');
      await openMenu(element);
      expect(menuLabels(element)).to.deep.equal(['Unpin', 'Remove the spotlight'].with(0, 'Pin for me'));
    });

    it("offers to hide one's own picture", async () => {
      const { element } = await ownTile({});
      const asked = once(element, 'ils-hide-self');
      await choose(element, 'Hide my picture from me');
      expect((await asked).cancelable).to.equal(true);
    });

    it('is absent where it is not wanted', async () => {
      const { element } = await tileOfAda();
      element.noMenu = true;
      await settled(element);
      expect(part(element, 'menu-button')).to.equal(null);
    });
  });

  it('tells two rooms apart whose streams have the same ids', async () => {
    const first = await tileOfAda();
    const second = await tileOfAda();
    await hasPicture(first.element);
    second.host.append(first.element);
    await until(() => first.room.activePictures === 0, 'the first room to be let go');
    await until(() => second.room.activePictures === 1 && first.element.video !== null, 'the second room');
  });
});
