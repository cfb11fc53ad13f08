import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { IlsChat } from '../../../src/elements/chat/chat.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { createRoom, drawn, until, type Shown } from '../show-element.ts';
import { showChat } from './show-chat.ts';

const show = (options: FakeRoomOptions = {}) => showChat(createRoom(options));

const messages = (chat: Shown<IlsChat>) => chat.findAll('.message[data-index]');
const lastMessage = (chat: Shown<IlsChat>) => messages(chat).at(-1)!;

describe('ils-chat', () => {
  describe('the list', () => {
    it('shows the newest message at its end', async () => {
      const chat = await show({ messages: 1_000 });
      expect(lastMessage(chat).dataset.index).to.equal('999');
      const log = chat.part('log').getBoundingClientRect();
      const bottom = lastMessage(chat).getBoundingClientRect().bottom;
      expect(bottom).to.be.within(log.bottom - 30, log.bottom);
    });

    it('holds few rows of many', async () => {
      const chat = await show({ messages: 100_000 });
      expect(messages(chat).length).to.be.within(8, 60);
    });

    it('fills the view, whatever the heights of the rows', async () => {
      const chat = await show({ messages: Array.from({ length: 200 }, () => ({ author: 'Ada', text: 'x' })) });
      const log = chat.part('log').getBoundingClientRect();
      expect(messages(chat)[0]!.getBoundingClientRect().top).to.be.at.most(log.top);
    });

    it('keeps to the newest while it is in view', async () => {
      const room = createRoom({ messages: 100 });
      const chat = await showChat(room);
      for (let more = 0; more < 50; more++) room.say('Ada', `more ${more}`);
      await drawn(chat.element);
      expect(lastMessage(chat).textContent).to.contain('more 49');
      expect(chat.part('log').scrollTop).to.equal(0);
    });

    it('draws once a frame, however many messages come', async () => {
      const room = createRoom({ messages: 100 });
      const chat = await showChat(room);
      let drawings = 0;
      chat.element.addController({ hostUpdated: () => drawings++ });
      for (let more = 0; more < 1_000; more++) room.say(`Viewer ${more % 97}`, `more ${more}`);
      await chat.element.updateComplete;
      expect(drawings, 'before the frame').to.equal(0);
      await until(() => lastMessage(chat).textContent!.includes('more 999'));
      await drawn(chat.element);
      expect(drawings).to.be.at.most(3);
      expect(messages(chat).length).to.be.below(60);
    });

    it('stands still while one reads above, and counts what is new', async () => {
      const room = createRoom({ messages: 500 });
      const chat = await showChat(room);
      const log = chat.part('log');
      log.scrollTop = -1_500;
      await drawn(chat.element);
      const watched = messages(chat)[10]!;
      const index = watched.dataset.index!;
      const before = watched.getBoundingClientRect().top;
      for (let more = 0; more < 30; more++) room.say('Ada', `more ${more}`);
      await drawn(chat.element);
      const after = chat.find(`[data-index="${index}"]`).getBoundingClientRect().top;
      expect(after).to.be.closeTo(before, 1);
      expect(chat.text('[part~=jump-button]')).to.equal('30 new messages');
      expect(chat.element.matches(':state(scrolled)')).to.equal(true);
    });

    it('comes back to the newest by the button', async () => {
      const room = createRoom({ messages: 500 });
      const chat = await showChat(room);
      chat.part('log').scrollTop = -2_000;
      await drawn(chat.element);
      room.say('Ada', 'the newest');
      await drawn(chat.element);
      chat.part('jump-button').click();
      await drawn(chat.element);
      expect(lastMessage(chat).textContent).to.contain('the newest');
      expect(chat.findAll('[part~=jump-button]')).to.have.length(0);
    });

    it('lets one read on into what is new', async () => {
      const room = createRoom({ messages: 300 });
      const chat = await showChat(room);
      const log = chat.part('log');
      log.scrollTop = -900;
      await drawn(chat.element);
      for (let more = 0; more < 40; more++) room.say(`Viewer ${more}`, `more ${more}`);
      await drawn(chat.element);
      log.scrollTop = -120;
      await until(() => -log.scrollTop > 1_000, 'the rows below are as high as they are');
      expect(chat.findAll('[data-index="299"]')).to.have.length(1);
    });

    it('keeps its place when history is loaded above', async () => {
      const room = createRoom({ messages: 1_000, loadedMessages: 30 });
      const chat = await showChat(room);
      const log = chat.part('log');
      log.scrollTop = -1_100;
      await drawn(chat.element);
      const known = chat.find('.message[data-index]');
      const index = known.dataset.index!;
      const before = known.getBoundingClientRect().top;
      await until(() => chat.findAll('.hole').length === 0, 'history is loaded');
      await drawn(chat.element);
      expect(chat.find(`[data-index="${index}"]`).getBoundingClientRect().top).to.be.closeTo(before, 1);
      expect(chat.events.some(({ type }) => type === 'ils-load-chat-request')).to.equal(true);
    });

    it('says when history does not load, and loads it on demand', async () => {
      const room = createRoom({ messages: 400, loadedMessages: 3 });
      room.failNext('loadChat', 'unavailable');
      const chat = await showChat(room);
      await until(() => chat.findAll('[part~=notice]').length === 1);
      expect(chat.text('[part~=notice]')).to.contain('did not load');
      chat.find('[part~=notice] button').click();
      await until(() => chat.findAll('.hole').length === 0);
      expect(chat.findAll('[part~=notice]')).to.have.length(0);
    });

    it('goes to the first message by Home and back by End', async () => {
      const chat = await show({ messages: 20_000 });
      lastMessage(chat).focus();
      await sendKeys({ press: 'Home' });
      await until(() => chat.findAll('[data-index="0"]').length === 1);
      const top = chat.find('[data-index="0"]').getBoundingClientRect().top;
      expect(top).to.be.closeTo(chat.part('log').getBoundingClientRect().top, 12);
      await sendKeys({ press: 'End' });
      await until(() => chat.findAll('[data-index="19999"]').length === 1);
      expect(chat.part('log').scrollTop).to.equal(0);
    });

    /** Until `stop` the list does not see that nobody scrolls, however slowly frames come. */
    function keepScrolling(): { stop(): void } {
      const { setTimeout } = window;
      const held: (() => void)[] = [];
      const hold = (callback: () => void, delay?: number) =>
        delay === 150 ? held.push(callback) && 0 : setTimeout(callback, delay);
      Object.assign(window, { setTimeout: hold });
      return {
        stop() {
          Object.assign(window, { setTimeout });
          held.at(-1)?.();
        },
      };
    }

    it('lets the scroll bar be dragged to its top', async () => {
      const room = createRoom({ messages: 20_000 });
      const chat = await showChat(room);
      const log = chat.part('log');
      const { scrollHeight, clientHeight } = log;
      const reach = scrollHeight - clientHeight;
      const finger = keepScrolling();
      try {
        for (let step = 1; step < 10; step++) {
          // A browser works out where the thumb is from these two.
          const to = -Math.round((reach * step) / 10);
          log.scrollTop = to;
          room.say('Ada', `meanwhile ${step}`);
          await drawn(chat.element);
          expect(log.scrollHeight, `height at step ${step}`).to.equal(scrollHeight);
          expect(log.scrollTop, `place at step ${step}`).to.equal(to);
          const view = log.getBoundingClientRect();
          const rows = messages(chat).map((row) => row.getBoundingClientRect());
          expect(rows[0]!.top, `filled at step ${step}`).to.be.at.most(view.top);
          expect(rows.at(-1)!.bottom, `filled at step ${step}`).to.be.at.least(view.bottom);
        }
        log.scrollTop = -reach;
        await drawn(chat.element);
      } finally {
        finger.stop();
      }
      await drawn(chat.element);
      const top = chat.find('[data-index="0"]').getBoundingClientRect().top;
      expect(top).to.be.closeTo(log.getBoundingClientRect().top, 12);
    });

    /** What ends Chromium's smooth scroll: another height of the content in any layout, or a position written by script. */
    function watchForBreaks(log: HTMLElement): { readonly found: string[]; stop(): void } {
      const content = log.firstElementChild!;
      const found: string[] = [];
      let height: number | undefined;
      const sizes = new ResizeObserver(([entry]) => {
        const now = entry!.borderBoxSize[0]!.blockSize;
        if (height !== undefined && now !== height) found.push(`height ${height} → ${now}`);
        height = now;
      });
      sizes.observe(content);
      const position = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop')!;
      Object.defineProperty(log, 'scrollTop', {
        configurable: true,
        get: () => position.get!.call(log),
        set(to: number) {
          found.push(`written ${to}`);
        },
      });
      return {
        found,
        stop() {
          sizes.disconnect();
          Reflect.deleteProperty(log, 'scrollTop');
        },
      };
    }

    for (const by of ['Page Up', 'the wheel'])
      it(`lets ${by} go all its way up, while messages come`, async () => {
        const room = createRoom({ messages: 2_000 });
        const chat = await showChat(room);
        const log = chat.part('log');
        room.say('Ada', 'just before');
        const finger = keepScrolling();
        const breaks = watchForBreaks(log);
        try {
          await drawn(chat.element);
          breaks.found.length = 0;
          const turn =
            by === 'Page Up'
              ? new KeyboardEvent('keydown', { key: 'PageUp' })
              : new WheelEvent('wheel', { deltaY: -1 });
          log.dispatchEvent(turn);
          // As the browser does it, frame by frame: the first ones move by less than a pixel.
          for (const to of [0, 0.5, 1, 3, 14, 49, 105, 175, 250, 315, 361, 387, 393]) {
            log.scrollTo(0, -to);
            room.say('Ada', `meanwhile at ${to}`);
            await drawn(chat.element);
            expect(breaks.found, `at ${to}`).to.deep.equal([]);
            expect(-log.scrollTop).to.be.closeTo(to, 1);
          }
        } finally {
          breaks.stop();
          finger.stop();
        }
        await drawn(chat.element);
        expect(chat.text('[part~=jump-button]')).to.equal('13 new messages');
      });

    it('follows again after a turn upwards that led nowhere', async () => {
      const room = createRoom({ messages: 100 });
      const chat = await showChat(room);
      const finger = keepScrolling();
      chat.part('log').dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
      finger.stop();
      room.say('Ada', 'the newest');
      await drawn(chat.element);
      expect(lastMessage(chat).textContent).to.contain('the newest');
    });

    it('measures again when its width changes', async () => {
      const chat = await show({ messages: 400 });
      chat.part('log').scrollTop = -3_000;
      await drawn(chat.element);
      chat.element.parentElement!.style.width = '240px';
      await drawn(chat.element);
      const log = chat.part('log').getBoundingClientRect();
      const rows = messages(chat).map((row) => row.getBoundingClientRect());
      expect(rows[0]!.top).to.be.at.most(log.top);
      expect(rows.at(-1)!.bottom).to.be.at.least(log.bottom);
      for (const [place, row] of rows.entries())
        if (place > 0) expect(row.top).to.be.closeTo(rows[place - 1]!.bottom, 1);
    });

    it('has a height of its own where nothing around it has one', async () => {
      const room = createRoom({ messages: 5_000 });
      const chat = await showChat(room);
      chat.element.parentElement!.style.height = 'auto';
      await drawn(chat.element);
      expect(chat.part('log').getBoundingClientRect().height).to.be.closeTo(320, 1);
      expect(messages(chat).length).to.be.below(60);
    });

    it('starts again when the room is another', async () => {
      const first = createRoom({ messages: 200 });
      const chat = await showChat(first);
      const second = createRoom({ messages: [{ author: 'Grace', text: 'the other room' }] });
      chat.host.headless = second;
      await drawn(chat.element);
      expect(messages(chat)).to.have.length(1);
      first.say('Ada', 'heard by nobody');
      await drawn(chat.element);
      expect(messages(chat)).to.have.length(1);
    });

    it('is the same after it was moved in the page', async () => {
      const room = createRoom({ messages: 300 });
      const chat = await showChat(room);
      const { parentElement } = chat.element;
      chat.element.remove();
      parentElement!.append(chat.element);
      room.say('Ada', 'after the move');
      await drawn(chat.element);
      expect(lastMessage(chat).textContent).to.contain('after the move');
      expect(messages(chat).length).to.be.greaterThan(5);
    });
  });

  describe('announcements', () => {
    const spoken = (chat: Shown<IlsChat>) => chat.find('[aria-live=polite]').textContent!.trim();

    it('are silent in the log itself', async () => {
      const chat = await show({ messages: 3 });
      expect(chat.part('log').getAttribute('role')).to.equal('log');
      expect(chat.part('log').getAttribute('aria-live')).to.equal('off');
      expect(spoken(chat)).to.equal('');
    });

    it('read a single message out and sum many up', async () => {
      const room = createRoom({ messages: 3 });
      const chat = await showChat(room);
      room.say('Ada', 'hello');
      await until(() => spoken(chat) === 'Ada: hello');
      for (let more = 0; more < 200; more++) room.say('Grace', `number ${more}`);
      await drawn(chat.element);
      expect(spoken(chat), 'not at once').to.equal('Ada: hello');
      await until(() => spoken(chat) === '200 new messages. Grace: number 199', 'after a while');
    });

    it('leave out what one says oneself', async () => {
      const room = createRoom();
      const chat = await showChat(room);
      await room.actions.sendChat('mine');
      room.say('Ada', 'hers');
      await until(() => spoken(chat) !== '');
      expect(spoken(chat)).to.equal('Ada: hers');
    });
  });
});
