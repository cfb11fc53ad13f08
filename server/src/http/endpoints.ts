import type { FastifyInstance } from 'fastify';

/** Part of the HTTP side that speaks another media type than JSON. */
export interface HttpEndpoints {
  /** Adds its routes, and parsers and error handlers for them alone. */
  readonly register: (app: FastifyInstance) => Promise<void>;
  /** Its part of the OpenAPI document. */
  readonly paths: Readonly<Record<string, object>>;
}
