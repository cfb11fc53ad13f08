import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsPlayer } from '../../../src/elements/player/player.ts';
import type { IlsStage } from '../../../src/elements/stage/stage.ts';
import type { IlsTile } from '../../../src/elements/tile/tile.ts';
import { SOURCES } from '../../../src/protocol/index.ts';
import type { FakeRoom, FakeRoomOptions } from '../../../src/testing/index.ts';
import {
  called,
  idOf,
  nextFrame,
  part,
  present,
  roomFixture,
  settled,
  still,
  streamIdOf,
  textOf,
  until,
} from '../room-fixture.ts';

defineElement('ils-player', IlsPlayer);

/** A player of 640 × 360 pixels. */
async function playerWith(options: FakeRoomOptions = {}) {
  const made = await roomFixture<IlsPlayer>({ moving: true, ...options }, html`<ils-player></ils-player>`);
  made.element.style.inlineSize = '640px';
  if (made.element.matches(':state(live), :state(waiting), :state(broadcastOff)'))
    await until(() => part(made.element, 'top') !== null, 'what lies over the picture');
  await settled(made.element);
  return made;
}

const stageOf = (player: IlsPlayer) => player.shadowRoot!.querySelector<IlsStage>('ils-stage');
const showsStage = (player: IlsPlayer) => until(() => stageOf(player) !== null, 'the stage');
const title = (player: IlsPlayer) => textOf(part(player, 'slate-title'));
const sliderOf = (player: IlsPlayer) => present<HTMLInputElement>(player, 'volume');
const playbackOf = ({ store }: FakeRoom) => ({
  muted: store.playback.muted.value,
  volume: store.playback.volume.value,
});

async function press(player: IlsPlayer, key: string): Promise<void> {
  present(player, 'base').focus();
  await sendKeys({ press: key });
  await settled(player);
}

const states: readonly [string, FakeRoomOptions, string, string][] = [
  ['idle', { state: 'idle', hosts: 0 }, 'idle', 'Ready when you are'],
  ['waiting for a host', { hosts: 0 }, 'waiting', 'The show starts soon'],
  ['on stage and nobody live', { hosts: 0, role: 'guest' }, 'waiting', 'You are on stage'],
  ['ended', { state: 'ended', hosts: 0 }, 'over', 'The show has ended'],
  ['left', { state: 'left', hosts: 0 }, 'over', 'You left'],
  ['removed', { state: 'removed', hosts: 0 }, 'over', 'You were removed from the room'],
  ['denied', { state: 'denied', error: 'tokenInvalid', hosts: 0 }, 'over', 'This invitation is not valid'],
  ['failed', { state: 'failed', error: 'roomFull', hosts: 0 }, 'over', 'The room is full'],
  ['without WebRTC', { unsupported: true }, 'unsupported', 'This browser cannot play live video'],
  ['a role that watches the broadcast', { role: 'audience' }, 'broadcastOff', 'The broadcast has not started'],
];

