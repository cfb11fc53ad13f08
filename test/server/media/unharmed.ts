import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { MediasoupMedia } from '../../../server/src/media/mediasoup/create-media.ts';
import { ProtocolError, type ErrorCode, type TransportId } from '../../../src/protocol/index.ts';
import { openRoom, participant, startMedia, type TestRoom } from './test-media.ts';

/** From the call to the end of the file; a rejection that nobody handles would end the server. */
export function forbidUnhandledRejections(): () => void {
  const unhandled: unknown[] = [];
  const remember = (reason: unknown) => unhandled.push(reason);
  const assertNone = () => assert.deepEqual(unhandled, []);
  before(() => void process.on('unhandledRejection', remember));
  after(() => {
    process.off('unhandledRejection', remember);
    assertNone();
  });
  return assertNone;
}

export async function codeOf(request: () => Promise<unknown>): Promise<ErrorCode | 'done'> {
  try {
    await request();
    return 'done';
  } catch (error) {
    assert.ok(error instanceof ProtocolError, `not a typed error: ${String(error)}`);
    return error.code;
  }
}

export interface RoomOfAnn extends TestRoom {
  readonly media: MediasoupMedia;
  /** Her transports. */
  readonly send: TransportId;
  readonly receive: TransportId;
}

/** Gives tests rooms on one worker, and looks after each whether that has taken harm. */
export function createRoomsOfAnn(): (use: (room: RoomOfAnn) => Promise<void>) => Promise<void> {
  const assertNoneUnhandled = forbidUnhandledRejections();
  let media: MediasoupMedia;
  let workerPid: number | undefined;
  before(async () => {
    media = await startMedia();
    workerPid = media.statistics().loads[0]?.pid;
  });
  after(() => media.close());
  return async (use) => {
    const testRoom = await openRoom(media);
    const { id: send } = await testRoom.room.openTransport(participant('ann'), 'send');
    const { id: receive } = await testRoom.room.openTransport(participant('ann'), 'receive');
    try {
      await use({ ...testRoom, media, send, receive });
    } finally {
      testRoom.room.close();
    }
    assertNoneUnhandled();
    assert.equal(media.statistics().workerDeaths, 0);
    assert.equal(media.statistics().loads[0]?.pid, workerPid);
  };
}
