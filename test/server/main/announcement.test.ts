import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, it } from 'node:test';
import { describeStart } from '../../../server/src/announcement.ts';
import { createConfig } from '../../../server/src/config/config.ts';
import { findLocalAddresses } from '../../../server/src/config/local-addresses.ts';

describe('the announcement', () => {
  it('names every address in the network, and HTTPS for phones', () => {
    const text = describeStart(createConfig({ dev: true, https: true }), { port: 7888, httpsPort: 7889 });
    assert.match(text, /on this machine +http:\/\/localhost:7888\n/);
    for (const address of findLocalAddresses()) {
      assert.ok(text.includes(`on your network   http://${address}:7888\n`), address);
      assert.ok(text.includes(`for phones        https://${address}:7889  (`), address);
    }
    assert.match(text, /\nready: http:\/\/localhost:7888 .*\n$/);
  });

  it('promises nobody in the network what only this machine reaches', () => {
    const config = createConfig({ dev: true, host: '127.0.0.1', https: true });
    const text = describeStart(config, { port: 7888, httpsPort: 7889 });
    assert.doesNotMatch(text, /on your network/);
    assert.match(text, /https:\/\/localhost:7889/);
  });

  it('warns of nothing and names no page in public', () => {
    const config = createConfig({ secret: 'a secret of more than 32 characters', data: '/srv/ils' });
    const text = describeStart(config, { port: 80, httpsPort: undefined });
    assert.doesNotMatch(text, /DEVELOPMENT|\/studio|https:/);
    assert.match(text, /data +\/srv\/ils\n/);
  });

  it('leaves out loopback, containers and addresses that lead nowhere', () => {
    const info = (address: string, family: 'IPv4' | 'IPv6' = 'IPv4', internal = false) =>
      ({ address, family, internal }) as NetworkInterfaceInfo;
    const found = findLocalAddresses({
      lo: [info('127.0.0.1', 'IPv4', true)],
      eth0: [info('192.0.2.2'), info('fd00::2', 'IPv6')],
      wlan0: [info('169.254.3.4'), info('192.0.2.77')],
      docker0: [info('172.17.0.1')],
      'br-12ab': [info('172.18.0.1')],
    });
    assert.deepEqual(found, ['192.0.2.2', '192.0.2.77']);
  });
});
