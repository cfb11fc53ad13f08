import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { receivedMedia, shownPictures, showsNewFrames, violations } from './support/media-probe.ts';
import { chatTexts, openStudio, openWatch, selfRole, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

const PATIENCE_MS = 60_000;
const HOME = 'demo';

/** People are sent to rooms of the room, talk there and come back, through the elements of the demo pages alone. */
describe('breakout rooms', { timeout: 400_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let ada: WatchedPage;
  let ben: WatchedPage;

  before(async () => {
    server = await RoomServer.start(['--workers', '1']);
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    ada = await openWatch(browser, server);
    ben = await openWatch(browser, server);
    for (const who of [studio, ada, ben]) await open(who, 'Rooms');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = (who: WatchedPage, panel: string) =>
    who.page.getByRole('radio', { name: panel, exact: true }).check({ force: true });
  const part = (who: WatchedPage, tag: string): Locator => who.page.locator(tag);
  const roomOf = ({ page }: WatchedPage) =>
    page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.store?.connection.roomId.peek());
  const isIn = (who: WatchedPage, holds: (roomId: string) => boolean) =>
    eventually(
      'the room',
      () => roomOf(who),
      (roomId) => typeof roomId === 'string' && holds(roomId),
      PATIENCE_MS,
    );
  const seesPictures = ({ page }: WatchedPage, count: number) =>
    eventually(
      `${count} pictures in sight`,
      () => shownPictures(page),
      (shown) => shown.length === count,
      PATIENCE_MS,
    );
  /** Every socket that the page ever opened, so that one in place of another is seen too. */
  const socketsOf = ({ page }: WatchedPage) => page.evaluate(() => window.allSockets());
  const write = async (who: WatchedPage, text: string) => {
    await open(who, 'Chat');
    await part(who, 'ils-chat').getByRole('textbox', { name: 'Message' }).fill(text);
    await who.page.keyboard.press('Enter');
  };

  it('are made by the host, who sends viewers there by chance and by name', async () => {
    const desk = part(studio, 'ils-breakouts');
    await desk.getByRole('spinbutton', { name: 'Rooms' }).fill('2');
    await desk.getByRole('combobox', { name: 'People go' }).selectOption('byHand');
    await desk.getByRole('button', { name: 'Make rooms' }).click();
    await desk.getByText('Room 2').first().waitFor();
    await desk.getByRole('spinbutton', { name: 'How many' }).fill('1');
    await desk.getByRole('button', { name: 'Send', exact: true }).click();
    await desk.getByText('1 person').waitFor();
    // The other is found by name, and goes to the same room.
    const names = desk.locator('[part~="person"]');
    await desk.getByRole('searchbox', { name: 'Find people' }).fill('Viewer');
    await eventually(
      'both are found',
      () => names.count(),
      (count) => count === 2,
      PATIENCE_MS,
    );
    for (const choice of await names.getByRole('combobox').all()) await choice.selectOption({ label: 'Room 1' });
    await desk.getByText('2 people').waitFor();
    for (const who of [ada, ben]) assert.equal(await roomOf(who), HOME);
  });

  it('open, and move everybody on the socket that they have', async () => {
    for (const who of [ada, ben]) {
      await seesPictures(who, 1);
      assert.equal(await socketsOf(who), 1);
    }
    await part(studio, 'ils-breakouts').getByRole('button', { name: 'Open the rooms' }).click();
    for (const who of [ada, ben]) {
      await isIn(who, (roomId) => roomId !== HOME);
      await part(who, 'ils-breakouts').getByRole('heading', { name: 'Room 1' }).waitFor();
      assert.equal(await selfRole(who), 'guest');
    }
    assert.equal(await roomOf(ada), await roomOf(ben));
  });

  it('let those there see, hear and read each other, and nobody else', async () => {
    for (const who of [ada, ben]) {
      await who.page.evaluate(async () => {
        const { actions } = document.querySelector<RoomTag>('ils-room') ?? {};
        await Promise.all([actions?.startSource('camera'), actions?.startSource('microphone')]);
      });
    }
    for (const who of [ada, ben]) {
      await seesPictures(who, 2);
      await eventually(
        'the other is seen and heard',
        () => receivedMedia(who.page),
        ({ frames, energy }) => frames > 10 && energy > 0,
        PATIENCE_MS,
      );
      await showsNewFrames(who.page);
    }
    await write(ada, 'Shall we begin?');
    await open(ben, 'Chat');
    await part(ben, 'ils-chat').getByText('Shall we begin?').first().waitFor();
    await write(studio, 'Nobody hears this there');
    await part(studio, 'ils-chat').getByText('Nobody hears this there').first().waitFor();
    assert.deepEqual(await chatTexts(studio), ['Nobody hears this there']);
    assert.deepEqual(await chatTexts(ben), ['Shall we begin?']);
  });

  it('hear what the host says to all, and call a host, who comes', async () => {
    for (const who of [studio, ada, ben]) await open(who, 'Rooms');
    const desk = part(studio, 'ils-breakouts');
    await desk.getByRole('textbox', { name: 'Say something to all rooms' }).fill('Five minutes yet');
    await studio.page.keyboard.press('Enter');
    await part(ben, 'ils-breakouts').getByText('Five minutes yet').waitFor();
    await part(ada, 'ils-breakouts').getByRole('button', { name: 'Call a host' }).click();
    await desk.getByText(/calls$/).waitFor();
    await desk.getByRole('button', { name: 'Go there: Room 1' }).click();
    await isIn(studio, (roomId) => roomId !== HOME);
    await seesPictures(ada, 3);
    await desk.getByRole('button', { name: 'Back to the main room' }).click();
    await isIn(studio, (roomId) => roomId === HOME);
  });

  it('close when their time is over, and everybody is home as what they were', async () => {
    // The time is set anew, as a host's own page may: the element offers whole minutes.
    await studio.page.evaluate(() =>
      document.querySelector<RoomTag>('ils-room')?.actions?.openBreakouts({ durationMs: 2_000 }),
    );
    for (const who of [ada, ben]) {
      await isIn(who, (roomId) => roomId === HOME);
      await eventually(
        'the role',
        () => selfRole(who),
        (role) => role === 'viewer',
        PATIENCE_MS,
      );
      await seesPictures(who, 1);
      await showsNewFrames(who.page);
      await open(who, 'Chat');
      await part(who, 'ils-chat').getByText('Nobody hears this there').first().waitFor();
      assert.deepEqual(await chatTexts(who), ['Nobody hears this there']);
      assert.equal(await part(who, 'ils-chat').locator('[part~="message"]').getByText('Shall we begin?').count(), 0);
    }
    await part(studio, 'ils-breakouts').getByRole('button', { name: 'Make rooms' }).waitFor();
  });

  it('needed no new connection and broke nothing', async () => {
    for (const who of [studio, ada, ben]) {
      assert.equal(await socketsOf(who), 1);
      assert.deepEqual(await violations(who.page), []);
      assert.deepEqual(who.errors, []);
    }
  });
});
