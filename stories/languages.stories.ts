import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { css, html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom } from '../src/testing/index.ts';

/** The page that people watch, small: what stands on it most. */
const layout = css`
  .language-page {
    display: grid;
    grid-template: 360px auto auto / minmax(0, 1fr) 340px;
    gap: 16px;
  }
  .language-page ils-player {
    inline-size: 100%;
    block-size: 100%;
  }
  .language-page ils-chat {
    grid-row: span 3;
    inline-size: 100%;
    block-size: 720px;
  }
  @media (width < 720px) {
    .language-page {
      grid-template: auto / minmax(0, 1fr);
      grid-auto-rows: auto;
    }
    .language-page ils-player {
      block-size: 240px;
    }
  }
`;

if (layout.styleSheet) document.adoptedStyleSheets.push(layout.styleSheet);

const messages: Readonly<Record<string, readonly string[]>> = {
  ar: ['أهلًا بالجميع! نبدأ بعد خمس دقائق.', 'مرحبًا من القاهرة', 'أين أجد العرض؟'],
  de: ['Willkommen! In fünf Minuten geht es los.', 'Hallo aus Wien', 'Wo finde ich die Folien?'],
  en: ['Welcome, everyone! We start in five minutes.', 'Hello from Leeds', 'Where can I find the slides?'],
  es: ['¡Bienvenidos! Empezamos en cinco minutos.', 'Hola desde Lima', '¿Dónde están las diapositivas?'],
  fr: ['Bienvenue ! On commence dans cinq minutes.', 'Bonjour de Lyon', 'Où sont les diapositives ?'],
  ja: ['ようこそ！あと5分で始まります。', '大阪からこんにちは', 'スライドはどこにありますか？'],
  pt: ['Boas-vindas! Começamos em cinco minutos.', 'Olá de Recife', 'Onde ficam os slides?'],
  zh: ['欢迎大家！五分钟后开始。', '来自成都的问候', '幻灯片在哪里？'],
};

function show(language: string): TemplateResult {
  const [welcome = '', hello = '', question = ''] = messages[language] ?? [];
  const room = createFakeRoom({
    role: 'guest',
    hosts: 1,
    guests: 1,
    viewers: 1_234,
    moving: false,
    messages: [
      { author: 'Ada Lovelace', role: 'host', text: welcome },
      { author: 'Hedy Lamarr', role: 'viewer', text: hello },
      { author: 'Alan Turing', role: 'viewer', text: question },
    ],
    hands: { count: 3 },
  });
  return html`<ils-room no-banner .headless=${room} lang=${language}>
    <div class="language-page" dir=${language === 'ar' ? 'rtl' : 'ltr'}>
      <ils-player></ils-player>
      <ils-chat></ils-chat>
      <ils-controls></ils-controls>
      <ils-hand-raise></ils-hand-raise>
    </div>
  </ils-room>`;
}

const meta: Meta = { title: 'Languages/Page' };
export default meta;

type Story = StoryObj;

export const English: Story = { render: () => show('en') };
export const Arabic: Story = { render: () => show('ar') };
export const Chinese: Story = { render: () => show('zh') };
export const French: Story = { render: () => show('fr') };
export const German: Story = { render: () => show('de') };
export const Japanese: Story = { render: () => show('ja') };
export const Portuguese: Story = { render: () => show('pt') };
export const Spanish: Story = { render: () => show('es') };
