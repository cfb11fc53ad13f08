import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/local-addresses.ts';

/** Whether a page of `origin` may talk to the server it calls `host`. Who sends no origin is no page. */
export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean;

export function createOriginCheck({
  allowedOrigins,
  embedOrigins,
  dev,
}: Pick<Config, 'allowedOrigins' | 'embedOrigins' | 'dev'>): OriginCheck {
  const allowed = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));
  // What a sandboxed frame calls itself. A token says who somebody is, never an origin.
  if (embedOrigins.length > 0) allowed.add('null');
  return (origin, host) => {
    if (origin === undefined || allowed.has('*') || allowed.has(origin.toLowerCase())) return true;
    if (!URL.canParse(origin)) return false;
    const page = new URL(origin);
    return page.host === host || (dev && isLoopback(page.hostname));
  };
}
