import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type * as Rendering from '../../src/ssr.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const entry: string = 'ils-kit/ssr';
const { renderToString }: typeof Rendering = await import(entry);

const manifest: { modules: { declarations?: { tagName?: string }[] }[] } = JSON.parse(
  readFileSync(join(repository, 'custom-elements.json'), 'utf8'),
);
const tags = manifest.modules.flatMap(({ declarations = [] }) => declarations.flatMap(({ tagName }) => tagName ?? []));

/** What needs a room, or a device, before it has a word to say. */
const SILENT = new Set(['ils-room', 'ils-preview', 'ils-gift-feed', 'ils-role-offer', 'ils-tile']);

const markupOf = (tag: string) => `<${tag}></${tag}>`;
/** What stands in the shadow root of the first such tag. */
const shadowOf = (html: string, tag: string) =>
  new RegExp(`<${tag}[^>]*>(?:<!--.*?-->)*<template [^>]*shadowrootmode="open"[^>]*>(.*?)</template>`, 's').exec(
    html,
  )?.[1];

describe('the elements on a server', () => {
  for (const tag of tags) {
    it(`renders <${tag}> outside a room, within one, and within one that joins by itself`, async (context) => {
      const warn = context.mock.method(console, 'warn', () => undefined);
      const before = Object.getOwnPropertyNames(globalThis).length;
      for (const markup of [
        markupOf(tag),
        `<ils-room room="launch">${markupOf(tag)}</ils-room>`,
        `<ils-room room="launch" auto-join>${markupOf(tag)}</ils-room>`,
      ]) {
        const html = await renderToString(markup);
        const shadow = shadowOf(html, tag);
        assert.ok(shadow !== undefined, html);
        assert.match(shadow, /^<style>/);
      }
      assert.equal(Object.getOwnPropertyNames(globalThis).length, before);
      assert.deepEqual(
        warn.mock.calls.map(({ arguments: words }) => words),
        [],
      );
      assert.deepEqual(
        process.getActiveResourcesInfo().filter((name) => /Timeout|TCP|UDP|Worker/.test(name)),
        [],
      );
    });
  }

  it('shows something of each that has anything to show before one has joined', async () => {
    const html = await renderToString(
      `<ils-room>${tags
        .filter((tag) => tag !== 'ils-room')
        .map(markupOf)
        .join('')}</ils-room>`,
    );
    for (const tag of tags) {
      const drawn = (shadowOf(html, tag) ?? '')
        .replace(/<style>.*?<\/style>/s, '')
        .replaceAll(/<!--.*?-->/gs, '')
        .trim();
      if (!SILENT.has(tag)) assert.notEqual(drawn, '', tag);
    }
  });

  it('keeps what the page has put around and into the elements', async () => {
    const markup =
      '<p class="a">Before</p><ils-room room="x"><ils-player><img slot="poster" src="/a.png" alt="A"></ils-player></ils-room>';
    const html = await renderToString(markup);
    const around = html.replaceAll(/<template .*?<\/template>/gs, '');
    assert.match(around, /^<p class="a">Before<\/p><ils-room\s+room="x">/);
    assert.ok(around.endsWith('<img slot="poster" src="/a.png" alt="A"></ils-player></ils-room>'), around);
  });

  it('says whether one may join, or that one is joining', async () => {
    const [idle, joining] = await Promise.all(
      ['', ' auto-join'].map((attribute) =>
        renderToString(`<ils-room${attribute}><ils-player></ils-player></ils-room>`),
      ),
    );
    assert.match(idle ?? '', /Ready when you are.*Watch/s);
    assert.match(joining ?? '', /part="skeleton"/);
  });

  it('speaks the language of the page', async () => {
    const render = (lang: string) => renderToString('<ils-room><ils-player></ils-player></ils-room>', { lang });
    const [german, english] = [await render('de-AT'), await render('en')];
    assert.match(german, /aria-label="Player"|aria-label="Wiedergabe"/);
    assert.match(english, /Ready when you are/);
    assert.doesNotMatch(german, /Ready when you are/);
  });

  it('writes the nonce of the page on each style', async () => {
    const html = await renderToString('<ils-room><ils-chat></ils-chat></ils-room>', { nonce: 'abc' });
    assert.equal(html.match(/<style nonce="abc">/g)?.length, 2);
    assert.doesNotMatch(html, /<style>/);
  });

  it('refuses a nonce that is none', async () => {
    await assert.rejects(renderToString('<ils-chat></ils-chat>', { nonce: '"><script>' }), RangeError);
  });
});
