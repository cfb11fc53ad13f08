import { expect, html } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsPlayer } from '../../../src/elements/player/player.ts';
import type { IlsStage } from '../../../src/elements/stage/stage.ts';
import type { IlsTile } from '../../../src/elements/tile/tile.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { idOf, nextFrame, part, roomFixture, until } from '../room-fixture.ts';

defineElement('ils-player', IlsPlayer);

const playerWith = async (options: FakeRoomOptions) =>
  (await roomFixture<IlsPlayer>(options, html`<ils-player></ils-player>`)).element;
const stageOf = (player: IlsPlayer) => player.shadowRoot!.querySelector<IlsStage>('ils-stage');

describe('a player that knows it will watch', () => {
  for (const state of ['idle', 'connecting'] as const)
    it(`has its stage ready, out of reach, while ${state}`, async () => {
      const player = await playerWith({ state, hosts: 0, aboutToWatch: true });
      await until(() => stageOf(player) !== null, 'the stage');
      await expect(player).to.be.accessible();
      expect(stageOf(player)!.inert).to.equal(true);
    });

  it('has all that lies over the picture ready, out of sight', async () => {
    const player = await playerWith({ state: 'idle', hosts: 0, aboutToWatch: true });
    await until(() => part(player, 'controls') !== null, 'the bar');
    const drawn = ['controls', 'mute-button', 'top', 'live-badge'].map((name) => part(player, name)!);
    const seen = drawn.filter((box) => box.checkVisibility({ visibilityProperty: true }));
    expect(seen).to.deep.equal([]);
  });

  it('has the first tile ready, out of sight', async () => {
    const { room, element } = await roomFixture<IlsPlayer>(
      { state: 'idle', hosts: 0, aboutToWatch: true, participants: [{ name: 'Ada' }] },
      html`<ils-player></ils-player>`,
    );
    const tiles = () => [...(stageOf(element)?.shadowRoot?.querySelectorAll<IlsTile>('ils-tile') ?? [])];
    await until(() => tiles().length === 1, 'a tile');
    const [ready] = tiles();
    expect(ready!.checkVisibility({ visibilityProperty: true })).to.equal(false);
    room.publish(idOf(room, 'Ada'), 'camera');
    room.setState('joined');
    await until(() => ready!.checkVisibility({ visibilityProperty: true }), 'the tile in sight');
    expect(tiles()).to.include(ready);
    expect(ready!.participant).not.to.equal('');
  });

  it('has it within reach once there is somebody to see', async () => {
    const player = await playerWith({ aboutToWatch: true });
    await until(() => stageOf(player) !== null, 'the stage');
    expect(stageOf(player)!.inert).to.equal(false);
  });

  it('leaves the way to the first streams before it draws the room', async () => {
    const { room, element } = await roomFixture<IlsPlayer>(
      { state: 'connecting', aboutToWatch: true },
      html`<ils-player></ils-player>`,
    );
    await until(() => stageOf(element) !== null, 'the stage');
    room.store.stage.arriving.value = true;
    room.setState('joined');
    await nextFrame();
    await nextFrame();
    expect(stageOf(element)!.inert).to.equal(true);
    room.store.stage.arriving.value = false;
    await until(() => !stageOf(element)!.inert, 'the stage within reach');
  });
});
