import { expect } from '@open-wc/testing';
import { ERRORS, isErrorCode, negotiateVersion, ProtocolError, PROTOCOL_VERSIONS } from '../../src/protocol/index.ts';

describe('protocol', () => {
  it('[H2] settles on the newest version that both speak', () => {
    expect(negotiateVersion([99, ...PROTOCOL_VERSIONS])).to.equal(PROTOCOL_VERSIONS[0]);
    expect(negotiateVersion([99])).to.equal(undefined);
    expect(negotiateVersion([])).to.equal(undefined);
  });

  it('[E1] has a closed list of errors, each retriable or not, fatal or not', () => {
    for (const [code, { retriable, fatal }] of Object.entries(ERRORS)) {
      expect(isErrorCode(code)).to.equal(true);
      expect([typeof retriable, typeof fatal]).to.deep.equal(['boolean', 'boolean']);
    }
    for (const code of ['', 'toString', '__proto__', 'constructor', 7, null]) expect(isErrorCode(code)).to.equal(false);
  });

  it('[E1] carries an error over the wire and back, an unknown one as internal', () => {
    const error = new ProtocolError('rateLimited', 'slow down', 500);
    expect(ProtocolError.fromWire(error.toWire())).to.include({ code: 'rateLimited', retryAfterMs: 500 });
    expect(new ProtocolError('timeout', '').toWire()).to.deep.equal({ code: 'timeout', message: '' });
    const unknown = JSON.parse('{"code":"toString","message":"?"}');
    expect(ProtocolError.fromWire(unknown)).to.include({ code: 'internal', retriable: true, fatal: false });
  });
});
