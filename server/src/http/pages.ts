import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The strictest policy that the kit promises to run under. Browsers without HLS of their own play it from a `blob:`, made in the page. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; media-src 'self' blob:; connect-src 'self' ws: wss:; require-trusted-types-for 'script'";

/** Their names change with their content. */
const HASHED_FILE = /[\\/]cdn[\\/]chunks[\\/]/;
const DEMO_FILE = /^\/([\w-]+(\.(html|css|js|svg|png|ico|webmanifest))?)?$/;

/** What there is in a folder is looked up at each request, so that a later build needs no restart. */
const shared = {
  etag: true,
  cacheControl: false,
  suppressWarning: true,
  decorateReply: false,
  dotfiles: 'ignore',
} as const;

/** The built kit in `folder` at `/kit/`. */
export async function registerKit(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    ...shared,
    root: join(folder, 'dist'),
    prefix: '/kit/',
    index: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      void reply.headers({
        'cache-control': HASHED_FILE.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        // Anybody's page may load the kit from here.
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
    },
  });
}

/** The template pages that composers of broadcasts open, at `/templates/default/` and so on. */
export async function registerTemplates(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    ...shared,
    root: join(folder, 'dist/templates'),
    prefix: '/templates/',
    index: false,
    extensions: ['html'],
    setHeaders: (reply) => {
      void reply.headers({ 'cache-control': 'no-cache', 'content-security-policy': CONTENT_SECURITY_POLICY });
    },
  });
}

/** The demo pages in `folder` at `/`, `/studio` and so on, Storybook at `/storybook/`. */
export async function registerPages(app: FastifyInstance, folder: string): Promise<void> {
  // Browsers ask for it unbidden; a page's own icon is linked.
  app.get('/favicon.ico', (_request, reply) => reply.status(204).send());
  // Built by whoever wants it: a start would take minutes longer.
  const storybook = join(folder, 'storybook-static');
  app.get('/stories', (_request, reply) =>
    reply.redirect(existsSync(join(storybook, 'index.html')) ? '/storybook/' : '/build-stories'),
  );
  await app.register(fastifyStatic, {
    ...shared,
    root: storybook,
    prefix: '/storybook',
    redirect: true,
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  });
  await app.register(fastifyStatic, {
    ...shared,
    root: join(folder, 'demo'),
    extensions: ['html'],
    allowedPath: (path) => DEMO_FILE.test(path),
    setHeaders: (reply) => {
      void reply.headers({ 'cache-control': 'no-cache', 'content-security-policy': CONTENT_SECURITY_POLICY });
    },
  });
}
