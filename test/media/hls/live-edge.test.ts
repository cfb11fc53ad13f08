import { expect } from '@open-wc/testing';
import { stepTowardsLive } from '../../../src/media/hls/live-edge.ts';

describe('stepTowardsLive', () => {
  it('leaves alone what is where it should be', () => {
    expect(stepTowardsLive({ late: 0.05, buffered: 0.8 })).to.deep.equal({ rate: 1 });
    expect(stepTowardsLive({ late: -0.05, buffered: 0.8 })).to.deep.equal({ rate: 1 });
  });

  it('hurries hardly to be heard, and only with something in hand', () => {
    expect(stepTowardsLive({ late: 0.5, buffered: 1 })).to.deep.equal({ rate: 1.05 });
    expect(stepTowardsLive({ late: 1.4, buffered: 3 })).to.deep.equal({ rate: 1.1 });
    expect(stepTowardsLive({ late: 0.5, buffered: 0.3 })).to.deep.equal({ rate: 1 });
  });

  it('steps over what is far too late, once the way is fetched, and over what is later still at once', () => {
    expect(stepTowardsLive({ late: 2, buffered: 2.5 })).to.equal('jump');
    expect(stepTowardsLive({ late: 2, buffered: 2.2 })).to.deep.equal({ rate: 1.1 });
    expect(stepTowardsLive({ late: 7, buffered: 0 })).to.equal('jump');
  });

  it('slows down before it runs dry ahead of its place', () => {
    expect(stepTowardsLive({ late: -0.2, buffered: 0.1 })).to.deep.equal({ rate: 0.95 });
  });
});
