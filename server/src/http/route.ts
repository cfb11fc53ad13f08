import * as v from 'valibot';
import { HttpError, type HttpErrorCode } from './http-error.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Fields = v.ObjectSchema<v.ObjectEntries, undefined>;
type Replies = Readonly<Record<number, v.GenericSchema>>;

const nothing = v.object({});
type Nothing = typeof nothing;

/** An answer in one of the forms that the route declares. */
type ReplyOf<TReplies extends Replies> = {
  [Status in keyof TReplies & number]: { readonly status: Status; readonly body: v.InferOutput<TReplies[Status]> };
}[keyof TReplies & number];

export interface RouteInput<TParams extends Fields, TQuery extends Fields, TBody extends Fields> {
  readonly params: v.InferOutput<TParams>;
  readonly query: v.InferOutput<TQuery>;
  readonly body: v.InferOutput<TBody>;
  /** The `Idempotency-Key` header: a request sent again has one effect. */
  readonly idempotencyKey: string | undefined;
}

interface RouteOptions<TParams extends Fields, TQuery extends Fields, TBody extends Fields, TReplies extends Replies> {
  readonly method: Method;
  /** As OpenAPI writes it: `/api/v1/rooms/{roomId}`. */
  readonly path: string;
  readonly operation: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** `apiKey` asks for one, `open` for nothing. */
  readonly access: 'apiKey' | 'open';
  readonly params?: TParams;
  readonly query?: TQuery;
  readonly body?: TBody;
  /** Takes an `Idempotency-Key`. */
  readonly repeatable?: boolean;
  /** The body of each success, by status. */
  readonly replies: TReplies;
  /** What else may go wrong; bad input, a missing key and failures are added. */
  readonly errors?: readonly HttpErrorCode[];
  handle(input: RouteInput<TParams, TQuery, TBody>): Promise<ReplyOf<NoInfer<TReplies>>>;
}

export interface RouteRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
}

export interface RouteReply {
  readonly status: number;
  readonly body: unknown;
}

/** One line of the table that both the handlers and the OpenAPI document come from. */
export interface Route extends Pick<
  RouteOptions<Fields, Fields, Fields, Replies>,
  'method' | 'path' | 'operation' | 'summary' | 'description' | 'tag' | 'access' | 'repeatable' | 'replies'
> {
  readonly params: Fields;
  readonly query: Fields;
  readonly body: Fields | undefined;
  readonly errors: readonly HttpErrorCode[];
  /** @throws HttpError `badRequest` that names the field and what is wrong with it. */
  respond(request: RouteRequest): Promise<RouteReply>;
}

export function defineRoute<
  TReplies extends Replies,
  TParams extends Fields = Nothing,
  TQuery extends Fields = Nothing,
  TBody extends Fields = Nothing,
>(options: RouteOptions<TParams, TQuery, TBody, TReplies>): Route {
  const { params, query, body, errors = [], access, handle, ...rest } = options;
  const takesInput = params !== undefined || query !== undefined || body !== undefined;
  return {
    ...rest,
    access,
    params: params ?? nothing,
    query: query ?? nothing,
    body,
    errors: [
      ...(takesInput ? (['badRequest'] as const) : []),
      ...(body === undefined ? [] : (['tooLarge', 'unsupportedMediaType'] as const)),
      ...(access === 'apiKey' ? (['unauthorized', 'unavailable'] as const) : []),
      ...errors,
      'internal',
    ],
    respond: async (request) =>
      handle({
        params: parse(params ?? nothing, request.params, 'path') as v.InferOutput<TParams>,
        query: parse(query ?? nothing, request.query, 'query') as v.InferOutput<TQuery>,
        body: parse(
          body ?? nothing,
          body === undefined || request.body === undefined ? {} : request.body,
          'body',
        ) as v.InferOutput<TBody>,
        idempotencyKey: request.idempotencyKey,
      }),
  };
}

function parse<TSchema extends v.GenericSchema>(
  schema: TSchema,
  value: unknown,
  where: string,
): v.InferOutput<TSchema> {
  if (Array.isArray(value)) throw new HttpError('badRequest', `${where}: must be an object`);
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  throw new HttpError('badRequest', `${where}${field === null ? '' : `.${field}`}: ${issue.message}`);
}
