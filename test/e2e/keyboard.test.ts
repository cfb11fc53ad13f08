import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { DEVELOPMENT_API_KEY } from '../../server/src/config/config.ts';
import { part } from './support/audience-pages.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { passesThrough, press, reach } from './support/keyboard.ts';
import { violations } from './support/media-probe.ts';
import { chatTexts, ownSource, selfId, selfRole, waitForState } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

/** All that one takes part by, on one page, with nothing before it that joins by itself. */
const SEAT = `<ils-room room="demo" token-url="/dev/token?role=viewer">
  <ils-player></ils-player><ils-controls></ils-controls>
  <ils-hand-raise></ils-hand-raise><ils-gift-tray></ils-gift-tray>
  <ils-chat></ils-chat><ils-poll></ils-poll><ils-qa></ils-qa>
</ils-room>`;

/** Whole flows of people who have no mouse: Tab, arrows, Enter, Space, Escape and letters are all that is pressed. */
describe('by keyboard alone', { timeout: 480_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;
  let viewer: WatchedPage;

  before(async () => {
    server = await RoomServer.start(['--workers', '1']);
    await server.addPage('seat', SEAT);
    browser = await launchChromium(AUTOPLAY);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const text = (who: WatchedPage, tag: string, words: string) => () =>
    part(who, tag).getByText(words, { exact: true }).first().waitFor();
  const hasRole = (role: string) => () =>
    eventually(
      'the role',
      () => selfRole(viewer),
      (own) => own === role,
      30_000,
    );
  const panel = async (name: string) => {
    await reach(studio.page, /^(Chat|People|Hands|Q&A|Poll|Rooms|Moderation|Broadcast)$/, 'Shift+Tab');
    await reach(studio.page, name, 'ArrowRight');
  };

  it('a host goes live', async () => {
    studio = await openPage(browser, `${server.origin}/studio`);
    await studio.page.getByLabel('Your name').waitFor();
    await passesThrough(studio.page);
    await reach(studio.page, 'Your name');
    await studio.page.keyboard.type('Ada');
    const { status } = await ownSource(studio, 'camera');
    if (status === 'off') {
      await press(studio.page, 'Turn on camera and microphone', {
        by: 'Shift+Tab',
        effect: () =>
          eventually(
            'the camera',
            () => ownSource(studio, 'camera'),
            ({ status: now }) => now === 'live',
          ),
      });
    }
    await press(studio.page, 'Join', { effect: () => waitForState(studio, 'joined') });
    await eventually(
      'on the air',
      () => ownSource(studio, 'camera'),
      ({ published }) => published === true,
    );
    await passesThrough(studio.page);
  });

  it('a viewer joins, chats and replies', async () => {
    viewer = await openPage(browser, `${server.origin}/seat`);
    await viewer.page.getByRole('button', { name: 'Watch' }).waitFor();
    await press(viewer.page, 'Watch', { effect: () => waitForState(viewer, 'joined') });
    await reach(viewer.page, 'Message');
    await viewer.page.keyboard.type('Good evening');
    await press(viewer.page, 'Message', { effect: text(studio, 'ils-chat', 'Good evening') });
    await reach(studio.page, 'Message');
    await studio.page.keyboard.type('Welcome');
    await press(studio.page, 'Message', { effect: text(viewer, 'ils-chat', 'Welcome') });

    await reach(viewer.page, 'Chat messages', 'Shift+Tab');
    await viewer.page.keyboard.press('ArrowUp');
    await press(viewer.page, /Welcome/, {
      by: 'ArrowUp',
      effect: () => viewer.page.getByRole('menuitem', { name: 'Reply' }).waitFor(),
    });
    await press(viewer.page, 'Reply', {
      by: 'ArrowDown',
      effect: () => part(viewer, 'ils-chat').getByText('Replying to Ada').first().waitFor(),
    });
    await viewer.page.keyboard.type('Thank you');
    await press(viewer.page, 'Message', { effect: text(studio, 'ils-chat', 'Thank you') });
    assert.deepEqual((await chatTexts(studio)).slice(-3), ['Good evening', 'Welcome', 'Thank you']);
    await passesThrough(viewer.page);
  });

  it('a host launches a poll, and the viewer votes', async () => {
    await panel('Poll');
    await press(studio.page, 'New poll', {
      effect: () => part(studio, 'ils-poll').getByRole('textbox', { name: 'Option 1' }).waitFor(),
    });
    for (const [field, words] of [
      ['Question', 'Tea or coffee?'],
      ['Option 1', 'Tea'],
      ['Option 2', 'Coffee'],
    ] as const) {
      await reach(studio.page, field);
      await studio.page.keyboard.type(words);
    }
    await press(studio.page, 'Launch', { effect: () => viewer.page.getByRole('radio', { name: 'Coffee' }).waitFor() });
    await press(viewer.page, /^(Tea|Coffee)$/, { key: 'Space', effect: async () => undefined });
    await press(viewer.page, 'Vote', { effect: () => viewer.page.getByText('Your answer is in.').waitFor() });
    await press(studio.page, 'Close the poll', {
      effect: () => part(viewer, 'ils-poll').getByText('Closed', { exact: true }).first().waitFor(),
    });
  });

  it('a viewer asks, gives, and raises a hand', async () => {
    await reach(viewer.page, 'Your question');
    await viewer.page.keyboard.type('Will there be a recording?');
    await press(viewer.page, 'Your question', { effect: text(viewer, 'ils-qa', 'Will there be a recording?') });

    const credited = await fetch(`${server.origin}/api/v1/wallets/${await selfId(viewer)}/credit`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${DEVELOPMENT_API_KEY}`,
        'content-type': 'application/json',
        'idempotency-key': 'one',
      },
      body: JSON.stringify({ amount: 60 }),
    });
    assert.ok(credited.ok);
    const tray = part(viewer, 'ils-gift-tray');
    await press(viewer.page, 'Send a gift', { effect: () => tray.getByRole('radio').first().waitFor() });
    await reach(viewer.page, /Rose|Star|Heart|Clap/);
    await reach(viewer.page, /Star/, 'ArrowRight');
    await viewer.page.keyboard.press('Space');
    await press(viewer.page, /^Send\s*50/, {
      effect: () => part(studio, 'ils-gift-feed').getByText('Star').first().waitFor(),
    });
    await viewer.page.keyboard.press('Escape');
    await press(viewer.page, 'Send a gift', { key: 'Tab', effect: async () => undefined });

    await press(viewer.page, /^Raise hand/, { effect: () => viewer.page.getByLabel('What it is about').waitFor() });
    await reach(viewer.page, 'What it is about');
    await viewer.page.keyboard.type('About the sound');
    await press(viewer.page, 'What it is about', {
      effect: () => part(viewer, 'ils-hand-raise').getByText('Your hand is up').waitFor(),
    });
  });

  it('a host invites, and the viewer accepts', async () => {
    await panel('Hands');
    await press(studio.page, /^Invite /, { effect: () => viewer.page.getByRole('dialog').waitFor() });
    await press(viewer.page, 'Microphone', { key: 'Space', effect: async () => undefined });
    await press(viewer.page, 'Go on stage', { effect: hasRole('guest') });
    await passesThrough(viewer.page);
  });

  it('a host admits who waits in the lobby, and moderates', async () => {
    await panel('Moderation');
    await reach(studio.page, /^(Waiting|Reports|Rules)/);
    await press(studio.page, 'Rules', { effect: () => studio.page.getByRole('combobox', { name: 'Lobby' }).waitFor() });
    // The list of choices, which all are its text.
    const lobby = studio.page.getByRole('combobox', { name: 'Lobby' });
    await press(studio.page, /^OffFor those below: Host/, {
      key: 'ArrowDown',
      effect: () =>
        eventually(
          'the lobby',
          () => lobby.inputValue(),
          (below) => below === 'host',
        ),
    });
    const newcomer = await openPage(browser, `${server.origin}/watch`);
    await newcomer.page.getByText('You are in the lobby').first().waitFor();
    await press(studio.page, /^Lobby\s*1?$/, {
      by: 'Shift+Tab',
      effect: () => studio.page.getByRole('button', { name: /^Let in: / }).waitFor(),
    });
    await press(studio.page, /^Let in: /, { effect: () => waitForState(newcomer, 'joined') });
    await newcomer.context.close();

    await panel('Chat');
    await reach(studio.page, 'Chat messages');
    await studio.page.keyboard.press('ArrowUp');
    await press(studio.page, /Good evening/, {
      by: 'ArrowUp',
      effect: () => studio.page.getByRole('menuitem', { name: 'Delete message' }).waitFor(),
    });
    await press(studio.page, /^Delete message/, {
      by: 'ArrowDown',
      effect: text(viewer, 'ils-chat', 'Message deleted'),
    });
  });

  it('a guest leaves, and the host ends the show', async () => {
    await press(viewer.page, 'Leave', { by: 'Shift+Tab', effect: () => waitForState(viewer, 'left') });
    await press(studio.page, 'Leave or end', {
      by: 'Shift+Tab',
      effect: () => studio.page.getByRole('menu', { name: 'Leave or end' }).waitFor(),
    });
    await press(studio.page, /^End/, {
      by: 'ArrowDown',
      effect: () => studio.page.getByRole('alertdialog').or(studio.page.getByRole('dialog')).first().waitFor(),
    });
    await press(studio.page, 'End for everyone', { effect: () => waitForState(studio, 'ended') });
  });

  it('breaks nothing', async () => {
    for (const { page, errors } of [studio, viewer]) {
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(errors, []);
    }
  });
});
