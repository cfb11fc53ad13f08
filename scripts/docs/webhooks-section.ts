import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../set-up/paths.mjs';
import { asCode } from './table.ts';

/** The types of what a site's back end is told, from the interface that declares them. */
export function readWebhookTypes(): readonly string[] {
  const text = readFileSync(join(repository, 'server/src/rooms/announcer.ts'), 'utf8');
  const [, body = ''] = /export interface Announcements \{([^]*?)\n\}/.exec(text) ?? [];
  return [...body.matchAll(/^ {2}'([\w.]+)':/gm)].map(([, type = '']) => type).toSorted();
}

export function composeWebhooks(): string {
  const bySubject = Map.groupBy(readWebhookTypes(), (type) => type.split('.', 1)[0] ?? '');
  return [...bySubject.values()].map((types) => `- ${types.map(asCode).join(', ')}`).join('\n');
}
