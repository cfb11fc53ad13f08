import { expect, html } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsStage } from '../../../src/elements/stage/stage.ts';
import type { IlsTile } from '../../../src/elements/tile/tile.ts';
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

defineElement('ils-stage', IlsStage);

const live = { camera: 'live', microphone: 'live' } as const;

interface StageOptions extends FakeRoomOptions {
  readonly layout?: IlsStage['layout'];
  readonly width?: number;
  readonly height?: number;
}

/** A stage of 960 × 540 pixels, unless told. */
async function stageWith({ layout = 'auto', width = 960, height = 540, ...options }: StageOptions) {
  const made = await roomFixture<IlsStage>(
    { moving: false, ...options },
    html`<ils-stage layout=${layout}></ils-stage>`,
  );
  resize(made.element, width, height);
  await until(() => isEmpty(made.element) || tilesOf(made.element).length > 0, 'the first arrangement');
  if (isEmpty(made.element))
    await until(() => made.element.shadowRoot!.querySelector('slot[name="empty"] > *') !== null, 'the words');
  await settled(made.element);
  return made;
}

function resize(stage: IlsStage, width: number, height: number): void {
  stage.style.inlineSize = `${width}px`;
  stage.style.blockSize = `${height}px`;
}

const isEmpty = (stage: IlsStage) => stage.matches(':state(empty)');
const tilesOf = (stage: IlsStage) => [...stage.shadowRoot!.querySelectorAll<IlsTile>('ils-tile')];
const namesOf = (room: FakeRoom, tiles: readonly IlsTile[]) =>
  tiles.map(({ participant, source }) => {
    const { name } = [...room.store.participants.byId.value.values()].find(({ id }) => id === participant)!;
    return source === 'screen' ? `${name}’s screen` : name;
  });
const mainName = (room: FakeRoom, stage: IlsStage) =>
  namesOf(
    room,
    tilesOf(stage).filter((tile) => tile.classList.contains('main')),
  )[0];

