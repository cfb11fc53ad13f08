import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveFolder, type FolderServer } from '../../../scripts/serve-folder.ts';
import { repository } from './repository.ts';

/** Somebody's site beside the room server: what the pages call `live.example` is on loopback, and the policy is the documented one. */
export class Site implements AsyncDisposable {
  readonly #room: string;
  readonly #pages: Record<string, string> = { '/favicon.ico': '' };
  readonly #server: FolderServer;
  readonly #unprotected: FolderServer;

  private constructor(room: string, pages: Record<string, string>, server: FolderServer, unprotected: FolderServer) {
    this.#room = room;
    this.#pages = pages;
    this.#server = server;
    this.#unprotected = unprotected;
  }

  /** @param roomServer origin of the room server */
  static async start(roomServer: string): Promise<Site> {
    const pages: Record<string, string> = { '/favicon.ico': '' };
    const [, policy = ''] = /```csp\n(.*)\n```/.exec(readFileSync(join(repository, 'docs/security.md'), 'utf8')) ?? [];
    if (policy === '') throw new Error('docs/security.md gives no policy.');
    const headers = { 'content-security-policy': toLoopback(policy, roomServer) };
    const server = await serveFolder('/nowhere', { headers, pages });
    return new Site(roomServer, pages, server, await serveFolder('/nowhere', { pages }));
  }

  /** The origin whose pages have the policy. */
  get origin(): string {
    return this.#server.origin;
  }

  /** A page with this in its body, or the whole page where it is one. Returns its address. */
  addPage(name: string, html: string, { strict = true } = {}): string {
    const text = toLoopback(html, this.#room);
    const script = text.includes('<script') ? '' : `<script type="module" src="${this.#room}/kit/cdn/ils.js"></script>`;
    this.#pages[`/${name}.html`] = /^\s*<!doctype/i.test(text)
      ? text
      : `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>${name}</title>${script}</head><body>${text}</body></html>`;
    return `${(strict ? this.#server : this.#unprotected).origin}/${name}.html`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    await this.#unprotected[Symbol.asyncDispose]();
  }
}

/** What stands for a server in the pages, as one on loopback. A back end's tokens are those of development. */
export function toLoopback(text: string, roomServer: string): string {
  return text
    .replaceAll('wss://live.example', roomServer.replace('http', 'ws'))
    .replaceAll(/https:\/\/live\.example|http:\/\/localhost:7888/g, roomServer)
    .replaceAll('"/my-back-end/token"', `"${roomServer}/dev/token?role=viewer"`);
}
