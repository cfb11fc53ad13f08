import { expect, fixture, html, waitUntil as waitFor } from '@open-wc/testing';
import { LitElement, type TemplateResult } from 'lit';
import '../../src/define/hand-raise.ts';
import '../../src/define/room.ts';
import { counted } from '../../src/locales/counted.ts';
import { formatCount, languageOf, msg, str } from '../../src/locales/localization.ts';
import { RoomElement } from '../../src/elements/room-element.ts';
// Loaded before the first test: on a crowded machine that takes longer than a test may.
import '../../src/locales/languages/ar.ts';
import '../../src/locales/languages/de.ts';
import '../../src/locales/languages/es.ts';
import '../../src/locales/languages/fr.ts';
import '../../src/locales/languages/pt.ts';
import '../../src/locales/languages/zh.ts';
import { addWords } from '../../src/locales/words.ts';

const waitUntil = (holds: () => boolean, what?: string) => waitFor(holds, what, { timeout: 12_000 });

/** Says what depends on the language: a sentence, a count and the direction. */
class Speaker extends RoomElement {
  static override properties = { count: { type: Number }, who: {} };
  declare count: number;
  declare who: string;

  constructor() {
    super();
    this.count = 0;
    this.who = 'Ada';
  }

  protected override render(): TemplateResult {
    const count = counted(this.count, languageOf(this));
    return html`<p>${msg('Cancel')}|${msg(str`Only for ${this.who}`)}|${msg(str`${count} votes`)}</p>`;
  }

  get words(): string {
    return this.renderRoot.textContent!.trim();
  }
}
customElements.define('test-speaker', Speaker);

const show = async (lang: string, count = 2) =>
  (await fixture(html`<test-speaker lang=${lang} .count=${count}></test-speaker>`)) as Speaker;

const says = (speaker: Speaker, words: string) =>
  waitUntil(() => speaker.words === words, `says ${words}, not ${speaker.words}`);

describe('languages', () => {
  afterEach(() => {
    document.documentElement.lang = 'en';
  });

  it('are English until the words have come, never a mix', async () => {
    const speaker = await show('fr');
    const seen = new Set([speaker.words]);
    const observer = new MutationObserver(() => seen.add(speaker.words));
    observer.observe(speaker.renderRoot, { subtree: true, characterData: true, childList: true });
    await says(speaker, 'Annuler|Seulement pour Ada|2 votes');
    observer.disconnect();
    for (const words of seen) expect(words).to.match(/^(Cancel\|Only|Annuler\|Seulement)/);
  });

  it('are that of the page', async () => {
    document.documentElement.lang = 'de';
    const speaker = (await fixture(html`<test-speaker .count=${2}></test-speaker>`)) as Speaker;
    await says(speaker, 'Abbrechen|Nur für Ada|2 Stimmen');
  });

  it('change while shown, and are each element’s own', async () => {
    const german = await show('de', 1);
    const spanish = await show('es', 1_234);
    await says(german, 'Abbrechen|Nur für Ada|1 Stimme');
    await says(spanish, `Cancelar|Solo para Ada|${formatCount(1_234, 'es')} votos`);
    german.lang = 'es-MX';
    await says(german, 'Cancelar|Solo para Ada|1 voto');
    german.lang = 'en';
    await says(german, 'Cancel|Only for Ada|1 votes');
    expect(spanish.words).to.match(/^Cancelar/);
  });

  it('are that of the nearest lang, through shadow roots', async () => {
    class Outer extends LitElement {
      protected override render(): TemplateResult {
        return html`<test-speaker></test-speaker>`;
      }
    }
    if (!customElements.get('test-outer')) customElements.define('test-outer', Outer);
    const outer = (await fixture(html`<test-outer lang="pt-BR"></test-outer>`)) as LitElement;
    await says(outer.renderRoot.querySelector<Speaker>('test-speaker')!, 'Cancelar|Só para Ada|0 voto');
  });

  it('are English where we have no other, and where the tag is none', async () => {
    for (const lang of ['eo', 'x', 'not a tag']) {
      const speaker = await show(lang);
      addWords('en', {});
      await speaker.updateComplete;
      expect(speaker.words, lang).to.match(/^Cancel\|Only for Ada\|/);
    }
  });

  it('have Chinese in every spelling of its tag', async () => {
    for (const lang of ['zh', 'zh-CN', 'zh-Hans', 'zh-Hans-SG']) {
      const speaker = await show(lang);
      await waitUntil(() => speaker.words.startsWith('取消'), lang);
    }
  });

  it('bend words by how many there are, as the language does it', async () => {
    const arabic = await show('ar', 0);
    await waitUntil(() => !arabic.words.startsWith('Cancel'));
    const forms = new Set<string>();
    for (const count of [0, 1, 2, 5, 11, 100]) {
      arabic.count = count;
      await arabic.updateComplete;
      forms.add(arabic.words.split('|')[2]!.replaceAll(/[\d\u0660-\u0669]+/g, '#'));
    }
    expect(forms.size, [...forms].join(' / ')).to.be.greaterThan(4);
  });

  it('can be added, and a word of ours replaced', async () => {
    addWords('ru', { '{0} votes': { one: '{0} голос', few: '{0} голоса', many: '{0} голосов', other: '{0} голоса' } });
    const russian = await show('ru', 1);
    for (const [count, words] of [
      [1, '1 голос'],
      [3, '3 голоса'],
      [5, '5 голосов'],
      [21, '21 голос'],
    ] as const) {
      russian.count = count;
      await says(russian, `Cancel|Only for Ada|${words}`);
    }
    addWords('de', { Cancel: 'Lieber nicht' });
    await says(await show('de'), 'Lieber nicht|Nur für Ada|2 Stimmen');
    addWords('de', { Cancel: 'Abbrechen' });
    expect(() => addWords('not a tag', {})).to.throw(RangeError);
  });

  it('put values where the language wants them, whatever they hold', async () => {
    const speaker = await show('de');
    speaker.who = '{0} $& <b>';
    await says(speaker, 'Abbrechen|Nur für {0} $& <b>|2 Stimmen');
  });

  it('turn an element around, unless the page says its direction', async () => {
    const arabic = await show('ar');
    await waitUntil(() => arabic.matches(':dir(rtl)'));
    expect(getComputedStyle(arabic).direction).to.equal('rtl');
    arabic.lang = 'de';
    await waitUntil(() => arabic.matches(':dir(ltr)'));
    const given = (await fixture(html`<test-speaker lang="ar" dir="ltr"></test-speaker>`)) as Speaker;
    await waitUntil(() => !given.words.startsWith('Cancel'));
    expect(given.dir).to.equal('ltr');
    const room = await fixture(html`<ils-room lang="ar"><test-speaker></test-speaker></ils-room>`);
    await waitUntil(() => room.querySelector('test-speaker')!.matches(':dir(rtl)'));
    expect(room.hasAttribute('dir')).to.be.false;
  });

  it('speak in menus and answers the language of the element that was used', async () => {
    const hand = (await fixture(html`<ils-hand-raise lang="de"></ils-hand-raise>`)) as HTMLElement;
    await says(await show('es'), 'Cancelar|Solo para Ada|2 votos');
    expect(msg('Cancel')).to.equal('Cancelar');
    hand.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    expect(msg('Cancel')).to.equal('Abbrechen');
  });
});
