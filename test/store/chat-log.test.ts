import { expect } from '@open-wc/testing';
import { ChatLog } from '../../src/store/chat-log.ts';

const entries = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ index: from + index }));

describe('chat log', () => {
  it('holds entries by index, with holes', () => {
    const log = new ChatLog<{ index: number }>();
    log.put(entries(5, 7), 10);
    expect([log.total, log.at(4), log.at(5)?.index, log.revision.value]).to.deep.equal([10, undefined, 5, 1]);
    log.put(entries(10, 12));
    expect([log.total, log.revision.value]).to.deep.equal([12, 2]);
  });

  it('lets the first that came go where it is full', () => {
    const log = new ChatLog<{ index: number }>(100);
    for (let index = 0; index < 150; index++) log.put([{ index }]);
    expect([log.total, log.at(49), log.at(50)?.index]).to.deep.equal([150, undefined, 50]);
    log.put(entries(0, 10));
    expect([log.at(0)?.index, log.at(59), log.at(60)?.index]).to.deep.equal([0, undefined, 60]);
  });

  it('lets the first that came go, again and again and after it started again', () => {
    const log = new ChatLog<{ index: number }>(10);
    const held = (total: number) =>
      Array.from({ length: total }, (_, index) => log.at(index)?.index).filter((index) => index !== undefined);
    for (const round of [0, 1, 2]) {
      log.reset(entries(90, 100), 100);
      for (let index = 100; index < 1_000; index++) {
        log.put([{ index }]);
        // What was there before keeps its turn.
        log.put([{ index: index - 3 }]);
      }
      expect(held(1_000), `round ${round}`).to.deep.equal([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
      log.put(entries(0, 4));
      expect(held(1_000), `round ${round}`).to.deep.equal([0, 1, 2, 3, 994, 995, 996, 997, 998, 999]);
    }
  });

  it('starts again, shorter if need be', () => {
    const log = new ChatLog<{ index: number }>();
    log.put(entries(0, 50));
    log.reset(entries(3, 4), 4);
    expect([log.total, log.at(0), log.at(3)?.index]).to.deep.equal([4, undefined, 3]);
  });
});
