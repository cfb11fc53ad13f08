import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/local-addresses.ts';

/** Whether a page of `origin` may talk to the server it calls `host`. Who sends no origin is no page. */
export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean;

export function createOriginCheck({ allowedOrigins, dev }: Pick<Config, 'allowedOrigins' | 'dev'>): OriginCheck {
  const allowed = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));
  return (origin, host) => {
    if (origin === undefined || allowed.has('*') || allowed.has(origin.toLowerCase())) return true;
    if (!URL.canParse(origin)) return false;
    const page = new URL(origin);
    return page.host === host || (dev && isLoopback(page.hostname));
  };
}