describe('<ils-stage>', () => {
  describe('is accessible', () => {
    const states: readonly [string, StageOptions][] = [
      ['with four', { hosts: 1, guests: 3 }],
      ['with pages', { hosts: 1, guests: 99 }],
      ['with a screen', { participants: [{ name: 'Ada', sources: { screen: 'live' } }] }],
      ['empty for a host', { role: 'host', hosts: 0 }],
      ['empty for a viewer', { hosts: 0 }],
      [
        'with a camera that failed',
        { role: 'host', hosts: 0, sources: { camera: { status: 'failed', error: 'notFound' } } },
      ],
      ['joining', { hosts: 0, state: 'connecting' }],
      ['not joined', { hosts: 0, state: 'idle' }],
      ['denied', { hosts: 0, state: 'denied', error: 'tokenExpired' }],
      ['with sound held back', { playback: { blocked: true } }],
    ];
    for (const [name, options] of states)
      it(name, async () => {
        const { element } = await stageWith(options);
        await still(element);
        await expect(element).to.be.accessible();
      });
  });

  describe('who is shown', () => {
    it('everyone on stage, each once, in the order of coming', async () => {
      const { element, room } = await stageWith({
        hosts: 0,
        participants: ['Ada', 'Grace', 'Hedy'].map((name) => ({ name, sources: live })),
      });
      expect(namesOf(room, tilesOf(element))).to.deep.equal(['Ada', 'Grace', 'Hedy']);
      room.join({ name: 'Viewer', role: 'viewer' });
      await settled(element);
      expect(tilesOf(element)).to.have.length(3);
    });

    it('in the program only those who publish', async () => {
      const { element, room } = await stageWith({
        hosts: 0,
        participants: [{ name: 'Ada', sources: live }, { name: 'Idle' }],
      });
      expect(namesOf(room, tilesOf(element))).to.deep.equal(['Ada', 'Idle']);
      element.program = true;
      await settled(element);
      expect(namesOf(room, tilesOf(element))).to.deep.equal(['Ada']);
    });

    it('without oneself where that is wanted, and back by the button', async () => {
      const { element, room } = await stageWith({ role: 'host', hosts: 1 });
      element.hideSelf = true;
      await settled(element);
      expect(tilesOf(element).some(({ participant }) => participant === room.selfId)).to.equal(false);
      present(element, 'show-self-button').click();
      await settled(element);
      expect(tilesOf(element).some(({ participant }) => participant === room.selfId)).to.equal(true);
      expect(element.hideSelf).to.equal(false);
    });

    it("hides one's own picture when its tile asks, unless the page prevents it", async () => {
      const { element, room } = await stageWith({ role: 'host', hosts: 1 });
      const own = tilesOf(element).find(({ participant }) => participant === room.selfId)!;
      element.addEventListener('ils-hide-self', (event) => event.preventDefault(), { once: true });
      const items = async () => {
        present(own, 'menu-button').click();
        await until(() => own.shadowRoot!.querySelector('.menu:popover-open') !== null, 'the menu');
        return [...own.shadowRoot!.querySelectorAll<HTMLElement>('.menu-item')];
      };
      (await items()).find((item) => textOf(item).startsWith('Hide'))!.click();
      await settled(element);
      expect(element.hideSelf).to.equal(false);
      (await items()).find((item) => textOf(item).startsWith('Hide'))!.click();
      await settled(element);
      expect(element.hideSelf).to.equal(true);
    });
  });

  describe('the main place', () => {
    const people = { hosts: 0, participants: ['Ada', 'Grace', 'Hedy'].map((name) => ({ name, sources: live })) };

    it('is nobody’s in a grid of equals', async () => {
      const { element, room } = await stageWith(people);
      expect(element.matches(':state(grid)')).to.equal(true);
      expect(mainName(room, element)).to.equal(undefined);
    });

    it('goes to whom the reader pinned, before the spotlight, before a screen', async () => {
      const { element, room } = await stageWith(people);
      room.publish(idOf(room, 'Hedy'), 'screen');
      await settled(element);
      expect(mainName(room, element)).to.equal('Hedy’s screen');
      room.store.stage.spotlight.value = idOf(room, 'Grace');
      await settled(element);
      expect(mainName(room, element)).to.equal('Grace');
      room.actions.pin(idOf(room, 'Ada'));
      await settled(element);
      expect(mainName(room, element)).to.equal('Ada');
      expect(element.matches(':state(sidebar)')).to.equal(true);
      room.actions.pin(null);
      room.store.stage.spotlight.value = null;
      room.unpublish(streamIdOf(room, 'Hedy', 'screen'));
      await settled(element);
      expect(element.matches(':state(grid)')).to.equal(true);
    });

    it('follows who speaks in a sidebar, and stays in a pause', async () => {
      const { element, room } = await stageWith({ ...people, layout: 'sidebar' });
      room.speak(idOf(room, 'Hedy'));
      await settled(element);
      expect(mainName(room, element)).to.equal('Hedy');
      room.speak(null);
      await settled(element);
      expect(mainName(room, element)).to.equal('Hedy');
    });

    it('is never taken by oneself for speaking', async () => {
      const { element, room } = await stageWith({ ...people, role: 'host', name: 'Me', layout: 'spotlight' });
      room.speak(room.selfId);
      await settled(element);
      expect(mainName(room, element)).to.equal('Ada');
      expect(tilesOf(element).filter((tile) => tile.classList.contains('floating'))).to.have.length(1);
    });

    it('gives its picture to picture-in-picture', async () => {
      const { element } = await stageWith({ ...people, layout: 'spotlight' });
      await until(() => element.mainVideo !== null, 'the picture');
      expect(element.mainVideo!.videoWidth).to.equal(640);
    });
  });

  describe('pages', () => {
    it('receive only what is in sight', async () => {
      const { element, room } = await stageWith({ hosts: 1, guests: 99 });
      expect(element.pages).to.be.greaterThan(2);
      await until(() => room.activePictures === tilesOf(element).length, 'the pictures of the page');
      expect(room.activePictures).to.be.lessThan(40);
    });

    it('turn by buttons and by keys, and say so', async () => {
      const { element, room } = await stageWith({ hosts: 1, guests: 99 });
      const first = namesOf(room, tilesOf(element));
      await until(() => element.shadowRoot!.querySelector('[part="pager-button"]') !== null, 'the buttons');
      const [, next] = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part="pager-button"]')];
      next!.click();
      await settled(element);
      expect(element.page).to.equal(1);
      expect(namesOf(room, tilesOf(element))).to.not.have.members(first);
      await until(
        () => textOf(element.shadowRoot!.querySelector('[aria-live]')) === `Page 2 of ${element.pages}`,
        'the word',
      );
      next!.focus();
      await sendKeys({ press: 'PageDown' });
      await settled(element);
      expect(element.page).to.equal(2);
      await sendKeys({ press: 'PageUp' });
      await sendKeys({ press: 'PageUp' });
      await sendKeys({ press: 'PageUp' });
      await settled(element);
      expect(element.page).to.equal(0);
      expect(namesOf(room, tilesOf(element))).to.deep.equal(first);
    });

    it('turn under a finger that flicks', async () => {
      const { element } = await stageWith({ hosts: 1, guests: 99 });
      const flick = (from: number, to: number) => {
        const tiles = present(element, 'tiles');
        const finger = { pointerType: 'touch', isPrimary: true, pointerId: 7, bubbles: true };
        const at = (clientX: number) => ({ ...finger, clientX, clientY: 50 });
        tiles.dispatchEvent(new PointerEvent('pointerdown', at(from)));
        tiles.dispatchEvent(new PointerEvent('pointerup', at(to)));
      };
      await until(() => part(element, 'pager') !== null, 'what turns pages');
      flick(300, 100);
      await settled(element);
      expect(element.page).to.equal(1);
      flick(100, 130);
      await settled(element);
      expect(element.page, 'a tap that slipped').to.equal(1);
      flick(100, 300);
      await settled(element);
      expect(element.page).to.equal(0);
    });

    it('grow fewer when people go', async () => {
      const { element, room } = await stageWith({ hosts: 1, guests: 99 });
      element.showPage(99);
      await settled(element);
      expect(element.page).to.equal(element.pages - 1);
      for (const { id, role } of room.store.participants.byId.value.values()) if (role === 'guest') room.leave(id);
      await settled(element);
      expect([element.page, element.pages, tilesOf(element).length]).to.deep.equal([0, 1, 1]);
      expect(part(element, 'pager')).to.equal(null);
    });
  });

  describe('arrangement', () => {
    it('follows the container: side by side, then above each other, then edge to edge', async () => {
      const { element } = await stageWith({ hosts: 1, guests: 1 });
      const tops = () => new Set(tilesOf(element).map((tile) => tile.offsetTop)).size;
      expect(tops()).to.equal(1);
      resize(element, 390, 800);
      await until(() => tops() === 2, 'the stack');
      expect(element.matches(':state(bleed)')).to.equal(true);
      expect(tilesOf(element)[0]!.offsetWidth).to.equal(390);
    });

    it('moves tiles by a transform, and under reduced motion lets them fade', async () => {
      await emulateMedia({ reducedMotion: 'no-preference' });
      const { element, room } = await stageWith({ hosts: 1, guests: 2 });
      await still(element);
      const moves = () =>
        tilesOf(element).flatMap((tile) =>
          tile
            .getAnimations()
            .flatMap(({ id, effect }) =>
              id === 'move' && effect instanceof KeyframeEffect ? [effect.getKeyframes()] : [],
            ),
        );
      room.actions.pin(idOf(room, 'Grace Hopper'));
      await element.updateComplete;
      expect(moves().length).to.be.greaterThan(0);
      expect(JSON.stringify(moves())).to.include('scale(');
      await still(element);
      await emulateMedia({ reducedMotion: 'reduce' });
      try {
        room.actions.pin(null);
        await element.updateComplete;
        expect(moves().length).to.be.greaterThan(0);
        expect(JSON.stringify(moves())).to.not.include('scale(');
        expect(JSON.stringify(moves())).to.include('opacity');
      } finally {
        await emulateMedia({ reducedMotion: 'no-preference' });
      }
    });

    it('keeps the pictures of tiles that move', async () => {
      const { element, room } = await stageWith({ hosts: 1, guests: 3 });
      await until(() => room.activePictures === 4, 'four pictures');
      const attached = called(room).filter((name) => name === 'attachStream').length;
      room.actions.pin(idOf(room, 'Hedy Lamarr'));
      await settled(element);
      await nextFrame();
      expect(called(room).filter((name) => name === 'attachStream')).to.have.length(attached);
    });
  });

  describe('sound', () => {
    it('plays for as long as the stage is in the page and one is in the room', async () => {
      const { element, room, host } = await stageWith({ hosts: 1 });
      const listens = () => called(room).filter((name) => name === 'listen').length;
      expect(listens()).to.equal(1);
      const box = document.createElement('div');
      host.append(box);
      box.append(element);
      await settled(element);
      expect(listens(), 'a move').to.equal(1);
      element.remove();
      await nextFrame();
      host.append(element);
      await settled(element);
      expect(listens(), 'out and in again').to.equal(2);
    });

    it('is not asked for before joining', async () => {
      const { room } = await stageWith({ hosts: 0, state: 'idle' });
      expect(called(room)).to.not.include('listen');
    });

    it('that was held back begins at a press', async () => {
      const { element, room } = await stageWith({ playback: { blocked: true } });
      present(element, 'sound-button').click();
      await until(() => !room.store.playback.blocked.value, 'sound');
      await settled(element);
      expect(part(element, 'sound-button')).to.equal(null);
    });
  });

  describe('empty', () => {
    it('lets a host go live with camera and microphone', async () => {
      const { element, room } = await stageWith({ role: 'host', hosts: 0 });
      expect(textOf(part(element, 'empty-title'))).to.equal('The show has not started');
      present(element, 'empty-action').click();
      await until(() => tilesOf(element).length === 1, 'the own tile');
      const started = room.calls.filter(({ action }) => action === 'startSource').map(({ args }) => args[0]);
      expect(started).to.deep.equal(['camera', 'microphone']);
    });

    it('says what went wrong with a camera and offers a test picture', async () => {
      const { element, room } = await stageWith({ role: 'host', hosts: 0 });
      room.failNextSource('camera', 'inUse');
      room.failNextSource('microphone', 'inUse');
      present(element, 'empty-action').click();
      await until(() => textOf(part(element, 'empty-title')) === 'Camera is in use', 'the reason');
      present(element, 'test-button').click();
      await until(() => tilesOf(element).length === 1, 'the test picture');
    });

    it('offers a viewer nothing to do', async () => {
      const { element } = await stageWith({ hosts: 0 });
      expect(textOf(part(element, 'empty-title'))).to.equal('The show has not started');
      expect(part(element, 'empty-action')).to.equal(null);
    });

    it('lets one join again after leaving', async () => {
      const { element, room } = await stageWith({ hosts: 0, state: 'left' });
      present(element, 'empty-action').click();
      await until(() => room.store.connection.state.value === 'joined', 'the room');
    });

    it('gives its place to the page’s own words', async () => {
      const { element } = await roomFixture<IlsStage>(
        { hosts: 0 },
        html`<ils-stage><p slot="empty">Soon!</p></ils-stage>`,
      );
      const slot = element.shadowRoot!.querySelector<HTMLSlotElement>('slot[name="empty"]');
      expect(slot!.assignedElements().map(textOf)).to.deep.equal(['Soon!']);
    });
  });

  it('shows tiles of the room it names, from outside of it', async () => {
    const { host, room } = await roomFixture<HTMLElement>({ hosts: 1, moving: false }, html`<span></span>`);
    host.id = 'named';
    const stage = document.body.appendChild(document.createElement('ils-stage') as IlsStage);
    stage.for = 'named';
    try {
      await until(() => tilesOf(stage).length === 1, 'the tile');
      await until(() => room.activePictures === 1, 'its picture');
    } finally {
      stage.remove();
    }
    await until(() => room.activePictures === 0, 'the release');
  });
});
