import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsOverlay } from '../../../src/elements/overlay/overlay.ts';
import type { OverlayContent } from '../../../src/protocol/index.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-overlay', IlsOverlay);

const lowerThird: OverlayContent = { kind: 'lowerThird', title: 'Ada Lovelace', subtitle: 'Analyst' };
const link: OverlayContent = { kind: 'link', text: 'Tonight', label: 'Tickets', url: 'https://example.com/t' };
const all: readonly OverlayContent[] = [
  { kind: 'message', from: 'chat', author: 'Grace', text: 'Hello', messageId: null },
  { kind: 'qrCode', title: 'Slides', url: 'https://example.com' },
  { kind: 'ticker', items: ['One', 'Two'] },
];

const show = async (options: FakeRoomOptions, attributes: Readonly<Record<string, string>> = {}) => {
  const room = createRoom({ messages: 2, ...options });
  const shown = await showElement('ils-overlay', room, { width: 640, height: 480, attributes });
  return { ...shown, room, texts: () => shown.findAll('.title').map(({ textContent }) => textContent?.trim()) };
};

const showConsole = async (options: FakeRoomOptions = {}) => {
  const shown = await show({ role: 'producer', ...options }, { console: '' });
  await until(() => shown.findAll('.console-header, .state').length > 0);
  return shown;
};

