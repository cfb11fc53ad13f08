import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer, type TestServer } from './test-server.ts';

describe('metrics', () => {
  let server: TestServer;
  let api: ApiClient;

  before(async () => {
    server = await startTestServer();
    api = await ApiClient.open(server.origin);
  });
  after(() => server.close());

  /** The samples by name and labels. */
  const scrape = async (): Promise<Map<string, number>> => {
    const response = await fetch(`${server.origin}/metrics`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
    );
  };

  it('counts rooms, participants, sockets, messages and media as they come', async () => {
    const before = await scrape();
    assert.equal(before.get('ils_participants'), 0);
    assert.equal(before.get('ils_sockets'), 0);
    assert.equal(before.get('ils_media_workers'), 1);

    const { body } = await api.call('mintToken', { path: { roomId: 'counted' }, body: { role: 'host' } });
    const client = await joinRoom(server.origin, 'counted', body.token);
    const request = { type: 'request', id: 1, key: 'the-only-one', name: 'sendChat', data: { text: 'hello' } };
    client.socket.send(JSON.stringify(request));
    await client.next('reply');

    const during = await scrape();
    assert.equal(during.get('ils_rooms'), 1);
    assert.equal(during.get('ils_participants'), 1);
    assert.equal(during.get('ils_sockets'), 1);
    assert.equal(during.get('ils_sockets_total{outcome="accepted"}'), 1);
    assert.equal(during.get('ils_hellos_total{outcome="joined"}'), 1);
    assert.equal(during.get('ils_request_seconds_count{name="sendChat",outcome="ok"}'), 1);
    assert.equal(during.get('ils_events_total{name="chatSent"}'), 1);
    assert.equal(during.get('ils_event_messages_total{name="chatSent"}'), 1);
    for (const name of [
      'ils_media_transports',
      'ils_media_streams',
      'ils_media_subscriptions',
      'ils_media_worker_deaths',
    ]) {
      assert.equal(during.get(name), 0, name);
    }

    client.socket.send(JSON.stringify({ type: 'request', id: 2, key: 'leaving-now', name: 'leave', data: {} }));
    await client.closed;
    const after_ = await scrape();
    assert.equal(after_.get('ils_participants'), 0);
    assert.equal(after_.get('ils_sockets'), 0);
  });

  it('tells the lag of the event loop, and HTTP by route, never by address', async () => {
    await api.call('getRoom', { path: { roomId: 'secret-room-name' } });
    const samples = await scrape();
    assert.ok(samples.has('nodejs_eventloop_lag_p99_seconds'));
    const route = 'ils_http_request_seconds_count{method="GET",route="/api/v1/rooms/:roomId",status="404"}';
    assert.equal(samples.get(route), 1);
    assert.ok(![...samples.keys()].some((key) => key.includes('secret-room-name')));
  });
});
