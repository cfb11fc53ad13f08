import type { Config } from '../config/config.ts';
import { ExternalFilter, type ExternalFilterOptions } from './external-filter.ts';

/** The site's own filter of the chat, where it has one. */
export function openFilter(
  { chatFilterUrl: url, chatFilterTimeoutMs: timeoutMs, chatFilterFallback: fallback, webhookSecret: secret }: Config,
  parts: Pick<ExternalFilterOptions, 'clock' | 'logger'>,
): ExternalFilter | undefined {
  if (url === undefined || secret === undefined) return undefined;
  return new ExternalFilter({ ...parts, url, secret, timeoutMs, fallback });
}
