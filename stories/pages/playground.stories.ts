import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../../src/define.ts';
import { createFakeRoom } from '../../src/testing/index.ts';
import { find } from '../steps.ts';
import { playgroundLayout } from './playground-layout.ts';

const { styleSheet } = playgroundLayout;
if (styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, styleSheet];

/** Sets the tokens that a theme is made of, shows what becomes of the elements, and gives the stylesheet to take along. */
const meta: Meta = {
  title: 'Themes/Playground',
  parameters: { layout: 'fullscreen', controls: { disable: true } },
  tags: ['!autodocs'],
};
export default meta;

interface Scale {
  readonly token: string;
  readonly words: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly value: number;
  readonly unit?: string;
}

const colors = [
  { token: '--ils-accent', words: 'Accent', value: '#2f6fde' },
  { token: '--ils-color-live', words: 'Live', value: '#d8112f' },
  { token: '--ils-color-danger', words: 'Danger', value: '#a63a17' },
] as const;

const scales: readonly Scale[] = [
  { token: '--ils-neutral-hue', words: 'Hue of the greys', from: 0, to: 360, step: 1, value: 262 },
  { token: '--ils-radius', words: 'Corners', from: 0, to: 24, step: 1, value: 8, unit: 'px' },
  { token: '--ils-density', words: 'Space', from: 0.8, to: 1.4, step: 0.05, value: 1 },
  { token: '--ils-font-size-m', words: 'Size of words', from: 12, to: 18, step: 1, value: 14, unit: 'px' },
  { token: '--ils-font-weight-bold', words: 'Weight of titles', from: 500, to: 900, step: 50, value: 650 },
];

const choices = [
  {
    token: '--ils-font',
    words: 'Type',
    options: [
      ['System', 'system-ui, sans-serif'],
      ['Rounded', 'ui-rounded, Nunito, Quicksand, system-ui, sans-serif'],
      ['Serif', 'Georgia, Cambria, serif'],
      ['Narrow', "'Roboto Condensed', 'Arial Narrow', system-ui, sans-serif"],
    ],
  },
  {
    token: '--ils-shadow-l',
    words: 'Elevation',
    options: [
      ['Soft', '0 2px 6px rgb(0 0 0 / 0.12), 0 12px 32px rgb(0 0 0 / 0.16)'],
      ['None', 'none'],
      ['Deep', '0 4px 12px rgb(0 0 0 / 0.2), 0 24px 64px rgb(0 0 0 / 0.36)'],
    ],
  },
] as const;

/** Words upon the fills that a theme sets: the kit derives the rest so that it reads well. */
const pairs = [
  ['Words on the accent', 'oklch(from var(--ils-accent) clamp(0, (0.68 - l) * 1000, 1) 0 h)', 'var(--ils-accent)'],
  ['“Live” on its badge', 'white', 'var(--ils-color-live)'],
  ['Words on danger', 'white', 'var(--ils-color-danger)'],
] as const;

function luminanceOf(within: HTMLElement, color: string): number {
  const probe = document.createElement('span');
  probe.style.color = color;
  within.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!context) return 0;
  context.fillStyle = computed;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast of two colours, 1 to 21. */
function contrastOf(within: HTMLElement, one: string, other: string): number {
  const [a, b] = [luminanceOf(within, one), luminanceOf(within, other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const unitOf = (token: string): string => scales.find((scale) => scale.token === token)?.unit ?? '';

/** Puts what the form says on the preview, into the stylesheet and into the list of contrasts. */
function apply(form: HTMLFormElement): void {
  const preview = form.closest('.playground')?.querySelector<HTMLElement>('.preview');
  const sheet = form.querySelector('pre');
  const contrasts = form.querySelector('ul');
  if (!preview || !sheet || !contrasts) return;
  const tokens = [...new FormData(form)].map(([token, value]) => [token, `${String(value)}${unitOf(token)}`] as const);
  for (const [token, value] of tokens) {
    preview.style.setProperty(token, value);
    const output = form.querySelector<HTMLOutputElement>(`output[for='${token}']`);
    if (output) output.value = value;
  }
  sheet.textContent = `:root {\n${tokens.map(([token, value]) => `  ${token}: ${value};`).join('\n')}\n}`;
  contrasts.replaceChildren(
    ...pairs.map(([words, ink, ground]) => {
      const contrast = contrastOf(preview, ink, ground);
      const line = document.createElement('li');
      line.classList.toggle('poor', contrast < 4.5);
      line.textContent = `${contrast < 4.5 ? '⚠ ' : '✓ '}${words}: ${contrast.toFixed(1)} to 1${contrast < 4.5 ? ', too little to read (4.5)' : ''}`;
      return line;
    }),
  );
}

async function copy({ currentTarget }: Event): Promise<void> {
  if (!(currentTarget instanceof HTMLButtonElement)) return;
  await navigator.clipboard.writeText(currentTarget.form?.querySelector('pre')?.textContent ?? '');
  currentTarget.textContent = 'Copied';
}

const controls = (): TemplateResult =>
  html`<form
    aria-label="Tokens"
    @input=${({ currentTarget }: Event) => currentTarget instanceof HTMLFormElement && apply(currentTarget)}
    @reset=${({ currentTarget }: Event) =>
      requestAnimationFrame(() => currentTarget instanceof HTMLFormElement && apply(currentTarget))}
    @submit=${(event: Event) => event.preventDefault()}
  >
    <h1>Make a theme</h1>
    ${colors.map(
      ({ token, words, value }) => html`<label>${words}<input type="color" name=${token} value=${value} /></label>`,
    )}
    ${scales.map(
      ({ token, words, from, to, step, value }) =>
        html`<label
          ><span>${words}</span><output for=${token}></output
          ><input type="range" id=${token} name=${token} min=${from} max=${to} step=${step} value=${value}
        /></label>`,
    )}
    ${choices.map(
      ({ token, words, options }) =>
        html`<label
          >${words}<select name=${token}>
            ${options.map(([name, value]) => html`<option value=${value}>${name}</option>`)}
          </select></label
        >`,
    )}
    <h2>Contrast</h2>
    <ul aria-live="polite"></ul>
    <h2>Stylesheet</h2>
    <pre tabindex="0" role="region" aria-label="Stylesheet"></pre>
    <div class="actions">
      <button type="button" @click=${copy}>Copy</button><button type="reset">Start again</button>
    </div>
  </form>`;

export const Playground: StoryObj = {
  render() {
    const room = createFakeRoom({
      moving: false,
      title: 'Autumn collection',
      hosts: 0,
      viewers: 1_240,
      participants: [{ name: 'Ada', role: 'host', sources: { camera: 'live', microphone: 'live' } }],
      messages: [
        { author: 'Ada', role: 'host', text: 'Welcome, everyone!' },
        { author: 'Hedy', role: 'viewer', text: 'Hello from Vienna' },
        { text: 'Hello!' },
      ],
      polls: { polls: [{ question: 'Which colour next?', kind: 'single', options: ['Midnight', 'Forest', 'Sunset'] }] },
    });
    return html`<div class="playground">
      ${controls()}
      <ils-room no-banner .headless=${room}>
        <section class="preview" aria-label="Preview">
          <ils-player></ils-player><ils-chat></ils-chat><ils-poll></ils-poll><ils-gift-tray inline></ils-gift-tray>
        </section>
      </ils-room>
    </div>`;
  },
  async play({ canvasElement }) {
    const form = await find(canvasElement, 'form');
    if (form instanceof HTMLFormElement) apply(form);
    await find(canvasElement, '.playground li', ({ textContent }) => textContent.startsWith('✓'));
  },
};
