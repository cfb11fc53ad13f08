import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { css, html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom } from '../src/testing/index.ts';
import { adoptThemes } from './story-themes.ts';

/** A small page, so that a theme is seen on what stands beside one another. */
const layout = css`
  .theme-page {
    display: grid;
    grid-template: auto 420px auto / minmax(0, 1fr) 320px;
    gap: 16px;
    padding: 16px;
    background: var(--ils-color-canvas, light-dark(oklch(0.975 0.004 262), oklch(0.165 0.008 262)));
  }
  .theme-page ils-player,
  .theme-page ils-chat {
    inline-size: 100%;
    block-size: 100%;
  }
  .theme-page ils-controls {
    grid-column: 1 / -1;
  }
  @media (width < 720px) {
    .theme-page {
      grid-template: auto / minmax(0, 1fr);
      grid-auto-rows: 320px;
    }
  }
`;

adoptThemes();
if (layout.styleSheet) document.adoptedStyleSheets.push(layout.styleSheet);

const chat = [
  { author: 'Ada Lovelace', role: 'host', text: 'Welcome, everyone! We start in five minutes.' },
  { author: 'Hedy Lamarr', role: 'viewer', text: 'Hello from Vienna' },
  { author: 'Alan Turing', role: 'viewer', text: 'Where can I find the slides?' },
  { text: 'Right below the picture.' },
] as const;

function show(theme: string): TemplateResult {
  const room = createFakeRoom({ role: 'guest', hosts: 1, guests: 1, moving: false, messages: chat });
  return html`<ils-room no-banner .headless=${room} class="ils-theme-${theme}">
    <div class="theme-page">
      <ils-controls></ils-controls>
      <ils-stage></ils-stage>
      <ils-chat></ils-chat>
    </div>
  </ils-room>`;
}

const meta: Meta = { title: 'Themes/Page' };
export default meta;

type Story = StoryObj;

export const Neutral: Story = { render: () => show('neutral') };
export const Playful: Story = { render: () => show('playful') };
export const Broadcast: Story = { render: () => show('broadcast') };
