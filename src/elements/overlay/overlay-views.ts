import { html, nothing, svg, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon.ts';
import { messageIcon } from '../../icons/message.ts';
import { pauseIcon } from '../../icons/pause.ts';
import { playIcon } from '../../icons/play.ts';
import { counted } from '../../locales/counted.ts';
import { msg, str } from '../../locales/localization.ts';
import type { OverlayContent, OverlayKind } from '../../protocol/index.ts';
import type { QrCode } from './qr-code.ts';

type Content<K extends OverlayKind> = Extract<OverlayContent, { kind: K }>;

/** What a view needs beside its content. */
export interface ViewParts {
  /** The moment in sight; milliseconds since the epoch. */
  readonly now: number;
  readonly language: string;
  /** What a path is resolved against. */
  readonly server: string;
  readonly drawQrCode: ((text: string) => QrCode) | undefined;
  readonly tickerPaused: boolean;
  readonly handleTicker: () => void;
  /** Nobody can press anything there: it becomes a part of a broadcast's picture. */
  readonly isPicture: boolean;
}

/** Hours only where there are any: `1:02:03`, `2:03`. Never below nothing. */
export function formatRemaining(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const views: { readonly [K in OverlayKind]: (content: Content<K>, parts: ViewParts) => TemplateResult } = {
  lowerThird: ({ title, subtitle }) =>
    html`<div class="card bar" part="lower-third">
      <div class="title" part="title" dir="auto">${title}</div>
      ${subtitle === '' ? nothing : html`<div class="subtitle" part="subtitle" dir="auto">${subtitle}</div>`}
    </div>`,

  message: ({ from, author, text }) =>
    html`<figure class="card bar" part="message">
      <figcaption class="author" part="author">
        ${icon(messageIcon)}<span class="truncate" dir="auto">${author}</span>
        <span class="from">${from === 'chat' ? msg('Chat') : msg('Question')}</span>
      </figcaption>
      <blockquote class="quote" part="text" dir="auto">${text}</blockquote>
    </figure>`,

  poll: ({ question, options }, { language }) => {
    const total = options.reduce((sum, { votes }) => sum + votes, 0);
    const most = Math.max(...options.map(({ votes }) => votes));
    return html`<div class="card poll" part="poll">
      <div class="title" part="title" dir="auto">${question}</div>
      <ul>
        ${options.map(({ label, votes }) => {
          const share = total === 0 ? 0 : Math.round((votes / total) * 100);
          return html`<li class=${votes === most && votes > 0 ? 'option most' : 'option'} part="poll-option">
            <span class="option-label" dir="auto">${label}</span>
            <span class="tabular">${share}%</span>
            <progress aria-hidden="true" max="100" .value=${share}></progress>
          </li>`;
        })}
      </ul>
      <div class="total tabular">${total === 1 ? msg('1 vote') : msg(str`${counted(total, language)} votes`)}</div>
    </div>`;
  },

  link: ({ text, label, url }) =>
    html`<div class="card call" part="link-card">
      ${text === '' ? nothing : html`<span class="call-text" part="text" dir="auto">${text}</span>`}
      ${
        /^https?:/i.test(url)
          ? html`<a class="button primary" part="link" href=${url} target="_blank" rel="noopener noreferrer"
              >${label}</a
            >`
          : nothing
      }
    </div>`,

  slate: ({ title, text, at }, { now }) =>
    html`<div class="slate" part="slate">
      <div class="slate-title" part="title" dir="auto">${title}</div>
      ${text === '' ? nothing : html`<div class="slate-text" part="subtitle" dir="auto">${text}</div>`}
      ${at === null ? nothing : renderClock(at - now, 'slate-clock')}
    </div>`,

  countdown: ({ title, at }, { now }) =>
    html`<div class="card corner-card" part="countdown">
      <span class="corner-title truncate" part="title" dir="auto">${title}</span>
      ${at === null ? nothing : renderClock(at - now, 'clock')}
    </div>`,

  qrCode: ({ title, url }, { drawQrCode }) => {
    const code = drawQrCode?.(url);
    return html`<div class="card corner-card qr" part="qr-code">
      ${
        code === undefined
          ? html`<div class="qr-code"></div>`
          : html`<svg
              class="qr-code"
              viewBox="-2 -2 ${code.size + 4} ${code.size + 4}"
              role="img"
              aria-label=${msg(str`QR code for ${url}`)}
            >
              ${svg`<path d=${code.path} />`}
            </svg>`
      }
      ${title === '' ? nothing : html`<span class="corner-title" part="title" dir="auto">${title}</span>`}
    </div>`;
  },

  ticker: ({ items }, { tickerPaused, handleTicker, isPicture }) => {
    const run = (hidden: boolean) =>
      html`<ul class="run" aria-hidden=${hidden ? 'true' : nothing}>
        ${items.map((item) => html`<li dir="auto">${item}</li>`)}
      </ul>`;
    const length = Math.min(4, Math.ceil(items.join('').length / 90));
    return html`<div class="ticker length-${length} ${tickerPaused ? 'paused' : ''}" part="ticker">
      <div class="runs">${run(false)}${run(true)}</div>
      ${
        isPicture
          ? nothing
          : html`<button
              type="button"
              class="icon-button small"
              part="ticker-button"
              aria-label=${tickerPaused ? msg('Let the ticker run') : msg('Stop the ticker')}
              @click=${handleTicker}
            >
              ${icon(tickerPaused ? playIcon : pauseIcon)}
            </button>`
      }
    </div>`;
  },

  logo: ({ url, name }, { server }) => {
    const address = /^https?:/i.test(url) ? url : `${server}${url}`;
    return html`<img class="logo" part="logo" src=${address} alt=${name} />`;
  },
};

function renderClock(remainingMs: number, className: string): TemplateResult {
  return html`<span class="${className} tabular" part="clock" role="timer">${formatRemaining(remainingMs)}</span>`;
}

export function renderContent<K extends OverlayKind>(content: Content<K>, parts: ViewParts): TemplateResult {
  const view: (typeof views)[K] = views[content.kind as K];
  return view(content, parts);
}

/** Whether it changes with every second. */
export const ticks = (content: OverlayContent): boolean => 'at' in content && content.at !== null;
