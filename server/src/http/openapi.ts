import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { errorBody, HTTP_ERRORS } from './http-error.ts';
import type { Route } from './route.ts';

interface OpenApiOptions {
  readonly version: string;
  readonly description: string;
  /** Those that are no routes of the table. */
  readonly paths: JsonObject;
}

type JsonObject = Record<string, unknown>;

/** The OpenAPI 3.1 document of a route table. */
export function createOpenApi(
  routes: readonly Route[],
  { version, description, paths: more }: OpenApiOptions,
): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeOperation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ILS Kit room server',
      version,
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: { ...paths, ...more },
    components: {
      schemas: { Error: createSchema(errorBody, 'output') },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'One of the server’s apiKeys.' },
        token: { type: 'http', scheme: 'bearer', description: 'A participant’s token.' },
      },
    },
  };
}

function describeOperation(route: Route): JsonObject {
  const { operation, summary, description, tag, access, params, query, body, repeatable } = route;
  const parameters = [
    ...describeParameters(params, 'path'),
    ...describeParameters(query, 'query'),
    ...(repeatable === true ? [idempotencyKey] : []),
  ];
  return {
    operationId: operation,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    security: access === 'apiKey' ? [{ apiKey: [] }] : [],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: describeBody(body) }),
    responses: describeResponses(route),
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Any text of your own; the same request sent again with it has one effect.',
  schema: { type: 'string', minLength: 1, maxLength: 256 },
};

function describeParameters(fields: Route['params'], place: 'path' | 'query'): JsonObject[] {
  return Object.entries(fields.entries).map(([name, schema]) => {
    const { description, ...rest } = createSchema(schema, 'output');
    return {
      name,
      in: place,
      required: place === 'path' || schema.type !== 'optional',
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

function describeBody(body: v.GenericSchema): JsonObject {
  return { required: true, content: { 'application/json': { schema: createSchema(body, 'input') } } };
}

function describeResponses({ replies, errors }: Route): JsonObject {
  const successes = Object.entries(replies).map(([status, schema]) => [
    status,
    { description: 'Done.', content: { 'application/json': { schema: createSchema(schema, 'output') } } },
  ]);
  const statuses = new Set(errors.map((code) => HTTP_ERRORS[code]));
  const failures = [...statuses].map((status) => [
    status,
    {
      description: errors
        .filter((code) => HTTP_ERRORS[code] === status)
        .map((code) => `\`${code}\``)
        .join(', '),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  ]);
  return Object.fromEntries([...successes, ...failures]);
}

function createSchema(schema: v.GenericSchema, typeMode: 'input' | 'output'): JsonObject {
  // What JSON Schema cannot say (trimming, a check by code) is said by the error.
  const { $schema: _, ...rest } = toJsonSchema(schema, { target: 'draft-2020-12', typeMode, errorMode: 'ignore' });
  return rest;
}