describe('<ils-player>', () => {
  describe('is accessible', () => {
    for (const [name, options] of states)
      it(name, async () => {
        const { element } = await playerWith(options);
        await still(element);
        await expect(element).to.be.accessible();
      });

    it('joining', async () => {
      const { element } = await playerWith({ state: 'connecting', hosts: 0 });
      await expect(element).to.be.accessible();
    });

    it('live, with sound held back', async () => {
      const { element } = await playerWith({ playback: { blocked: true } });
      await showsStage(element);
      await still(element);
      await expect(element).to.be.accessible();
    });

    it('reconnecting', async () => {
      const { element, room } = await playerWith();
      await showsStage(element);
      room.setState('reconnecting', 'disconnected');
      await settled(element);
      await still(element);
      await expect(element).to.be.accessible();
    });
  });

  describe('slates', () => {
    for (const [name, options, state, words] of states)
      it(`${name}: ${words}`, async () => {
        const { element } = await playerWith(options);
        await until(() => title(element) === words, words);
        expect(element.matches(`:state(${state})`)).to.equal(true);
        expect(stageOf(element)).to.equal(null);
      });

    it('names the show while it waits', async () => {
      const { element } = await playerWith({ hosts: 0, title: 'Autumn collection' });
      expect(textOf(part(element, 'slate-heading'))).to.equal('Autumn collection');
    });

    it('is a skeleton while joining', async () => {
      const { element } = await playerWith({ state: 'connecting', hosts: 0 });
      expect(present(element, 'skeleton')).to.have.attribute('role', 'status');
      expect(part(element, 'slate')).to.equal(null);
    });

    it('says in words for a browser without WebRTC that chat still works', async () => {
      const { element } = await playerWith({ unsupported: true });
      await until(() => textOf(part(element, 'slate-text')).includes('chat works'), 'the words');
    });

    it('joins, and joins again', async () => {
      const { element, room } = await playerWith({ state: 'idle', hosts: 0 });
      present(element, 'slate-action').click();
      await until(() => element.matches(':state(waiting)'), 'the room');
      room.setState('failed', 'internal');
      await settled(element);
      present(element, 'slate-action').click();
      await until(() => element.matches(':state(waiting)'), 'the room again');
      expect(called(room).filter((name) => name === 'join')).to.have.length(2);
    });

    it('lets somebody on stage go live', async () => {
      const { element, room } = await playerWith({ hosts: 0, role: 'guest' });
      present(element, 'slate-action').click();
      await showsStage(element);
      expect(room.store.localMedia.sources.value.camera.published).to.equal(true);
    });

    it('shows a role that watches nothing as much', async () => {
      const { element } = await playerWith({
        role: 'helper',
        roles: { helper: { name: 'helper', publish: [], watch: 'none', permissions: [] } },
      });
      await until(() => title(element) === 'Nothing to watch here', 'the slate');
    });
  });

  describe('the picture', () => {
    it('comes when a host goes live, and goes with them', async () => {
      const { element, room } = await playerWith({ hosts: 0 });
      const id = room.join({ name: 'Ada', role: 'host' });
      expect(title(element)).to.equal('The show starts soon');
      room.publish(id, 'camera');
      await showsStage(element);
      expect(element.matches(':state(live)')).to.equal(true);
      await until(() => element.video !== null, 'the picture');
      room.unpublish(streamIdOf(room, 'Ada', 'camera'));
      await until(() => title(element) === 'The show starts soon', 'the slate');
      await until(() => room.activePictures === 0, 'the release');
    });

    it('stands still while the connection comes back', async () => {
      const { element, room } = await playerWith();
      await showsStage(element);
      await until(() => element.video !== null, 'the picture');
      const { video } = element;
      room.setState('reconnecting', 'disconnected');
      await settled(element);
      expect(element.video).to.equal(video);
      expect(textOf(part(element, 'reconnecting'))).to.equal('Reconnecting…');
      expect(part(element, 'live-badge')).to.equal(null);
      room.setState('joined');
      await settled(element);
      expect(element.video).to.equal(video);
      expect(textOf(part(element, 'live-badge'))).to.equal('Live');
    });

    it('is let go with the element', async () => {
      const { element, room } = await playerWith();
      await showsStage(element);
      await until(() => room.activePictures === 1, 'the picture');
      element.remove();
      await until(() => room.activePictures === 0, 'the release');
    });
  });

  it('is red only when live', async () => {
    const { element, room } = await playerWith({ hosts: 0 });
    expect(part(element, 'live-badge')).to.equal(null);
    room.publish(room.join({ role: 'host' }), 'camera');
    await settled(element);
    expect(textOf(part(element, 'live-badge'))).to.equal('Live');
  });

  it('counts who looks on, not who is on stage', async () => {
    const { element } = await playerWith({ hosts: 2, guests: 3, viewers: 1_199, audience: 300 });
    expect(textOf(part(element, 'viewers'))).to.equal('1.5K');
    expect(present(element, 'viewers')).to.have.attribute('aria-label', '1.5K watching');
    element.noViewers = true;
    await settled(element);
    expect(part(element, 'viewers')).to.equal(null);
  });

  describe('sound', () => {
    it('is muted and unmuted by the button', async () => {
      const { element, room } = await playerWith();
      const button = present(element, 'mute-button');
      expect(button).to.have.attribute('aria-label', 'Mute');
      button.click();
      await until(() => room.store.playback.muted.value, 'silence');
      await settled(element);
      expect(button).to.have.attribute('aria-label', 'Unmute');
      expect(sliderOf(element).value).to.equal('0');
      expect(element.matches(':state(muted)')).to.equal(true);
      button.click();
      await until(() => !room.store.playback.muted.value, 'sound');
    });

    it('follows the slider, and moving it unmutes', async () => {
      const { element, room } = await playerWith({ playback: { muted: true } });
      const slider = sliderOf(element);
      slider.value = '0.3';
      slider.dispatchEvent(new Event('input'));
      await until(() => room.store.playback.volume.value === 0.3, 'the volume');
      expect(playbackOf(room)).to.deep.equal({ muted: false, volume: 0.3 });
      await settled(element);
      expect(slider.value).to.equal('0.3');
      expect(slider).to.have.attribute('aria-valuetext', '30 percent');
    });

    it('comes back half loud from the end of the slider', async () => {
      const { element, room } = await playerWith({ playback: { volume: 0 } });
      present(element, 'mute-button').click();
      await until(() => room.store.playback.volume.value === 0.5, 'half');
    });

    it('held back by the browser begins at a press, and anywhere on the picture', async () => {
      const { element, room } = await playerWith({ playback: { blocked: true } });
      expect(textOf(part(element, 'unmute-button'))).to.equal('Tap to unmute');
      present(element, 'unmute-button').click();
      await until(() => !room.store.playback.blocked.value, 'sound');
      await settled(element);
      expect(part(element, 'unmute-button')).to.equal(null);
      room.store.playback.blocked.value = true;
      present(element, 'surface').click();
      await until(() => !room.store.playback.blocked.value, 'sound again');
    });

    it('is left alone where the page prevents it', async () => {
      const { element, room } = await playerWith();
      element.addEventListener('ils-playback-mute-request', (event) => event.preventDefault());
      present(element, 'mute-button').click();
      await nextFrame();
      expect(called(room)).to.not.include('setPlaybackMuted');
    });
  });

  describe('keys', () => {
    it('M mutes, up and down change the volume', async () => {
      const { element, room } = await playerWith({ playback: { volume: 0.5 } });
      await press(element, 'm');
      expect(playbackOf(room)).to.deep.equal({ muted: true, volume: 0.5 });
      await press(element, 'm');
      await press(element, 'ArrowUp');
      expect(playbackOf(room)).to.deep.equal({ muted: false, volume: 0.55 });
      await press(element, 'ArrowDown');
      await press(element, 'ArrowDown');
      expect(room.store.playback.volume.value).to.equal(0.45);
    });

    it('do nothing outside, in a field, or with another key held', async () => {
      const { element, room, host } = await playerWith();
      const field = document.createElement('input');
      field.slot = 'controls-start';
      element.append(field);
      field.focus();
      await sendKeys({ press: 'm' });
      const outside = document.createElement('button');
      host.append(outside);
      outside.focus();
      await sendKeys({ press: 'm' });
      present(element, 'base').focus();
      await sendKeys({ down: 'Control' });
      await sendKeys({ press: 'm' });
      await sendKeys({ up: 'Control' });
      await nextFrame();
      expect(called(room)).to.not.include('setPlaybackMuted');
    });

    it('move the slider that has the focus once, not twice', async () => {
      const { element, room } = await playerWith({ playback: { volume: 0.5 } });
      sliderOf(element).focus();
      await sendKeys({ press: 'ArrowUp' });
      await until(() => room.store.playback.volume.value !== 0.5, 'the volume');
      await nextFrame();
      expect(room.store.playback.volume.value).to.equal(0.55);
    });

    it('F fills the screen, and the button leaves it', async () => {
      const { element } = await playerWith();
      await press(element, 'f');
      await until(() => document.fullscreenElement !== null, 'the full screen');
      await until(() => element.matches(':state(fullscreen)'), 'the state');
      present(element, 'fullscreen-button').click();
      await until(() => document.fullscreenElement === null, 'the page');
      await until(() => !element.matches(':state(fullscreen)'), 'the state to go');
    });

    it('I takes the main picture out of the page', async () => {
      const { element } = await playerWith();
      await showsStage(element);
      await until(() => element.video !== null, 'the picture');
      const asked = new Promise<HTMLVideoElement>((resolve) => {
        const { video } = element;
        Object.defineProperty(video, 'requestPictureInPicture', { value: async () => resolve(video!) });
      });
      await press(element, 'i');
      expect(await asked).to.equal(element.video);
    });
  });

  describe('controls', () => {
    it('hide when nobody moves and come back at a movement', async () => {
      const { element } = await playerWith();
      await showsStage(element);
      const move = async (hideAfterMs: number) => {
        element.hideAfterMs = hideAfterMs;
        present(element, 'base').dispatchEvent(new PointerEvent('pointermove', { pointerType: 'mouse' }));
        await settled(element);
      };
      await move(60_000);
      expect(element.matches(':state(quiet)')).to.equal(false);
      await move(10);
      await until(() => element.matches(':state(quiet)'), 'the quiet');
      await until(() => getComputedStyle(present(element, 'controls')).visibility === 'hidden', 'the fade');
      await move(60_000);
      expect(element.matches(':state(quiet)')).to.equal(false);
    });

    it('stay while the keyboard is on them', async () => {
      const { element } = await playerWith();
      await showsStage(element);
      element.hideAfterMs = 60_000;
      present(element, 'base').focus();
      await sendKeys({ press: 'Tab' });
      present(element, 'mute-button').focus();
      element.hideAfterMs = 20;
      present(element, 'base').dispatchEvent(new PointerEvent('pointermove', { pointerType: 'mouse' }));
      await until(() => element.matches(':state(quiet)'), 'the quiet');
      await still(element);
      expect(getComputedStyle(present(element, 'controls')).visibility).to.equal('visible');
    });

    it('show and hide at a tap', async () => {
      const { element } = await playerWith();
      await showsStage(element);
      element.hideAfterMs = 60_000;
      present(element, 'base').dispatchEvent(new PointerEvent('pointermove', { pointerType: 'mouse' }));
      const tap = () => present(element, 'surface').dispatchEvent(new PointerEvent('click', { pointerType: 'touch' }));
      tap();
      await settled(element);
      expect(element.matches(':state(quiet)')).to.equal(true);
      tap();
      await settled(element);
      expect(element.matches(':state(quiet)')).to.equal(false);
    });

    it('are absent where the page brings its own', async () => {
      const { element } = await playerWith();
      element.noControls = true;
      await settled(element);
      expect(part(element, 'controls')).to.equal(null);
    });
  });

  describe('on stage', () => {
    it('a promoted viewer finds their microphone and camera in the bar, and sees themselves', async () => {
      const { element, room } = await playerWith({ hosts: 1 });
      await showsStage(element);
      expect(element.shadowRoot!.querySelector('ils-controls')).to.equal(null);
      room.changeRole(room.selfId, 'guest');
      await until(() => element.shadowRoot!.querySelector('ils-controls:defined') !== null, 'the controls');
      await room.actions.startSource('camera');
      await until(() => stageOf(element)!.shadowRoot!.querySelectorAll('ils-tile').length === 2, 'the own tile');
      room.changeRole(room.selfId, 'viewer');
      await until(() => element.shadowRoot!.querySelector('ils-controls') === null, 'the controls to go');
      await until(() => stageOf(element)!.shadowRoot!.querySelectorAll('ils-tile').length === 1, 'the tile to go');
    });

    it('who may publish everything but does not is not in the program', async () => {
      const { element, room } = await playerWith({ hosts: 1, role: 'host' });
      await showsStage(element);
      const tiles = () => [...stageOf(element)!.shadowRoot!.querySelectorAll<IlsTile>('ils-tile')];
      await until(() => tiles().length === 1, 'one tile');
      expect(tiles()[0]!.participant).to.equal(idOf(room, 'Grace Hopper'));
      expect(SOURCES.every((source) => !room.store.localMedia.sources.value[source].published)).to.equal(true);
    });
  });
});
