import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CREDENTIALS = { accessKeyId: 'ACCESSKEY', secretAccessKey: 'secret/of+the/bucket', region: 'eu-test-1' };

export interface S3Server {
  readonly endpoint: string;
  /** While set, every PUT and POST is refused with that status and code. */
  refuse: { readonly status: number; readonly code: string } | null;
  readonly close: () => Promise<void>;
}

/**
 * A server that speaks the part of S3 that storages use: objects, ranges, multipart uploads, lists in pages. It works
 * out every signature anew (AWS Signature Version 4) and refuses what does not match.
 */
export async function startS3Server(bucket: string): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer[]>();
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = (status: number, content: string | Buffer = '', headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-length': Buffer.byteLength(content), ...headers }).end(content);
    const fail = (status: number, code: string) => answer(status, `<Error><Code>${code}</Code></Error>`);
    if (!isSigned(request, url, body)) return fail(403, 'SignatureDoesNotMatch');
    const { method } = request;
    if (running.refuse !== null && method !== 'GET') return fail(running.refuse.status, running.refuse.code);
    const [, name, ...rest] = url.pathname.split('/').map(decodeURIComponent);
    const key = rest.join('/');
    if (name !== bucket) return fail(404, 'NoSuchBucket');
    if (key === '') return answer(200, list(objects, url.searchParams));
    const upload = uploads.get(url.searchParams.get('uploadId') ?? '');
    const stored = objects.get(key);
    switch (method) {
      case 'PUT': {
        if (upload === undefined) objects.set(key, body);
        else upload[Number(url.searchParams.get('partNumber')) - 1] = body;
        return answer(200, '', { etag: `"${createHash('md5').update(body).digest('hex')}"` });
      }
      case 'POST': {
        if (upload === undefined) {
          const id = randomUUID();
          uploads.set(id, []);
          return answer(
            200,
            `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
          );
        }
        if (upload.slice(0, -1).some((part) => part.byteLength < 5 * 1_024 * 1_024)) return fail(400, 'EntityTooSmall');
        objects.set(key, Buffer.concat(upload));
        return answer(200, '<CompleteMultipartUploadResult/>');
      }
      case 'DELETE':
        if (upload === undefined) objects.delete(key);
        return answer(204);
      default: {
        if (stored === undefined) return fail(404, 'NoSuchKey');
        const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
        if (range === null) return answer(200, stored);
        const from = Number(range[1]);
        if (from >= stored.length) return fail(416, 'InvalidRange');
        const to = Math.min(Number(range[2]), stored.length - 1);
        return answer(206, stored.subarray(from, to + 1), { 'content-range': `bytes ${from}-${to}/${stored.length}` });
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: S3Server = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return running;
}

const KEYS_A_PAGE = 2;

function list(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
  const page = keys.slice(0, KEYS_A_PAGE);
  const isTruncated = keys.length > page.length;
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  const next = isTruncated ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${contents}${next}</ListBucketResult>`;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function isSigned({ method = '', headers }: IncomingMessage, url: URL, body: Buffer): boolean {
  const { accessKeyId, secretAccessKey, region } = CREDENTIALS;
  const authorization = headers.authorization ?? '';
  const [, access, day = '', names = '', signature] =
    /Credential=([^/]+)\/(\d{8})\/[^,]*, *SignedHeaders=([^,]+), *Signature=(\w+)/.exec(authorization) ?? [];
  if (access !== accessKeyId) return false;
  const declared = String(headers['x-amz-content-sha256'] ?? '');
  const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== hash(body)) return false;
  const encode = (text: string) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
  const path = url.pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const canonical = [method, path, query, lines.join(''), names, declared].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n');
  const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(mac, `AWS4${secretAccessKey}`);
  return mac(key, toSign).toString('hex') === signature;
}
