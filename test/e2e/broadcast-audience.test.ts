import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import {
  answerPoll,
  chooseFor,
  countMarked,
  hasGifts,
  openPanel as open,
  part,
  PATIENCE_MS,
  playsBroadcast,
  receivedSound,
  screen,
  seesPictures,
  whenSeen,
  write,
} from './support/audience-pages.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { receivedMedia, showsNewFrames, violations } from './support/media-probe.ts';
import { openStudio, selfId, selfName, selfRole, waitForState } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

const API_KEY = 'a-key-for-the-audience';
/** A picture of the camera that costs the machine little. */
const CAMERA = '--use-fake-device-for-media-stream=fps=10';
const GUEST = 'Katherine Johnson';
const LINK = 'Get the slides';
const PINNED = 'The address is in the pinned message';
const RUDE = 'Nobody wants to read that';
const QUESTION = 'Will the recording stay online?';

/** What the audience takes part by, through the elements of the demo pages alone: one sees the show by WebRTC, two by HLS. */
describe('an audience of a broadcast', { timeout: 900_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let producer: WatchedPage;
  /** By WebRTC. */
  let ada: WatchedPage;
  /** By HLS. */
  let ben: WatchedPage;
  let cleo: WatchedPage;

  before(async () => {
    server = await RoomServer.start(['--workers', '1', '--api-keys', API_KEY, '--broadcast-route', 'composer']);
    browser = await launchChromium(AUTOPLAY, CAMERA);
    studio = await openStudio(browser, server, { prepare });
    await open(studio, 'Broadcast');
    const air = part(studio, 'ils-broadcast');
    await air.getByRole('combobox', { name: 'Quality' }).selectOption('low');
    await air.getByRole('button', { name: 'Start the broadcast' }).click();
    // While nothing else runs here: a composer's browser takes its time.
    await air.getByRole('timer', { name: 'Time on the air' }).waitFor({ timeout: 2 * PATIENCE_MS });
    producer = await openAs('producer');
    ada = await openAs('watch');
    ben = await openAs('audience');
    cleo = await openAs('audience');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const prepare = async (context: BrowserContext) => context.setDefaultTimeout(PATIENCE_MS);
  const viewers = () => [ada, ben, cleo];
  const byHls = () => [ben, cleo];
  const byWebRtc = () => [studio, producer, ada];
  const everyone = () => [studio, producer, ...viewers()];
  const each = (people: readonly WatchedPage[], run: (who: WatchedPage) => Promise<unknown>) =>
    Promise.all(people.map(run));
  const openAs = async (name: string) => {
    const who = await openPage(browser, `${server.origin}/${name}`, { prepare });
    await waitForState(who, 'joined', PATIENCE_MS);
    return who;
  };
  const post = async (path: string, body: object, key = path) => {
    const answer = await fetch(`${server.origin}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
  };

  it('sees the broadcast that the host has started', async () => {
    await part(producer, 'ils-broadcast').getByRole('timer', { name: 'Time on the air' }).waitFor();
    await each(byHls(), playsBroadcast);
    await seesPictures(ada, 1);
  });

  it('launches a poll, votes, and sees the result', async () => {
    await each(everyone(), (who) => open(who, 'Poll'));
    const desk = part(studio, 'ils-poll');
    await desk.getByRole('button', { name: 'New poll' }).click();
    await desk.getByRole('textbox', { name: 'Question', exact: true }).fill('Tea or coffee?');
    await desk.getByRole('textbox', { name: 'Option 1' }).fill('Tea');
    await desk.getByRole('textbox', { name: 'Option 2' }).fill('Coffee');
    await desk.getByRole('button', { name: 'Launch' }).click();
    await answerPoll(ada, 'Tea', true);
    await answerPoll(ben, 'Coffee', true);
    await answerPoll(cleo, 'Coffee');
    await each(everyone(), (who) => part(who, 'ils-poll').getByText('3 answers').waitFor());
    await desk.getByRole('button', { name: 'Close the poll' }).click();
    await each(everyone(), (who) => part(who, 'ils-poll').getByText('Closed', { exact: true }).first().waitFor());
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
    await answerPoll(ada, 'RTP');
    await answerPoll(ben, 'FTP');
    await answerPoll(cleo, 'RTP');
    await desk.getByText('3 answers').waitFor();
    await desk.getByRole('button', { name: 'Close the poll' }).click();
    await desk.getByRole('button', { name: 'Reveal the answer' }).click();
    await each([ada, cleo], (who) => part(who, 'ils-poll').getByText('Right!').waitFor());
    await part(ben, 'ils-poll').getByText('Not this time').waitFor();
    await part(cleo, 'ils-poll').getByRole('button', { name: 'Leaderboard' }).click();
    await part(cleo, 'ils-poll').getByText('You', { exact: true }).first().waitFor();
    await part(cleo, 'ils-poll')
      .getByText(await selfName(ada))
      .first()
      .waitFor();
  });

  it('asks a question, votes for it, and shows it on screen', async () => {
    await each([studio, producer], (who) => open(who, 'Q&A'));
    await each(viewers(), (who) => open(who, 'Questions'));
    const ask = part(ben, 'ils-qa').getByRole('textbox', { name: 'Your question' });
    await ask.fill(QUESTION);
    await ask.press('Enter');
    await part(cleo, 'ils-qa')
      .getByRole('button', { name: /^Vote for/ })
      .click();
    await each([studio, ada], (who) =>
      part(who, 'ils-qa')
        .getByRole('button', { name: /1 vote$/ })
        .waitFor(),
    );
    await part(studio, 'ils-qa').getByRole('button', { name: 'Show on screen' }).click();
    // A broadcast has it in its picture.
    await each(byWebRtc(), (who) => screen(who).getByText(QUESTION).waitFor());
    await each(byHls(), (who) => part(who, 'ils-qa').getByText('On screen', { exact: true }).waitFor());
    await part(studio, 'ils-qa').getByRole('button', { name: 'Take off screen' }).click();
    await each(byWebRtc(), (who) => screen(who).getByText(QUESTION).waitFor({ state: 'hidden' }));
  });

  it('sees what the producer cues and takes: in the picture, and over it not before the picture is there', async () => {
    const desk = part(producer, 'ils-overlay[console]');
    const add = async (kind: string, words: Readonly<Record<string, string>>) => {
      await desk.getByRole('button', { name: 'Add a cue' }).first().click();
      await desk.getByRole('combobox', { name: 'Kind' }).selectOption({ label: kind });
      for (const [field, text] of Object.entries(words)) {
        await desk.getByRole('textbox', { name: field, exact: true }).fill(text);
      }
      await desk.getByRole('button', { name: 'Add', exact: true }).click();
    };
    await add('Lower third', { Name: GUEST });
    await add('Button with a link', { 'Words on the button': LINK, Address: 'https://example.com/slides' });
    await desk.getByRole('button', { name: `Take: ${LINK}` }).waitFor();
    await each(viewers(), async (who) => assert.equal(await screen(who).getByText(GUEST).count(), 0));

    const before = await countMarked(ben);
    await desk.getByRole('button', { name: 'Next', exact: true }).click();
    await each(byWebRtc(), (who) => screen(who).getByText(GUEST).waitFor());
    await each(byHls(), (who) =>
      eventually(
        'the lower third',
        () => countMarked(who),
        (marked) => marked > before + 60,
        PATIENCE_MS,
      ),
    );
    await desk.getByRole('button', { name: 'Clear Lower third' }).click();
    await each(byWebRtc(), (who) => screen(who).getByText(GUEST).waitFor({ state: 'hidden' }));

    const sights = byHls().map((who) => whenSeen(who, LINK));
    await desk.getByRole('button', { name: 'Next', exact: true }).click();
    await each(everyone(), (who) => screen(who).getByText(LINK).waitFor());
    for (const { takenAt, programTime, showing } of await Promise.all(sights)) {
      assert.equal(showing, 'program');
      assert.ok(programTime >= takenAt, `shown at ${programTime}, taken at ${takenAt}`);
    }
    await desk.getByRole('button', { name: /^Clear / }).click();
    await each(everyone(), (who) => screen(who).getByText(LINK).waitFor({ state: 'hidden' }));
  });

  it('reads in the chat what is said, answered and pinned', async () => {
    await each(everyone(), (who) => open(who, 'Chat'));
    await write(studio, PINNED);
    await each(everyone(), (who) => part(who, 'ils-chat').getByText(PINNED, { exact: true }).first().waitFor());
    await chooseFor(studio, PINNED, 'Pin message');
    await each(everyone(), (who) => part(who, 'ils-chat').locator('[part~="pin"]').getByText(PINNED).waitFor());
    await chooseFor(ben, PINNED, 'Reply');
    await write(ben, 'Found it');
    const quote = new RegExp(`^In reply to .*: ${PINNED}$`);
    await each(everyone(), (who) => part(who, 'ils-chat').getByRole('button', { name: quote }).waitFor());
  });

  it('is moderated: a message is reported and deleted, and its author may not write for a while', async () => {
    await write(cleo, RUDE);
    await part(ben, 'ils-chat').getByText(RUDE, { exact: true }).waitFor();
    await chooseFor(ben, RUDE, 'Report message');
    await open(producer, 'Moderation');
    const desk = part(producer, 'ils-moderation');
    await desk.getByRole('button', { name: /^Reports/ }).click();
    const name = await selfName(cleo);
    await desk.getByRole('button', { name: `Delete the message of ${name}` }).click();
    await each([studio, ...viewers()], (who) =>
      part(who, 'ils-chat').getByText(RUDE, { exact: true }).waitFor({ state: 'hidden' }),
    );
    await desk.getByRole('button', { name: `Time out for 10 minutes: ${name}` }).click();
    await part(cleo, 'ils-chat').getByText('You cannot write for a while.').waitFor();
    await desk.getByRole('button', { name: /^Log/ }).click();
    await desk.getByText(new RegExp(`^Timed out ${name}`)).waitFor();
  });

  it('gives a gift that the site has paid for, and everyone sees it', async () => {
    await post(`/wallets/${await selfId(ben)}/credit`, { amount: 60 });
    const seen = each([studio, ...viewers()], (who) => part(who, 'ils-gift-feed').getByText('Star').first().waitFor());
    const tray = part(ben, 'ils-gift-tray');
    await tray.getByRole('button', { name: 'Send a gift' }).click();
    await tray.getByRole('radio', { name: /Star/ }).click();
    await tray.getByRole('button', { name: /^Send 50/ }).click();
    await seen;
    await each([studio, ...viewers()], (who) => hasGifts(who, 1, 50));
    await ben.page.keyboard.press('Escape');
  });

  it('reacts, and all viewers see it rise', async () => {
    const risen = each(viewers(), (who) =>
      part(who, 'ils-reactions').locator('[part~="reaction"]').first().waitFor({ state: 'attached' }),
    );
    await part(cleo, 'ils-reactions').getByRole('button').first().click();
    await risen;
  });

  it('brings somebody who raises a hand from the broadcast backstage, on stage, and back to the broadcast', async () => {
    await open(studio, 'Hands');
    await part(ben, 'ils-hand-raise')
      .getByRole('button', { name: /Raise hand/ })
      .click();
    await ben.page.keyboard.type('About the latency');
    await ben.page.keyboard.press('Enter');
    const queue = part(studio, 'ils-hand-queue');
    await queue.getByText('About the latency').waitFor();
    await queue.getByRole('button', { name: /^Invite / }).click();
    const offer = ben.page.getByRole('dialog');
    await offer.getByRole('button', { name: 'Camera' }).click();
    await offer.getByRole('button', { name: 'Microphone' }).click();
    await offer.getByRole('button', { name: 'Go on stage' }).click();
    await ben.page.getByText('You are backstage').waitFor();
    await seesPictures(ada, 1);

    // Talkback: held by the keyboard, heard backstage, and by nobody else.
    await queue.getByRole('button', { name: /^Talk to / }).focus();
    await studio.page.keyboard.down('Space');
    await queue.getByText(/hears you, and nobody else/).waitFor();
    const heard = part(ben, 'ils-hand-raise').getByText(/^Talkback from /);
    await heard.waitFor();
    const silent = await eventually(
      'the stage is silent',
      async () => [await receivedSound(ada), await receivedSound(ada, 500)] as const,
      ([one, other]) => one.packets === other.packets,
      PATIENCE_MS,
    );
    const { energy } = await receivedSound(ben);
    await eventually(
      'the guest hears the host',
      () => receivedSound(ben),
      (now) => now.energy > energy + 0.001,
      PATIENCE_MS,
    );
    assert.equal((await receivedSound(ada)).packets, silent[1].packets);
    await studio.page.keyboard.up('Space');
    await heard.waitFor({ state: 'detached' });
    await eventually(
      'the stage is heard again',
      () => receivedSound(ada),
      (now) => now.packets > silent[1].packets,
      PATIENCE_MS,
    );

    await queue.getByRole('button', { name: /^Bring on stage/ }).click();
    await each([ada, producer], (who) => seesPictures(who, 2));
    const { frames } = await receivedMedia(ada.page);
    await eventually(
      'frames of both are decoded',
      () => receivedMedia(ada.page),
      (now) => now.frames > frames + 20 && now.widths.length === 2,
      PATIENCE_MS,
    );
    await showsNewFrames(ada.page, 5, PATIENCE_MS);

    await queue.getByRole('button', { name: /^Backstage: / }).click();
    await ben.page.getByText('You are backstage').waitFor();
    await seesPictures(ada, 1);
    await queue.getByRole('button', { name: /^Send back/ }).click();
    await part(ben, 'ils-hand-raise')
      .getByRole('button', { name: /Raise hand/ })
      .waitFor();
    assert.equal(await selfRole(ben), 'audience');
    await playsBroadcast(ben);
  });

  it('shows captions that the site sends', async () => {
    const caption = { segmentId: 's-1', text: 'Good evening, everybody', language: 'en', final: true };
    const seen = each(viewers(), (who) => part(who, 'ils-captions').getByText(caption.text).first().waitFor());
    await post('/rooms/demo/captions', caption);
    await seen;
  });

  it('breaks nothing on any page', async () => {
    for (const who of everyone()) {
      assert.deepEqual(await violations(who.page), []);
      // A part of the broadcast that is not there yet may be told in red.
      assert.deepEqual(
        who.errors.filter((error) => !/Failed to load resource/.test(error)),
        [],
      );
    }
  });
});
