import { expect } from '@open-wc/testing';
import { html, render } from 'lit';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsChat } from '../../../src/elements/chat/chat.ts';
import { IlsGiftFeed } from '../../../src/elements/gift-feed/gift-feed.ts';
import { IlsPlayer } from '../../../src/elements/player/player.ts';
import { IlsPoll } from '../../../src/elements/poll/poll.ts';
import type { ChatMessage, Gift, PollView } from '../../../src/protocol/index.ts';
import { ChatLedger } from '../../../src/room/chat-ledger.ts';
import { openRecordedRoom } from '../../../src/room/recorded-room.ts';
import { createStore } from '../../../src/store/store.ts';
import { until } from '../show-element.ts';

defineElement('ils-chat', IlsChat);
defineElement('ils-gift-feed', IlsGiftFeed);
defineElement('ils-player', IlsPlayer);
defineElement('ils-poll', IlsPoll);

const STARTED_AT = 1_000_000;
const author = { id: 'ada', name: 'Ada', role: 'viewer' } as ChatMessage['author'];

const line = (offset: number, name: string, data: object): string =>
  JSON.stringify({ at: STARTED_AT + offset, offset, name, data });
const said = (offset: number, index: number, text: string): string => {
  const message = { id: `m${index}`, index, author, text, sentAt: STARTED_AT + offset, deleted: false };
  return line(offset, 'chatSent', { message });
};
const polled = (offset: number, state: PollView['state'], revision: number): string => {
  const ended = state === 'closed';
  const poll = {
    id: 'tea',
    question: 'Tea?',
    kind: 'single',
    options: ['Yes', 'No'],
    maxChoices: 1,
    scale: 5,
    range: null,
    unit: '',
    anonymous: false,
    changeable: false,
    results: 'closed',
    voters: null,
    watchers: null,
    quiz: null,
    durationMs: null,
    launchAt: null,
    state,
    createdAt: 0,
    openedAt: STARTED_AT,
    closesAt: null,
    revision,
    closedAt: ended ? STARTED_AT + offset : null,
    revealedAt: null,
    tally: null,
  };
  return line(offset, 'pollChanged', { poll });
};
const gave = (offset: number, index: number): string => {
  const item = { id: 'rose', name: 'Rose', price: 5, art: 'rose', animation: 'rise' } as const;
  const gift: Gift = {
    id: `g${index}`,
    index,
    item,
    count: 1,
    amount: 5,
    combo: 1,
    from: author,
    to: null,
    sentAt: STARTED_AT + offset,
  };
  const { id, name } = author;
  const totals = { gifts: index + 1, amount: (index + 1) * 5 };
  return line(offset, 'giftSent', { gift, totals, gifter: { id, name, ...totals } });
};

const LINES = [
  said(0, 0, 'Hello'),
  polled(0, 'open', 1),
  gave(2_000, 0),
  said(5_000, 1, 'Nice'),
  'not JSON',
  polled(6_000, 'closed', 2),
  gave(8_000, 1),
  said(9_000, 2, 'Bye'),
].join('\n');

/** What happened in a room, at the playhead of a player that the test moves. */
async function openRoom(lines: string) {
  const store = createStore();
  const room = openRecordedRoom(store, new ChatLedger(store));
  const url = URL.createObjectURL(new Blob([lines]));
  room.use('polls');
  room.use('gifts');
  room.load(url);
  const { log } = store.chat;
  await until(() => log.total > 0 && Object.keys(store.features.loaded.value).length === 2);
  return {
    store,
    log,
    said: () => Array.from({ length: log.total }, (_, index) => log.at(index)?.text),
    poll: () => store.features.loaded.value.polls?.byId.value.values().next().value?.state,
    given: () => store.features.loaded.value.gifts?.totals.value,
    /** The address may begin its time line anywhere. */
    async moveTo(offset: number) {
      const timeline = { live: false, position: 7 + offset / 1_000, start: 7, end: 3_600, atLive: false };
      store.playback.timeline.value = timeline;
      // What features ask for is answered at once, though by a promise.
      await new Promise((resolve) => setTimeout(resolve));
    },
    close() {
      room.close();
      URL.revokeObjectURL(url);
    },
  };
}

describe('a recording with what happened in its room', () => {
  it('is accessible, and shows its chat, polls and gifts beside the player, without a room', async () => {
    const events = URL.createObjectURL(new Blob([LINES]));
    const host = document.createElement('div');
    document.body.append(host);
    render(
      html`<ils-chat for="replayed" style="height: 300px"></ils-chat>
        <ils-poll for="replayed"></ils-poll>
        <ils-gift-feed for="replayed"></ils-gift-feed>
        <ils-player id="replayed" src="data:video/mp4;base64," events=${events}></ils-player>`,
      host,
    );
    const words = (tag: string) => host.querySelector(tag)?.shadowRoot?.textContent ?? '';
    await until(() => words('ils-chat').includes('Hello') && words('ils-poll').includes('Tea?'));
    expect(words('ils-chat')).not.to.include('Nice');
    await expect(host).to.be.accessible();
    host.remove();
    URL.revokeObjectURL(events);
  });

  it('lets it happen again as far as the viewer has got, there and back', async () => {
    const { said: words, poll, given, moveTo, close } = await openRoom(LINES);
    const seen = () => [words().length, poll(), given()?.gifts];
    expect(seen()).to.deep.equal([1, 'open', 0]);
    for (const [offset, expected] of [
      [2_500, [1, 'open', 1]],
      [5_000, [2, 'open', 1]],
      [60_000, [3, 'closed', 2]],
      [1_000, [1, 'open', 0]],
      [9_000, [3, 'closed', 2]],
      [8_500, [2, 'closed', 2]],
    ] as const) {
      await moveTo(offset);
      expect(seen()).to.deep.equal(expected);
    }
    expect(given()?.amount).to.equal(10);
    close();
  });

  it('goes over as many events as an evening has without losing its place', async () => {
    const { log, moveTo, close } = await openRoom(
      Array.from({ length: 20_000 }, (_, index) => said(index * 30, index, `${index}`)).join('\n'),
    );
    for (const offset of [600_000, 15_000, 19_000, 300_000, 299_990]) {
      await moveTo(offset);
      expect(log.total).to.equal(Math.min(20_000, Math.floor(offset / 30) + 1));
    }
    close();
  });
});
