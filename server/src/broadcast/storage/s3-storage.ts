import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import { decodePart, encodePart } from './key-parts.ts';
import {
  StorageError,
  type ByteRange,
  type SegmentStorage,
  type StorageProblem,
  type StoredObject,
} from './segment-storage.ts';

/** An object larger than this is sent in parts of it; S3 asks for 5 MiB at least. */
const PART_BYTES = 8 * 1_024 * 1_024;
const TIMEOUT_MS = 10_000;
const DELETED_AT_ONCE = 20;

export interface S3Options {
  /** Where the service is: `https://s3.eu-central-1.amazonaws.com`, `http://minio:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What every key begins with: `live/`. */
  readonly prefix?: string;
}

/** Objects in a bucket of S3 or of what speaks like it, addressed by path. */
export class S3Storage implements SegmentStorage {
  readonly #client: AwsClient;
  readonly #base: string;
  readonly #prefix: string;

  constructor({ endpoint, bucket, region, accessKeyId, secretAccessKey, prefix = '' }: S3Options) {
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });
    this.#base = `${endpoint.replace(/\/$/, '')}/${bucket}`;
    this.#prefix = prefix;
  }

  async write(key: string, data: Uint8Array): Promise<void> {
    await this.#expect(this.#url(key), { method: 'PUT', body: Uint8Array.from(data) }, key);
  }

  async writeStream(key: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    if (size <= PART_BYTES) return this.write(key, await join(source));
    const url = this.#url(key);
    const created = await this.#expect(`${url}?uploads=`, { method: 'POST' }, key);
    const upload = encodeURIComponent(textOf(await created.text(), 'UploadId'));
    try {
      const tags: string[] = [];
      for await (const part of inParts(source)) {
        const place = `${url}?partNumber=${tags.length + 1}&uploadId=${upload}`;
        const stored = await this.#expect(place, { method: 'PUT', body: Uint8Array.from(part) }, key);
        tags.push(stored.headers.get('etag') ?? '');
      }
      const parts = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
      const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
      const completed = await this.#expect(`${url}?uploadId=${upload}`, { method: 'POST', body }, key);
      // It may be answered with 200 and fail all the same.
      if ((await completed.text()).includes('<Error>')) throw new StorageError('failed', `${key} was not put together`);
    } catch (error) {
      await this.#ask(`${url}?uploadId=${upload}`, { method: 'DELETE' }, key).catch(() => {});
      throw error;
    }
  }

  async read(key: string, range?: ByteRange): Promise<StoredObject | null> {
    const headers = range === undefined ? {} : { range: `bytes=${range.from}-${range.to}` };
    const response = await this.#ask(this.#url(key), { headers }, key);
    if (response.status === 404) return null;
    const whole = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
    // Beyond its end there is nothing to read; how large it is S3 says.
    if (response.status === 416) return { size: whole || (await this.#sizeOf(key)), body: Readable.from([]) };
    await assertOk(response, key);
    const size = response.status === 206 ? whole : Number(response.headers.get('content-length'));
    return { size, body: response.body === null ? Readable.from([]) : Readable.fromWeb(response.body) };
  }

  async list(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    for (let token: string | null = ''; token !== null;) {
      const query = new URLSearchParams({ 'list-type': '2', prefix: this.#prefix + encodeKey(prefix) });
      if (token !== '') query.set('continuation-token', token);
      const text = await (await this.#expect(`${this.#base}?${query.toString()}`, {}, prefix)).text();
      for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) {
        keys.push(decodeKey(unescapeXml(key).slice(this.#prefix.length)));
      }
      token = text.includes('<IsTruncated>true') ? textOf(text, 'NextContinuationToken') : null;
    }
    return keys.toSorted();
  }

  async remove(prefix: string): Promise<void> {
    const keys = prefix.endsWith('/') ? await this.list(prefix) : [prefix, ...(await this.list(`${prefix}/`))];
    for (let start = 0; start < keys.length; start += DELETED_AT_ONCE) {
      const some = keys.slice(start, start + DELETED_AT_ONCE);
      await Promise.all(some.map((key) => this.#expect(this.#url(key), { method: 'DELETE' }, key, [404])));
    }
  }

  async #sizeOf(key: string): Promise<number> {
    const response = await this.#ask(this.#url(key), { method: 'HEAD' }, key);
    return Number(response.headers.get('content-length') ?? 0);
  }

  async #expect(url: string, init: RequestInit, key: string, alsoGood: readonly number[] = []): Promise<Response> {
    const response = await this.#ask(url, init, key);
    if (!alsoGood.includes(response.status)) await assertOk(response, key);
    return response;
  }

  async #ask(url: string, init: RequestInit, key: string): Promise<Response> {
    try {
      return await this.#client.fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      throw new StorageError('unreachable', `${key}: the storage does not answer`, { cause: error });
    }
  }

  #url(key: string): string {
    return `${this.#base}/${`${this.#prefix}${encodeKey(key)}`.split('/').map(encodeURIComponent).join('/')}`;
  }
}

const encodeKey = (key: string): string => key.split('/').map(encodePart).join('/');
const decodeKey = (key: string): string => key.split('/').map(decodePart).join('/');

const PROBLEMS: Readonly<Record<number, StorageProblem>> = { 401: 'forbidden', 403: 'forbidden', 507: 'full' };

async function assertOk(response: Response, key: string): Promise<void> {
  if (response.ok) return;
  const text = await response.text();
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? '';
  const problem = /Quota|StorageFull/i.test(code) ? 'full' : (PROBLEMS[response.status] ?? 'failed');
  throw new StorageError(problem, `${key} was answered with ${response.status} ${code}`.trimEnd());
}

function textOf(xml: string, element: string): string {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  if (found === undefined) throw new StorageError('failed', `The storage did not say its ${element}`);
  return unescapeXml(found);
}

function unescapeXml(text: string): string {
  const letters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replaceAll(/&(\w+);/g, (whole, name: string) => letters[name] ?? whole);
}

async function join(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The same bytes in pieces of which all but the last are large enough. */
async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    pieces.push(piece);
    size += piece.byteLength;
    if (size < PART_BYTES) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(pieces);
}
