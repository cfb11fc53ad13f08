import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readWhole, type SegmentStorage } from '../../../server/src/broadcast/storage/segment-storage.ts';

export interface OpenedStorage {
  readonly storage: SegmentStorage;
  readonly close: () => Promise<void>;
}

/** What every storage of segments does. */
export function describeStorage(name: string, open: () => Promise<OpenedStorage>): void {
  describe(`${name} as a storage of segments`, () => {
    let opened: OpenedStorage;
    let storage: SegmentStorage;
    beforeEach(async () => {
      opened = await open();
      ({ storage } = opened);
    });
    afterEach(() => opened.close());

    const text = async (key: string) => (await readWhole(storage, key))?.toString() ?? null;
    async function* pieces(...values: readonly string[]) {
      for (const value of values) yield Buffer.from(value);
    }

    it('reads what was written, and nothing where nothing was', async () => {
      await storage.write('rooms/one/a.m4s', Buffer.from('first'));
      assert.equal(await text('rooms/one/a.m4s'), 'first');
      assert.equal(await text('rooms/one/b.m4s'), null);
      assert.equal(await text('rooms/one'), null);
      await storage.write('rooms/one/a.m4s', Buffer.from('second'));
      assert.equal(await text('rooms/one/a.m4s'), 'second');
      await storage.write('rooms/one/empty', new Uint8Array());
      assert.equal(await text('rooms/one/empty'), '');
    });

    it('reads ranges, cut off at the end', async () => {
      await storage.write('file', Buffer.from('0123456789'));
      const range = async (from: number, to: number) => {
        const stored = await storage.read('file', { from, to });
        assert.ok(stored);
        const bytes: Uint8Array[] = [];
        for await (const piece of stored.body) bytes.push(piece);
        return [stored.size, Buffer.concat(bytes).toString()];
      };
      assert.deepEqual(await range(2, 4), [10, '234']);
      assert.deepEqual(await range(8, 99), [10, '89']);
      assert.deepEqual(await range(10, 12), [10, '']);
    });

    it('writes what comes in pieces, small and large', async () => {
      await storage.writeStream('small', 6, pieces('abc', 'def'));
      assert.equal(await text('small'), 'abcdef');
      const block = 'x'.repeat(1_024 * 1_024);
      await storage.writeStream('large', 20 * block.length, pieces(...Array.from({ length: 20 }, () => block)));
      assert.equal((await readWhole(storage, 'large'))?.byteLength, 20 * block.length);
    });

    it('leaves what was there when a source fails', async () => {
      await storage.write('kept', Buffer.from('before'));
      async function* failing() {
        yield Buffer.from('half');
        throw new Error('the source failed');
      }
      await assert.rejects(storage.writeStream('kept', 100, failing()));
      assert.equal(await text('kept'), 'before');
      assert.deepEqual(await storage.list(''), ['kept']);
    });

    it('lists and removes by prefix', async () => {
      for (const key of ['a/one/2', 'a/one/1', 'a/oneself/1', 'b/1']) await storage.write(key, Buffer.from(key));
      assert.deepEqual(await storage.list('a/one/'), ['a/one/1', 'a/one/2']);
      assert.deepEqual(await storage.list('nothing/'), []);
      await storage.remove('a/one/');
      await storage.remove('b/1');
      await storage.remove('c/1');
      assert.deepEqual(await storage.list(''), ['a/oneself/1']);
    });

    it('keeps any identifier of ours apart from any other', async () => {
      const names = ['..', '.', '.hidden', 'a:b', 'A.b_c-d'];
      for (const part of names) await storage.write(`rooms/${part}/file`, Buffer.from(part));
      for (const part of names) assert.equal(await text(`rooms/${part}/file`), part);
      assert.equal((await storage.list('rooms/')).length, names.length);
    });
  });
}
