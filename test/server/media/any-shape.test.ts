import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { dtlsParameters, rtpCapabilities, rtpParameters, SOURCES } from '../../../src/protocol/index.ts';
import { almostGood, anyCapabilities, anyDtls, anyRtpParameters } from './arbitrary-media.ts';
import { everything } from './parameters.ts';
import { participant, stream } from './test-media.ts';
import { codeOf, createRoomsOfAnn } from './unharmed.ts';

const ann = participant('ann');
const eve = participant('eve');
const withRoom = createRoomsOfAnn();

suite('anything of the right shape', () => {
  const allowed = new Set(['done', 'badRequest', 'notFound', 'conflict']);

  test('is published or refused, and what is published can be watched', { timeout: 120_000 }, () =>
    withRoom(async ({ room, send, receive }) => {
      const outcomes = new Map<string, number>();
      const count = (code: string) => outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(anyRtpParameters, almostGood, almostGood),
          fc.constantFrom(...SOURCES),
          fc.oneof(anyCapabilities, fc.constant(everything(room.capabilities()))),
          fc.nat(7),
          async (offered, source, offeredCapabilities, spatialLayer) => {
            const capabilities = v.parse(rtpCapabilities, offeredCapabilities);
            let streamId = stream('');
            const published = await codeOf(async () => {
              const given = v.parse(rtpParameters, offered);
              streamId = await room.publish(ann, send, { source, rtpParameters: given, muted: false });
            });
            count(published);
            assert.ok(allowed.has(published), published);
            if (published !== 'done') return;
            const watched = await codeOf(async () => {
              const { subscriptionId } = await room.subscribe(ann, receive, streamId, capabilities);
              await room.setSubscription(ann, subscriptionId, { paused: false, spatialLayer });
              await room.setMuted(streamId, true);
            });
            count(`watching: ${watched}`);
            assert.ok(allowed.has(watched), watched);
            room.unpublish(streamId);
          },
        ),
        { numRuns: 3_000 },
      );
      for (const outcome of ['done', 'badRequest', 'watching: done', 'watching: badRequest']) {
        assert.ok((outcomes.get(outcome) ?? 0) > 20, `tried too little: ${JSON.stringify([...outcomes])}`);
      }
    }),
  );

  test('connects or is refused', { timeout: 60_000 }, () =>
    withRoom(async ({ room }) => {
      await fc.assert(
        fc.asyncProperty(anyDtls, fc.constantFrom('send', 'receive'), async (offered, direction) => {
          const { id } = await room.openTransport(eve, direction);
          const code = await codeOf(() => room.connectTransport(eve, id, v.parse(dtlsParameters, offered)));
          assert.ok(allowed.has(code), code);
          await room.restartTransport(eve, id);
        }),
        { numRuns: 300 },
      );
    }),
  );
});
