import { embedPath, type EmbedLanguage, type EmbedQuery } from './embed-fields.ts';
import { markup } from './markup.ts';

export interface EmbedPage {
  readonly origin: string;
  readonly roomId: string;
  readonly title: string;
  readonly query: EmbedQuery;
  /** What it speaks. */
  readonly language: EmbedLanguage;
  /** Whose pages may steer the page from outside; `*` is any. */
  readonly origins: readonly string[];
}

const player = markup`<ils-overlay><ils-player></ils-player></ils-overlay>`;
const chat = markup`<ils-chat></ils-chat>`;
const parts = { all: markup`${player}${chat}`, player, chat } as const;

/** A room as a page of its own, to stand in a frame on any site: nothing but elements of the kit. */
export function composeEmbedPage({ origin, roomId, title, query, language, origins }: EmbedPage): string {
  const address = `${origin}${embedPath(roomId, query)}`;
  return markup`<!doctype html>
    <html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}" data-theme="${query.theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>${title}</title>
        <meta property="og:title" content="${title}" />
        <meta property="og:type" content="video.other" />
        <meta property="og:url" content="${address}" />
        <meta property="og:site_name" content="ILS Kit" />
        <meta name="twitter:card" content="player" />
        <meta name="twitter:player" content="${address}" />
        <link
          rel="alternate"
          type="application/json+oembed"
          title="${title}"
          href="${origin}/oembed?format=json&url=${encodeURIComponent(address)}"
        />
        <link rel="stylesheet" href="/embed-files/page.css" />
        <script type="module" src="/kit/cdn/ils.js"></script>
        <script type="module" src="/embed-files/page.js"></script>
      </head>
      <body data-show="${query.show}" data-origins="${origins.join(' ')}">
        <ils-room room="${roomId}" token-url="/embed/${encodeURIComponent(roomId)}/token" auto-join><main>${parts[query.show]}</main></ils-room>
      </body>
    </html>`.text;
}