describe('<ils-overlay>', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, readonly [FakeRoomOptions, Readonly<Record<string, string>>]>> = {
      empty: [{}, {}],
      'with a name and a link': [{ overlays: { live: [lowerThird] } }, {}],
      'with much': [{ overlays: { live: all } }, {}],
      'with a slate': [
        {
          overlays: {
            live: [{ kind: 'slate', slate: 'break', title: 'Back soon', text: 'Tea', at: null, afterMs: 60_000 }],
          },
        },
        {},
      ],
      'as an empty console': [{ role: 'producer' }, { console: '' }],
      'as a console': [
        { role: 'producer', overlays: { cues: [lowerThird, ...all], current: 0, live: all } },
        { console: '' },
      ],
      'as a console of who may not': [{ role: 'viewer' }, { console: '' }],
    };
    for (const [name, [options, attributes]] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const { element, findAll } = await show(options, attributes);
          if ('console' in attributes) await until(() => findAll('.console-header, .state').length > 0);
          await atRest(element);
          await expect(element).to.be.accessible();
        });
      }
    }
  });

  it('lays the highlighted question over the picture, of a page and of a broadcast', async () => {
    const questions = { questions: [{ asker: 'Hedy', text: 'Is it on?' }], highlighted: 0 };
    for (const where of ['auto', 'picture']) {
      const { find } = await show({ questions }, { show: where });
      expect(find('.quote')?.textContent).to.equal('Is it on?');
      expect(find('.author')?.textContent).to.contain('Hedy').and.to.contain('Question');
    }
    const { findAll } = await show({ questions: { questions: questions.questions } });
    expect(findAll('.quote')).to.have.length(0);
  });

  it('shows what is on screen, and nothing that was cleared', async () => {
    const { room, element, texts } = await show({ role: 'producer' });
    expect(element.matches(':state(empty)')).to.equal(true);
    await room.actions.takeOverlay({ content: lowerThird, staysMs: null });
    await until(() => texts().includes('Ada Lovelace'));
    await room.actions.clearOverlays({ layer: null });
    await until(() => texts().length === 0);
  });

  it('draws a QR code as a path, and a countdown that ends at nothing', async () => {
    const countdown = { kind: 'countdown', title: 'Left', at: 1_000, afterMs: null } as const;
    const code = await show({ overlays: { live: all } });
    await until(() => code.findAll('svg.qr-code').length === 1);
    expect(code.find('svg.qr-code path').getAttribute('d')).to.match(/^M/);
    const past = await show({ overlays: { live: [countdown] } });
    expect(past.text('[part~="clock"]')).to.equal('0:00');
  });

  it('leads to web addresses and nowhere else', async () => {
    const { find, room, findAll } = await show({ role: 'producer', overlays: { live: [link] } });
    const anchor = find<HTMLAnchorElement>('a');
    expect([anchor.href, anchor.target, anchor.rel]).to.deep.equal([
      'https://example.com/t',
      '_blank',
      'noopener noreferrer',
    ]);
    await room.actions.takeOverlay({ content: { ...link, url: 'javascript:alert(1)' } as never, staysMs: null });
    await until(() => findAll('a').length === 0);
  });

  describe('beside a broadcast', () => {
    const beside = async (attributes: Readonly<Record<string, string>>) => {
      const shown = await show({ role: 'producer', broadcast: {} }, attributes);
      const { playback, features } = shown.room.store;
      playback.showing.value = 'program';
      playback.programTime.value = 0;
      const take = async (content: OverlayContent) => {
        await shown.room.actions.takeOverlay({ content, staysMs: null });
        return features.loaded.value.overlays?.screen.value.at(-1)?.from ?? 0;
      };
      return { ...shown, playback, take };
    };

    it('waits for the picture, and goes back with it', async () => {
      const { take, playback, texts, element } = await beside({ show: 'all' });
      const from = await take(lowerThird);
      await element.updateComplete;
      expect(texts()).to.deep.equal([]);
      playback.programTime.value = from;
      await until(() => texts().length === 1);
      playback.programTime.value = from - 1;
      await until(() => texts().length === 0);
    });

    it('shows the highlighted question with the picture, or at once where it should be live', async () => {
      for (const align of ['playhead', 'live']) {
        const { room, playback, findAll } = await beside({ show: 'all', align });
        const value = await room.actions.askQuestion({ text: 'Is it on?', isAnonymous: false });
        const slice = room.store.features.loaded.value.questions!;
        slice.highlighted.value = [{ from: 2_000, value: value.question }];
        await until(() => findAll('.quote').length === (align === 'live' ? 1 : 0));
        playback.programTime.value = 2_000;
        await until(() => findAll('.quote').length === 1);
        playback.programTime.value = 1_999;
        await until(() => findAll('.quote').length === (align === 'live' ? 1 : 0));
      }
    });

    it('does not wait where it should be live', async () => {
      const { take, texts } = await beside({ show: 'all', align: 'live' });
      await take(lowerThird);
      await until(() => texts().length === 1);
    });

    it('draws only links over a picture that has all others, and none into it', async () => {
      const over = await beside({ align: 'live' });
      await over.take(lowerThird);
      await over.element.updateComplete;
      expect(over.texts()).to.deep.equal([]);
      await over.take(link);
      await until(() => over.findAll('a').length === 1);
      const into = await beside({ align: 'live', show: 'picture' });
      await into.take(link);
      await into.element.updateComplete;
      expect(into.findAll('a')).to.deep.equal([]);
    });
  });

  describe('as a console', () => {
    const titles = (findAll: (selector: string) => HTMLElement[]) =>
      findAll('.cue-title').map(({ textContent }) => textContent?.trim());

    it('adds a cue by its form, by the keyboard alone', async () => {
      const { find, findAll, room } = await showConsole();
      find('.add').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => findAll('.form').length === 1);
      find<HTMLInputElement>('input[name="title"]').focus();
      await sendKeys({ type: 'Ada' });
      await sendKeys({ press: 'Enter' });
      await until(() => titles(findAll).includes('Ada'));
      expect(findAll('.form')).to.deep.equal([]);
      expect(room.calls.map(({ action }) => action)).to.deep.equal(['saveCue']);
    });

    it('adds a slate of each kind, with words of its own unless it is given others', async () => {
      const { find, findAll, room } = await showConsole();
      const choose = (selector: string, value: string) => {
        const select = find<HTMLSelectElement>(selector);
        select.value = value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      };
      const title = () => find<HTMLInputElement>('input[name="title"]');
      const add = async (slate: string, words?: string) => {
        find('.add').click();
        await until(() => findAll('select[name="kind"]').length === 1);
        choose('select[name="kind"]', 'slate');
        await until(() => findAll('select[name="slate"]').length === 1);
        if (words !== undefined) title().value = words;
        choose('select[name="slate"]', slate);
        find<HTMLButtonElement>('.form [type="submit"]').click();
        await until(() => findAll('.form').length === 0);
      };
      await add('ended');
      await add('break', 'Tea');
      await add('startingSoon');
      const cues = room.calls.map(({ args: [data] }) => Object(data).cue.content);
      expect(cues.map(({ slate, title: words }) => [slate, words])).to.deep.equal([
        ['ended', 'Thank you for being there.'],
        ['break', 'Tea'],
        ['startingSoon', 'Starting soon'],
      ]);
    });

    it('quotes a message of the chat', async () => {
      const { find, findAll, room } = await showConsole();
      find('.add').click();
      await until(() => findAll('select[name="kind"]').length === 1);
      const choose = async (selector: string, value: string) => {
        const select = find<HTMLSelectElement>(selector);
        select.value = value;
        select.dispatchEvent(new Event('change'));
      };
      await choose('select[name="kind"]', 'message');
      await until(() => findAll('select:not([name])').length === 1);
      const message = room.store.chat.log.at(0)!;
      await choose('select:not([name])', message.id);
      await until(() => find<HTMLInputElement>('input[name="author"]').value === message.author.name);
      find('button[type="submit"]').click();
      await until(() => titles(findAll).length === 1);
      const [cue] = room.store.features.loaded.value.overlays!.runOfShow.value!.cues;
      expect(cue?.content).to.deep.include({ kind: 'message', messageId: message.id, text: message.text });
    });

    it('takes the next, says what is live, moves, removes and clears', async () => {
      const cues = [lowerThird, ...all];
      const { part, find, findAll, room } = await showConsole({ overlays: { cues } });
      part('next-button').click();
      await until(() => findAll('.cue.on').length === 1);
      part('next-button').click();
      await until(() => findAll('.cue')[1]?.matches('.on'));
      find('.cue:nth-child(3) [aria-label^="Move up"]').click();
      await until(() => titles(findAll)[1] === 'Slides');
      find('.cue:nth-child(1) [aria-label^="Remove"]').click();
      await until(() => findAll('.cue').length === 3);
      find('.live-item [part~="clear-button"]').click();
      await until(() => findAll('.live-item').length === 0);
      expect(room.calls.map(({ action }) => action)).to.deep.equal([
        'takeCue',
        'takeCue',
        'moveCue',
        'removeCue',
        'clearOverlays',
      ]);
    });

    it('says what the server refused', async () => {
      const { part, room, findAll } = await showConsole({ overlays: { cues: [lowerThird] } });
      room.failNext('takeCue', 'unavailable');
      part('next-button').click();
      await until(() => findAll('[role="alert"], .banner').length > 0);
    });
  });
});
