import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { giftCatalogue, reactionEmoji, roleDefinition } from '../../../src/protocol/index.ts';
import type { RoomTemplate } from '../rooms/templates.ts';
import { ConfigError } from './read-settings.ts';

/** When a room's broadcast starts and stops by itself. */
export const broadcastPolicy = v.strictObject({
  startWithAudience: v.pipe(
    v.optional(v.boolean(), false),
    v.description('With the first participant whose role watches by HLS.'),
  ),
  stopAfterMs: v.pipe(
    v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null),
    v.description('So long after the last of them has gone; null: never. Milliseconds.'),
  ),
});

const templates = v.array(
  v.strictObject({
    name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,64}$/)),
    roles: v.array(v.strictObject(roleDefinition.entries)),
    withoutBuiltInRoles: v.optional(v.boolean(), false),
    broadcast: v.optional(broadcastPolicy),
    recordings: v.optional(
      v.strictObject({ retentionDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(36_500)) }),
    ),
    /** As the setting of that name unless told. */
    preferredVideoCodec: v.optional(v.picklist(['auto', 'vp8', 'h264'])),
    reactions: v.optional(v.pipe(v.array(reactionEmoji), v.maxLength(24))),
    gifts: v.optional(giftCatalogue),
  }),
);

/**
 * The room templates of a file.
 * @throws ConfigError that names the place in the file and what is expected there.
 */
export async function readTemplates(path: string | undefined): Promise<readonly RoomTemplate[]> {
  if (path === undefined) return [];
  try {
    return v.parse(templates, JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const [issue] = error instanceof v.ValiError ? error.issues : [];
    const reason =
      issue === undefined ? String((error as Error).message) : `${v.getDotPath(issue) ?? ''}: ${issue.message}`;
    throw new ConfigError([`templates: cannot use ${path}: ${reason}`]);
  }
}
