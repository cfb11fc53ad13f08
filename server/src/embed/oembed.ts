import * as v from 'valibot';
import { roomId } from '../../../src/protocol/index.ts';
import { HttpError } from '../http/http-error.ts';
import { embedPath, embedQuery, type EmbedQuery } from './embed-fields.ts';
import { markup } from './markup.ts';

/** What an embedded page may use of the browser. */
const FRAME_ALLOWS = 'autoplay; fullscreen; picture-in-picture; camera; microphone; display-capture';
const CACHE_SECONDS = 3_600;

/** Pixels; a chat is as tall as a phone, a show is a picture with the chat beside it. */
const sizes = { all: [960, 540], player: [960, 540], chat: [400, 640] } as const;

/** An answer of type `video` or `rich` (oEmbed 1.0, 2.3.4). */
export interface OEmbed {
  readonly version: '1.0';
  readonly type: 'video' | 'rich';
  readonly title: string;
  readonly provider_name: string;
  readonly provider_url: string;
  readonly cache_age: number;
  readonly html: string;
  readonly width: number;
  readonly height: number;
}

export interface EmbeddedRoom {
  readonly roomId: string;
  readonly query: EmbedQuery;
}

/** The room that an address of this server's embeds. Throws `notFound` for any other address. */
export function readEmbedAddress(address: string, origin: string): EmbeddedRoom {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const [, id = ''] = /^\/embed\/([^/]+)\/?$/.exec(url?.pathname ?? '') ?? [];
  const room = v.safeParse(roomId, decode(id));
  const query = v.safeParse(embedQuery, Object.fromEntries(url?.searchParams ?? []));
  if (url?.origin !== origin || !room.success || !query.success) {
    throw new HttpError('notFound', 'url: must be the address of an embedded room here');
  }
  return { roomId: room.output, query: query.output };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** As large as the page that asks allows; a picture keeps its shape. */
function fit(show: EmbedQuery['show'], maxWidth: number, maxHeight: number): readonly [number, number] {
  const [width, height] = sizes[show];
  if (show === 'chat') return [Math.min(width, maxWidth), Math.min(height, maxHeight)];
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  return [Math.round(width * scale), Math.round(height * scale)];
}

export interface OEmbedOptions extends EmbeddedRoom {
  readonly origin: string;
  readonly title: string;
  /** Pixels. */
  readonly maxWidth: number;
  readonly maxHeight: number;
}

/** What a site that is given the room's address puts into its own page (oEmbed 1.0). */
export function composeOEmbed({ origin, roomId: id, title, query, maxWidth, maxHeight }: OEmbedOptions): OEmbed {
  const [width, height] = fit(query.show, maxWidth, maxHeight);
  const source = `${origin}${embedPath(id, query)}`;
  return {
    version: '1.0',
    type: query.show === 'chat' ? 'rich' : 'video',
    title,
    provider_name: 'ILS Kit',
    provider_url: origin,
    cache_age: CACHE_SECONDS,
    width,
    height,
    html: markup`<iframe src="${source}" title="${title}" width="${String(width)}" height="${String(height)}" allow="${FRAME_ALLOWS}" allowfullscreen style="border:0"></iframe>`
      .text,
  };
}
