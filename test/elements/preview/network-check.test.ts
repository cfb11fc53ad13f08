import { expect } from '@open-wc/testing';
import { checkNetwork } from '../../../src/elements/preview/network-check.ts';

describe('checkNetwork', () => {
  it('takes the time to a server that answers, whatever it answers', async () => {
    const result = await checkNetwork(location.origin, new AbortController().signal);
    expect(result.state).to.be.oneOf(['good', 'fair', 'poor']);
    expect(result).to.have.property('roundTripMs').that.is.a('number');
  });

  it('says where nobody answers', async () => {
    const result = await checkNetwork('http://127.0.0.1:9', new AbortController().signal);
    expect(result).to.deep.equal({ state: 'unreachable' });
  });

  it('ends when nobody waits any more', async () => {
    const scope = new AbortController();
    scope.abort();
    expect(await checkNetwork(location.origin, scope.signal)).to.deep.equal({ state: 'unreachable' });
  });
});
