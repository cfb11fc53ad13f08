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

  it('starts again, shorter if need be', () => {
    const log = new ChatLog<{ index: number }>();
    log.put(entries(0, 50));
    log.reset(entries(3, 4), 4);
    expect([log.total, log.at(0), log.at(3)?.index]).to.deep.equal([4, undefined, 3]);
  });
});
