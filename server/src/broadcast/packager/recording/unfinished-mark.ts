import * as v from 'valibot';
import { readWhole, type SegmentStorage } from '../../storage/segment-storage.ts';
import type { StorageKeys } from '../storage-keys.ts';

const unfinishedMark = v.object({ startedAt: v.number(), recordOnly: v.boolean() });
export type UnfinishedMark = v.InferOutput<typeof unfinishedMark>;

/** By this a later server finds a recording that was not ended. */
export async function writeMark(storage: SegmentStorage, keys: StorageKeys, mark: UnfinishedMark): Promise<void> {
  await storage.write(keys.unfinished, Buffer.from(JSON.stringify(mark)));
}

/** Whether the recording may not be shown at the room's own address: without a mark nobody knows, and it is not. */
export async function isRecordOnly(storage: SegmentStorage, keys: StorageKeys): Promise<boolean> {
  const bytes = await readWhole(storage, keys.unfinished);
  return bytes === null || v.parse(unfinishedMark, JSON.parse(bytes.toString())).recordOnly;
}
