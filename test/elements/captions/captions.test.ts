import { expect } from '@open-wc/testing';
import { IlsCaptions } from '../../../src/elements/captions/captions.ts';
import { defineElement } from '../../../src/elements/define-element.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-captions', IlsCaptions);

const show = async (options: FakeRoomOptions = {}, attributes: Readonly<Record<string, string>> = {}) => {
  const room = createRoom(options);
  const shown = await showElement('ils-captions', room, { width: 640, height: 360, attributes });
  return { ...shown, room, words: () => shown.findAll('.words').map(({ textContent }) => textContent) };
};

/** A recogniser that a test speaks for. */
class Recogniser extends EventTarget {
  static current: Recogniser | undefined;
  lang = '';
  started = 0;
  start(): void {
    Recogniser.current = this;
    this.started += 1;
  }
  abort(): void {
    this.dispatchEvent(new Event('end'));
  }
  say(transcript: string, isFinal: boolean): void {
    const result = Object.assign([{ transcript }], { isFinal });
    this.dispatchEvent(Object.assign(new Event('result'), { resultIndex: 0, results: [result] }));
  }
}

describe('<ils-captions>', () => {
  beforeEach(() => localStorage.removeItem('ils-captions'));
  after(() => localStorage.removeItem('ils-captions'));

  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      idle: {},
      'with two lines': { captions: [{ text: 'Hello', speaker: 'Ada' }, { text: 'Good evening' }] },
      'with a draft': { captions: [{ text: 'Hello ev', draft: true }] },
    };
    for (const [name, options] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const { element, part } = await show(options);
          await expect(element).to.be.accessible();
          part('settings-button').click();
          await until(() => element.shadowRoot!.querySelector('.settings:popover-open'));
          await atRest(element);
          await expect(element).to.be.accessible();
        });
      }
    }
  });

  it('shows the last two lines, the one being said among them', async () => {
    const { room, words, element } = await show({ captions: [{ text: 'One' }, { text: 'Two' }, { text: 'Three' }] });
    expect(words()).to.deep.equal(['Two', 'Three']);
    room.hear({ text: 'Fo', draft: true });
    await until(() => words().join() === 'Three,Fo');
    room.hear({ text: 'Four' });
    await until(() => words().join() === 'Three,Four');
    expect(element.matches(':state(empty)')).to.equal(false);
  });

  it('waits for the picture of a broadcast, and goes back with it', async () => {
    const { room, words } = await show({ broadcast: {} });
    const { playback, features } = room.store;
    playback.showing.value = 'program';
    playback.programTime.value = 0;
    room.hear({ text: 'Late' });
    const at = features.loaded.value.captions!.spoken.value[0]!.endedAt;
    expect(words()).to.deep.equal([]);
    playback.programTime.value = at;
    await until(() => words().join() === 'Late');
    playback.programTime.value = at - 1;
    await until(() => words().length === 0);
  });

  it('is read as its viewer likes it, the next time too', async () => {
    const captions = [{ text: 'Hello' }, { text: 'Hallo', language: 'de' }];
    const first = await show({ captions });
    const [size, , position, language] = first.findAll<HTMLSelectElement>('.settings select');
    for (const [select, value] of [
      [size, 'large'],
      [position, 'top'],
      [language, 'de'],
    ] as const) {
      select!.value = value;
      select!.dispatchEvent(new Event('change'));
    }
    await until(() => first.words().join() === 'Hallo');
    const second = await show({ captions });
    expect(second.words()).to.deep.equal(['Hallo']);
    expect(second.part('base').matches('.large.top')).to.equal(true);
    const shown = second.find<HTMLInputElement>('input[type="checkbox"]');
    shown.click();
    await until(() => second.element.matches(':state(off)'));
    expect(second.words()).to.deep.equal([]);
  });

  it('lets who may caption their own speech, where the browser can', async () => {
    Object.assign(globalThis, { SpeechRecognition: Recogniser });
    const viewer = await show({}, { speech: '' });
    expect(viewer.findAll('[part~="speech-button"]')).to.deep.equal([]);
    const { part, room, words, element } = await show({ role: 'host' }, { speech: '', 'speech-language': 'en-GB' });
    part('speech-button').click();
    await until(() => element.matches(':state(listening)'));
    const recogniser = Recogniser.current!;
    expect(recogniser.lang).to.equal('en-GB');
    recogniser.say('Hello ev', false);
    recogniser.say('Hello everyone', true);
    await until(() => words().join() === 'Hello everyone');
    const sent = room.calls.map(({ args: [caption] }) => caption as { segmentId: string; final: boolean });
    expect(sent.map(({ final }) => final)).to.deep.equal([false, true]);
    expect(new Set(sent.map(({ segmentId }) => segmentId)).size).to.equal(1);
    recogniser.dispatchEvent(new Event('end'));
    expect(recogniser.started).to.equal(2);
    part('speech-button').click();
    await until(() => !element.matches(':state(listening)'));
    expect(recogniser.started).to.equal(2);
  });
});
