import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import { createIceServers } from '../../../server/src/media/mediasoup/ice-servers.ts';
import { openRoom, participant, startMedia } from './test-media.ts';

const ann = participant('ann');
const nowMs = Date.UTC(2026, 0, 1);

suite('ICE servers', () => {
  test('without a secret go to everyone as they are', () => {
    const servers = [
      { urls: ['stun:stun.example'] },
      { urls: ['turn:turn.example'], username: 'all', credential: 'known' },
    ];
    assert.deepEqual(createIceServers(servers, ann, nowMs), servers);
  });

  test('with a secret get credentials of the participant that end', () => {
    const [server] = createIceServers(
      [{ urls: ['turn:turn.example', 'turns:turn.example:443'], secret: 'shared with coturn', lifetimeSeconds: 600 }],
      ann,
      nowMs,
    );
    const username = `${nowMs / 1000 + 600}:ann`;
    assert.deepEqual(server, {
      urls: ['turn:turn.example', 'turns:turn.example:443'],
      username,
      credential: createHmac('sha1', 'shared with coturn').update(username).digest('base64'),
    });
  });

  test('come with every transport, and the secret does not', async (t) => {
    const media = await startMedia({
      iceServers: [{ urls: ['turn:turn.example'], secret: 'shared with coturn', lifetimeSeconds: 600 }],
    });
    t.after(() => media.close());
    const { room } = await openRoom(media);
    const view = await room.openTransport(ann, 'receive');
    assert.match(view.iceServers[0]?.username ?? '', /^\d{10}:ann$/);
    assert.doesNotMatch(JSON.stringify(view), /shared with coturn/);
  });
});
