import { expect } from '@open-wc/testing';
import { LevelSwitch, type KeyFrames } from '../../../src/media/hls/level-switch.ts';

/** Segments of two seconds from 20 on, with a key frame each second, in parts of a fifth. */
const KEY_FRAMES: KeyFrames = {
  fragments: [{ start: 20 }, { start: 22 }],
  partList: Array.from({ length: 10 }, (_, index) => ({ start: 22 + index / 5, independent: index % 5 === 0 })),
};

describe('LevelSwitch', () => {
  let changes: number[];
  let levels: LevelSwitch;
  const playPart = (segment: number, end: number) => {
    levels.loading({ segment, isWhole: false });
    levels.buffered(segment, end);
  };

  beforeEach(() => {
    changes = [];
    levels = new LevelSwitch((level) => changes.push(level));
  });

  it('goes over at once where nothing has been fetched, and to the choice of the library', () => {
    levels.choose(1);
    playPart(11, 22.4);
    levels.choose(-1);
    expect(changes).to.deep.equal([1, -1]);
  });

  it('waits for a key frame where what is fetched ends, so that nothing is fetched over what plays', () => {
    playPart(11, 22.6);
    levels.choose(0);
    levels.updated(KEY_FRAMES);
    playPart(11, 22.8);
    levels.updated(KEY_FRAMES);
    expect(changes).to.deep.equal([]);
    playPart(11, 23);
    levels.updated(KEY_FRAMES);
    expect(changes).to.deep.equal([0]);
    levels.updated(KEY_FRAMES);
    expect(changes).to.deep.equal([0]);
  });

  it('does not take the end of what was fetched for the end while more is on its way', () => {
    playPart(11, 22.8);
    levels.choose(0);
    levels.loading({ segment: 12, isWhole: false });
    levels.buffered(11, 23);
    levels.updated(KEY_FRAMES);
    expect(changes).to.deep.equal([]);
  });

  it('goes over at once while a whole segment is on its way: the next begins with a key frame', () => {
    playPart(10, 21.4);
    levels.choose(0);
    levels.loading({ segment: 11, isWhole: true });
    levels.choose(1);
    expect(changes).to.deep.equal([0, 1]);
  });

  it('has the last choice alone', () => {
    playPart(11, 22.6);
    levels.choose(0);
    levels.choose(1);
    playPart(11, 23);
    levels.updated(KEY_FRAMES);
    expect(changes).to.deep.equal([1]);
  });

  it('goes over anyway in the end, where no key frame comes to lie there', () => {
    playPart(11, 22.6);
    levels.choose(0);
    for (let count = 0; count < 30; count += 1) levels.updated(KEY_FRAMES);
    expect(changes).to.deep.equal([0]);
  });
});
