import { EMBED_LANGUAGES, EMBED_PARTS, EMBED_THEMES } from './embed-fields.ts';

type JsonObject = Record<string, unknown>;

const text = { schema: { type: 'string' } };
const inQuery = (name: string, schema: JsonObject, description: string): JsonObject => ({
  name,
  in: 'query',
  description,
  schema,
});
const problem = (description: string): JsonObject => ({ description });

/** The OpenAPI paths of the pages for frames, and of what describes them to other sites. */
export const embedPaths: Readonly<Record<string, JsonObject>> = {
  '/embed/{roomId}': {
    get: {
      operationId: 'getEmbeddedRoom',
      summary: 'A room as a page for a frame on another site',
      description:
        'Visitors are nameless and have the role of the setting `embedRole`. Which sites may frame it says `embedOrigins`.',
      tags: ['embeds'],
      security: [],
      parameters: [
        { name: 'roomId', in: 'path', required: true, ...text },
        inQuery('show', { enum: EMBED_PARTS, default: EMBED_PARTS[0] }, 'Which part of the room.'),
        inQuery('theme', { enum: EMBED_THEMES, default: EMBED_THEMES[0] }, 'Light, dark, or as the visitor likes it.'),
        inQuery(
          'lang',
          { enum: EMBED_LANGUAGES },
          'What it speaks; without, what the browser of the visitor asks for.',
        ),
      ],
      responses: {
        200: { description: 'The page.', content: { 'text/html': text } },
        400: problem('`badRequest`'),
        404: problem('`notFound`'),
      },
    },
  },
  '/oembed': {
    get: {
      operationId: 'getOEmbed',
      summary: 'Describe an embedded room to another site (oEmbed 1.0)',
      tags: ['embeds'],
      security: [],
      parameters: [
        { ...inQuery('url', { type: 'string' }, 'Address of an embedded room here.'), required: true },
        inQuery('format', { enum: ['json'], default: 'json' }, 'XML is not given.'),
        inQuery('maxwidth', { type: 'integer' }, 'Pixels.'),
        inQuery('maxheight', { type: 'integer' }, 'Pixels.'),
      ],
      responses: {
        200: { description: 'How to embed it.', content: { 'application/json': { schema: { type: 'object' } } } },
        400: problem('`badRequest`'),
        404: problem('`notFound`'),
        501: problem('`notConfigured`: another format than JSON.'),
      },
    },
  },
};
