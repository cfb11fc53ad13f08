import assert from 'node:assert/strict';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RecordingView } from '../../../server/src/broadcast/recordings/recording-view.ts';
import type {
  BroadcastView,
  Caption,
  HeldMessage,
  LiveOverlay,
  ModerationEntry,
  RunOfShow,
  Sanction,
} from '../../../src/protocol/index.ts';
import { API_KEY } from './test-server.ts';

interface Operation {
  readonly tags: readonly string[];
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: unknown;
  readonly responses: Record<string, { description: string; content: { 'application/json': { schema: object } } }>;
}

export interface ApiDocument {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: object;
}

export interface ApiCall {
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Without it the right one. */
  readonly key?: string | null;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Every field that some answer has; which one has which, the document says and is checked. */
export interface ApiBody extends Named {
  readonly mark?: { readonly id: string; readonly startedAt: number };
  readonly title: string;
  readonly endedAt: number | null;
  readonly roles: Readonly<Record<string, object>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly rooms: readonly Named[];
  readonly token: string;
  readonly participantId: string;
  readonly expiresAt: number;
  readonly participants: readonly Named[];
  readonly total: number;
  readonly destinations: readonly { readonly id: string; readonly state: string }[];
  readonly deliveries: readonly {
    readonly number: number;
    readonly id: string;
    readonly type: string;
    readonly url: string;
  }[];
  readonly live: readonly LiveOverlay[];
  readonly runOfShow: RunOfShow;
  readonly locked: boolean;
  readonly slowModeMs: number;
  readonly writers: readonly string[] | null;
  readonly sanctions: readonly Sanction[];
  readonly entries: readonly ModerationEntry[];
  readonly admitted: number;
  readonly waitBelow: string | null;
  readonly waiting: readonly Named[];
  readonly held: readonly HeldMessage[];
  readonly message: { readonly index: number; readonly text: string };
  readonly captions: readonly Caption[];
  readonly broadcast: BroadcastView | null;
  readonly recordings: readonly RecordingView[];
  readonly next: string | null;
  readonly role: string;
  readonly status: string;
  readonly messages: readonly { readonly index: number; readonly text: string }[];
  readonly error?: { readonly code: string; readonly message: string };
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: ApiBody;
  readonly headers: Headers;
}

/** Calls operations by their id and holds every answer, good or bad, against the server's own OpenAPI document. */
export class ApiClient {
  readonly document: ApiDocument;
  /** `operation status` of every answer so far. */
  readonly seen: Set<string>;
  readonly #origin: string;
  readonly #ajv = new Ajv2020({ strict: false });

  private constructor(origin: string, document: ApiDocument, seen: Set<string>) {
    this.#origin = origin;
    this.seen = seen;
    this.document = document;
    this.#ajv.addSchema({ $id: 'openapi', components: document.components });
  }

  static async open(origin: string, seen = new Set<string>()): Promise<ApiClient> {
    const response = await fetch(`${origin}/openapi.json`);
    return new ApiClient(origin, await response.json(), seen);
  }

  /** `operation status` of everything under these tags that the document says may be answered, and that none of `seen` was. */
  unseen(tags: readonly string[]): string[] {
    return this.#operations()
      .filter(({ operation }) => operation.tags.some((tag) => tags.includes(tag)))
      .flatMap(({ operation: { operationId, responses } }) =>
        Object.keys(responses).map((status) => `${operationId} ${status}`),
      )
      .filter((answer) => !this.seen.has(answer) && !/ 50[03]$/.test(answer));
  }

  /** Every tag of the document. */
  get tags(): string[] {
    return [...new Set(this.#operations().flatMap(({ operation }) => operation.tags))];
  }

  async call(operationId: string, call: ApiCall = {}): Promise<ApiAnswer> {
    const found = this.#operations().find(({ operation }) => operation.operationId === operationId);
    assert.ok(found, `${operationId} is not in the document`);
    const path = found.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(call.path?.[name] ?? ''));
    const query = call.query === undefined ? '' : `?${new URLSearchParams(call.query).toString()}`;
    const { key = API_KEY, body } = call;
    const response = await fetch(`${this.#origin}${path}${query}`, {
      method: found.method.toUpperCase(),
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer: ApiAnswer = { status: response.status, body: await response.json(), headers: response.headers };
    this.#assertDocumented(found.operation, answer);
    this.seen.add(`${operationId} ${answer.status}`);
    return answer;
  }

  #operations() {
    return Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
  }

  #assertDocumented({ operationId, responses }: Operation, { status, body }: ApiAnswer): void {
    const response = responses[String(status)];
    assert.ok(response, `${operationId} answered ${status}, which its document does not name: ${JSON.stringify(body)}`);
    const validate = this.#validator(operationId, status, response.content['application/json'].schema);
    assert.ok(
      validate(body),
      `${operationId} ${status}: ${this.#ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`,
    );
    if (status >= 400) {
      assert.ok(
        response.description.includes(`\`${body.error?.code}\``),
        `${operationId} ${status}: ${body.error?.code}`,
      );
    }
  }

  #validator(operationId: string, status: number, schema: object): ValidateFunction {
    const id = `${operationId}-${status}`;
    const known = this.#ajv.getSchema(id);
    if (known !== undefined) return known;
    const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components'));
    // Answers hold what the document names and nothing else: no field slips out unseen.
    this.#ajv.addSchema({ ...closeSchema(local), $id: id });
    return this.#ajv.getSchema(id)!;
  }
}

/** The same schema with no room for further fields. */
function closeSchema(schema: object): object {
  const entries = Object.entries(schema).map(([key, value]: [string, unknown]) => [key, closeNested(value)] as const);
  const isOpen = 'properties' in schema && !('additionalProperties' in schema);
  return { ...Object.fromEntries(entries), ...(isOpen ? { additionalProperties: false } : {}) };
}

function closeNested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeNested);
  return typeof value === 'object' && value !== null ? closeSchema(value) : value;
}
