import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import baseStyles from '../../../src/styles/base.styles.ts';
import { HUES } from '../../../src/elements/chat/author-color.ts';

class TokenProbe extends LitElement {
  static override styles = baseStyles;
  protected override render() {
    return html`<span></span>`;
  }
}
customElements.define('token-probe', TokenProbe);

/** The colour of an expression inside an element, as red, green and blue from 0 to 255. */
async function colorOf(probe: TokenProbe, expression: string): Promise<readonly [number, number, number]> {
  const span = probe.shadowRoot!.querySelector('span')!;
  span.style.setProperty('color', expression);
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = getComputedStyle(span).color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

function luminance(color: readonly [number, number, number]): number {
  const [red, green, blue] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

async function contrast(probe: TokenProbe, ink: string, ground: string): Promise<number> {
  const [a, b] = [luminance(await colorOf(probe, ink)), luminance(await colorOf(probe, ground))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const token = (name: string) => `var(--_${name})`;
const grounds = ['canvas', 'surface', 'surface-sunken', 'surface-raised'];
const inks = ['text', 'text-muted', 'accent-text', 'danger-text', 'warning-text', 'success-text'];
const fills = [
  ['on-accent', 'accent'],
  ['on-live', 'live'],
  ['on-danger', 'danger'],
  ['accent-text', 'accent-soft'],
  ['danger-text', 'danger-soft'],
  ['warning-text', 'warning-soft'],
  ['text', 'danger-soft'],
] as const;

/** Every pair of colours that stand on one another. */
async function expectToReadWell(probe: TokenProbe): Promise<void> {
  for (const ground of grounds)
    for (const ink of inks)
      expect(await contrast(probe, token(ink), token(ground)), `${ink} on ${ground}`).to.be.at.least(4.5);
  for (const [ink, ground] of fills)
    expect(await contrast(probe, token(ink), token(ground)), `${ink} on ${ground}`).to.be.at.least(4.5);
  for (const ground of ['surface', 'surface-sunken'])
    expect(await contrast(probe, token('border-strong'), token(ground)), `border on ${ground}`).to.be.at.least(3);
}

describe('themes', () => {
  for (const name of ['neutral', 'playful', 'broadcast']) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`read well: ${name} in ${scheme}`, async () => {
        const sheet = new CSSStyleSheet();
        await sheet.replace(await (await fetch(`/src/themes/${name}.css`)).text());
        document.adoptedStyleSheets.push(sheet);
        try {
          const page = await fixture<HTMLElement>(
            html`<div>
              <div><token-probe></token-probe></div>
            </div>`,
          );
          page.style.colorScheme = scheme;
          const themed = page.firstElementChild!;
          const probe = page.querySelector('token-probe') as TokenProbe;
          const plain = await colorOf(probe, token('accent'));
          themed.className = `ils-theme-${name}`;
          await expectToReadWell(probe);
          if (name !== 'neutral') expect(await colorOf(probe, token('accent'))).not.to.deep.equal(plain);
        } finally {
          document.adoptedStyleSheets.pop();
        }
      });
    }
  }
});

describe('tokens', () => {
  for (const scheme of ['light', 'dark'] as const) {
    for (const accent of ['', '#e11d48', '#facc15', '#111827', '#f8fafc', 'oklch(0.7 0.2 145)']) {
      it(`read well in ${scheme}${accent === '' ? '' : `, whatever the accent: ${accent}`}`, async () => {
        const probe = await fixture<TokenProbe>(html`<token-probe></token-probe>`);
        probe.style.colorScheme = scheme;
        if (accent !== '') probe.style.setProperty('--ils-accent', accent);
        await expectToReadWell(probe);
      });
    }

    it(`give every author a name that reads well in ${scheme}`, async () => {
      const probe = await fixture<TokenProbe>(html`<token-probe></token-probe>`);
      probe.style.colorScheme = scheme;
      for (const hue of HUES) {
        const ink = `light-dark(oklch(0.5 0.14 ${hue}), oklch(0.8 0.12 ${hue}))`;
        for (const ground of grounds)
          expect(await contrast(probe, ink, token(ground)), `hue ${hue} on ${ground}`).to.be.at.least(4.5);
      }
    });
  }

  it('may be set on the page, on an element around, or on the element itself; the nearest wins', async () => {
    const around = await fixture<HTMLElement>(html`<div><token-probe></token-probe></div>`);
    const probe = around.querySelector('token-probe') as TokenProbe;
    const isBlue = async () => (await colorOf(probe, token('accent'))).join() === '0,0,255';
    const isDefault = (await colorOf(probe, token('accent'))).join();
    document.documentElement.style.setProperty('--ils-accent', 'rgb(0 0 255)');
    expect(await isBlue()).to.equal(true);
    around.style.setProperty('--ils-accent', 'rgb(0 255 0)');
    expect((await colorOf(probe, token('accent'))).join()).to.equal('0,255,0');
    probe.style.setProperty('--ils-accent', 'rgb(255 0 0)');
    expect((await colorOf(probe, token('accent'))).join()).to.equal('255,0,0');
    document.documentElement.style.removeProperty('--ils-accent');
    around.style.removeProperty('--ils-accent');
    probe.style.removeProperty('--ils-accent');
    expect((await colorOf(probe, token('accent'))).join()).to.equal(isDefault);
  });

  it('follow the scheme of the box that uses them', async () => {
    const probe = await fixture<TokenProbe>(html`<token-probe></token-probe>`);
    probe.style.colorScheme = 'light';
    const light = luminance(await colorOf(probe, token('surface')));
    probe.shadowRoot!.querySelector('span')!.style.colorScheme = 'dark';
    expect(luminance(await colorOf(probe, token('surface')))).to.be.below(light / 5);
  });
});
