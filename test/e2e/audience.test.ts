import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openPanel as open, part, receivedSound } from './support/audience-pages.ts';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { receivedMedia, shownPictures, showsNewFrames, violations } from './support/media-probe.ts';
import { openStudio, openWatch, say, selfId, waitForState, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

const API_KEY = 'a-key-for-the-audience';
const QUESTION = 'Will the recording stay online?';

/** What the audience takes part by, through the elements of the demo pages alone. */
describe('an audience', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let ada: WatchedPage;
  let ben: WatchedPage;

  before(async () => {
    server = await RoomServer.start(['--workers', '1', '--api-keys', API_KEY]);
    browser = await launchChromium(AUTOPLAY);
    studio = await openStudio(browser, server);
    ada = await openWatch(browser, server);
    ben = await openWatch(browser, server);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const everyone = () => [studio, ada, ben];
  const post = async (path: string, body: object, key = path) => {
    const answer = await fetch(`${server.origin}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
  };

  it('launches a poll, votes, and sees the result', async () => {
    for (const who of everyone()) await open(who, 'Poll');
    const desk = part(studio, 'ils-poll');
    await desk.getByRole('button', { name: 'New poll' }).click();
    await desk.getByRole('textbox', { name: 'Question', exact: true }).fill('Tea or coffee?');
    await desk.getByRole('textbox', { name: 'Option 1' }).fill('Tea');
    await desk.getByRole('textbox', { name: 'Option 2' }).fill('Coffee');
    await desk.getByRole('button', { name: 'Launch' }).click();
    for (const [who, choice] of [
      [ada, 'Tea'],
      [ben, 'Coffee'],
    ] as const) {
      // A choice by the keyboard.
      await part(who, 'ils-poll').getByRole('radio', { name: choice }).focus();
      await who.page.keyboard.press('Space');
      await part(who, 'ils-poll').getByRole('button', { name: 'Vote' }).press('Enter');
    }
    for (const who of everyone()) await part(who, 'ils-poll').getByText('2 answers').waitFor();
    await desk.getByRole('button', { name: 'Close the poll' }).click();
    for (const who of everyone()) await part(who, 'ils-poll').getByText('Closed', { exact: true }).first().waitFor();
  });

  it('plays a quiz, and lists who leads', async () => {
    const desk = part(studio, 'ils-poll');
    await desk.getByRole('button', { name: 'New poll' }).click();
    await desk.getByRole('textbox', { name: 'Question', exact: true }).fill('What carries the picture?');
    await desk.getByRole('textbox', { name: 'Option 1' }).fill('RTP');
    await desk.getByRole('textbox', { name: 'Option 2' }).fill('FTP');
    await desk.getByRole('checkbox', { name: 'Quiz question, with points' }).check();
    await desk.getByRole('radio', { name: 'Option 1 is right' }).check();
    await desk.getByRole('button', { name: 'Launch' }).click();
    for (const [who, choice] of [
      [ada, 'RTP'],
      [ben, 'FTP'],
    ] as const) {
      await part(who, 'ils-poll').getByRole('radio', { name: choice }).check();
      await part(who, 'ils-poll').getByRole('button', { name: 'Vote' }).click();
    }
    await desk.getByText('2 answers').waitFor();
    await desk.getByRole('button', { name: 'Close the poll' }).click();
    await desk.getByRole('button', { name: 'Reveal the answer' }).click();
    await part(ada, 'ils-poll').getByText('Right!').waitFor();
    await part(ben, 'ils-poll').getByText('Not this time').waitFor();
    await part(ada, 'ils-poll').getByRole('button', { name: 'Leaderboard' }).click();
    await part(ada, 'ils-poll').getByText('You', { exact: true }).first().waitFor();
  });

  it('asks a question, votes for it, and shows it on screen', async () => {
    await open(studio, 'Q&A');
    for (const who of [ada, ben]) await open(who, 'Questions');
    await part(ada, 'ils-qa').getByRole('textbox', { name: 'Your question' }).fill(QUESTION);
    await ada.page.keyboard.press('Enter');
    await part(ben, 'ils-qa')
      .getByRole('button', { name: /^Vote for/ })
      .click();
    await part(studio, 'ils-qa')
      .getByRole('button', { name: /1 vote$/ })
      .waitFor();
    await part(studio, 'ils-qa').getByRole('button', { name: 'Show on screen' }).click();
    for (const who of everyone()) await part(who, 'ils-overlay').getByText(QUESTION).waitFor();
    await part(studio, 'ils-qa').getByRole('button', { name: 'Take off screen' }).click();
    for (const who of everyone()) await part(who, 'ils-overlay').getByText(QUESTION).waitFor({ state: 'hidden' });
  });

  it('gives a gift that the site has paid for, and everyone sees it', async () => {
    await post(`/wallets/${await selfId(ada)}/credit`, { amount: 60 });
    const tray = part(ada, 'ils-gift-tray');
    await tray.getByRole('button', { name: 'Send a gift' }).click();
    await tray.getByRole('radio', { name: /Star/ }).click();
    await tray.getByRole('button', { name: /^Send 50/ }).click();
    for (const who of everyone()) await part(who, 'ils-gift-feed').getByText('Star').first().waitFor();
    for (const who of everyone()) assert.deepEqual(await giftTotals(who), { gifts: 1, amount: 50 });
    await ada.page.keyboard.press('Escape');
  });

  it('reacts, and everyone sees it rise', async () => {
    const risen = part(ben, 'ils-reactions').locator('[part~="reaction"]').first().waitFor({ state: 'attached' });
    await part(ada, 'ils-reactions').getByRole('button').first().click();
    await risen;
  });

  it('brings somebody who raises a hand backstage, on stage, and back', async () => {
    await open(studio, 'Hands');
    await part(ada, 'ils-hand-raise')
      .getByRole('button', { name: /Raise hand/ })
      .click();
    await ada.page.keyboard.type('About the latency');
    await ada.page.keyboard.press('Enter');
    const queue = part(studio, 'ils-hand-queue');
    await queue.getByText('About the latency').waitFor();
    await queue.getByRole('button', { name: /^Invite / }).click();
    const offer = ada.page.getByRole('dialog');
    await offer.getByRole('button', { name: 'Camera' }).click();
    await offer.getByRole('button', { name: 'Microphone' }).click();
    await offer.getByRole('button', { name: 'Go on stage' }).click();
    await ada.page.getByText('You are backstage').waitFor();
    await seesPictures(ben, 1);

    // Talkback: held by the keyboard, heard backstage, and by nobody else.
    await queue.getByRole('button', { name: /^Talk to / }).focus();
    await studio.page.keyboard.down('Space');
    await queue.getByText(/hears you, and nobody else/).waitFor();
    await part(ada, 'ils-hand-raise')
      .getByText(/^Talkback from /)
      .waitFor();
    const before = await eventually(
      'the stage is silent',
      async () => [await receivedSound(ben), await receivedSound(ben, 500)] as const,
      ([one, other]) => one.packets === other.packets,
      20_000,
    );
    const { energy } = await receivedSound(ada);
    await eventually(
      'the guest hears the host',
      () => receivedSound(ada),
      (now) => now.energy > energy + 0.001,
      20_000,
    );
    assert.equal((await receivedSound(ben)).packets, before[1].packets);
    await studio.page.keyboard.up('Space');
    await part(ada, 'ils-hand-raise')
      .getByText(/^Talkback from /)
      .waitFor({ state: 'detached' });
    await eventually(
      'the stage is heard again',
      () => receivedSound(ben),
      (now) => now.packets > before[1].packets,
      20_000,
    );

    await queue.getByRole('button', { name: /^Bring on stage/ }).click();
    await seesPictures(ben, 2);
    const { frames } = await receivedMedia(ben.page);
    await eventually(
      'frames of both are decoded',
      () => receivedMedia(ben.page),
      (now) => now.frames > frames + 20 && now.widths.length === 2,
      30_000,
    );
    await showsNewFrames(ben.page);

    await queue.getByRole('button', { name: /^Backstage: / }).click();
    await ada.page.getByText('You are backstage').waitFor();
    await seesPictures(ben, 1);
    await queue.getByRole('button', { name: /^Send back/ }).click();
    await part(ada, 'ils-hand-raise')
      .getByRole('button', { name: /Raise hand/ })
      .waitFor();
  });

  it('shows captions that the site sends', async () => {
    const caption = { segmentId: 's-1', text: 'Good evening, everybody', language: 'en', final: true };
    await post('/rooms/demo/captions', caption);
    for (const who of [ada, ben]) await part(who, 'ils-captions').getByText(caption.text).first().waitFor();
  });

  it('has it all as it was after a restart, also on another device', async () => {
    await say(studio, 'The address is in the pinned message');
    await studio.page.evaluate(async () => {
      const { store, actions } = document.querySelector<RoomTag>('ils-room') ?? {};
      const message = store?.chat.log.at((store.chat.log.total ?? 1) - 1);
      if (message) await actions?.pinChat({ messageId: message.id });
    });
    await server.kill();
    await server.start();
    for (const who of everyone()) await waitForState(who, 'joined', 30_000);
    const elsewhere = await openWatch(browser, server);
    await part(elsewhere, 'ils-chat').getByText('The address is in the pinned message').first().waitFor();
    await open(elsewhere, 'Questions');
    await part(elsewhere, 'ils-qa').getByText(QUESTION).waitFor();
    await open(elsewhere, 'Poll');
    await part(elsewhere, 'ils-poll').getByText('What carries the picture?').waitFor();
    for (const who of [...everyone(), elsewhere]) {
      await eventually(
        'the totals',
        () => giftTotals(who),
        (totals) => totals?.gifts === 1 && totals.amount === 50,
      );
    }
    await open(ada, 'Poll');
    await part(ada, 'ils-poll').getByText('Right!').waitFor();
  });

  it('breaks nothing on any page', async () => {
    for (const who of everyone()) {
      assert.deepEqual(await violations(who.page), []);
      // The restart alone may be told in red.
      const unexpected = who.errors.filter((error) => !/WebSocket|ERR_CONNECTION|Failed to load resource/.test(error));
      assert.deepEqual(unexpected, []);
    }
  });
});

function seesPictures({ page }: WatchedPage, count: number) {
  return eventually(
    `${count} pictures in sight`,
    () => shownPictures(page),
    (shown) => shown.length === count,
    30_000,
  );
}

function giftTotals({ page }: WatchedPage) {
  return page.evaluate(() =>
    document.querySelector<RoomTag>('ils-room')?.store?.features.loaded.peek().gifts?.totals.peek(),
  );
}
