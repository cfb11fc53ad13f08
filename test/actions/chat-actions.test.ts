import { expect } from '@open-wc/testing';
import { openRoom } from '../room/open-room.ts';

const requestsOf = (server: { requests: { name: string; data: unknown }[] }, name: string): unknown[] =>
  server.requests.filter((request) => request.name === name).map(({ data }) => data);

describe('chat actions', () => {
  it('sends while the link is down, once it is back', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    server.network.latest.cut();
    const sent = room.actions.sendChat('hello');
    expect(room.store.chat.pending.value.map(({ state }) => state)).to.deep.equal(['sending']);
    await clock.advance(250);
    await flush();
    await sent;
    expect(room.store.chat.pending.value).to.have.length(0);
    expect(server.messages.map(({ text }) => text)).to.deep.equal(['hello']);
    room.close();
  });

  it('[Q2] sends again after a lost reply with one effect', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    const sent = room.actions.sendChat('hello');
    server.network.latest.deliver('toServer', 9);
    server.network.latest.cut();
    await clock.advance(250);
    await flush();
    await sent;
    expect(server.messages).to.have.length(1);
    expect(new Set(server.requests.map(({ key }) => key)).size).to.equal(1);
    expect(room.store.chat.log.total).to.equal(1);
    room.close();
  });

  it('keeps what was refused, says so, and sends it again with the same key', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    server.answers.set('sendChat', () => {
      throw 'rateLimited';
    });
    const refused = room.actions.sendChat('hello').catch((error: unknown) => error);
    await flush();
    expect(await refused).to.include({ code: 'rateLimited' });
    const [failed] = room.store.chat.pending.value;
    expect(failed).to.deep.include({ state: 'failed', error: { code: 'rateLimited', message: 'refused' } });
    expect(room.store.notices.latest.value).to.deep.include({ request: 'sendChat' });
    server.answers.clear();
    const again = room.actions.retryChat(failed!.key);
    await flush();
    await again;
    expect(server.requests.map(({ key }) => key)).to.deep.equal([failed!.key, failed!.key]);
    expect(room.store.chat.pending.value).to.have.length(0);
    room.close();
  });

  it('gives a failed message up', async () => {
    const { room } = openRoom();
    await room.actions.sendChat('too early').catch(() => {});
    const [failed] = room.store.chat.pending.value;
    expect(failed?.error?.code).to.equal('disconnected');
    room.actions.discardChat(failed!.key);
    await room.actions.retryChat(failed!.key);
    expect(room.store.chat.pending.value).to.have.length(0);
    room.close();
  });

  it('loads a page once however often it is asked for, and only what is missing', async () => {
    const { room, server, join, flush } = openRoom();
    for (let index = 0; index < 130; index++) server.say('ada', `${index}`);
    await join();
    const { log, loading } = room.store.chat;
    expect([log.total, log.at(109), log.at(110)?.text]).to.deep.equal([130, undefined, '110']);
    const pages = [room.actions.loadChat(130), room.actions.loadChat(110), room.actions.loadChat(108)];
    expect(loading.value).to.equal(true);
    await flush();
    await Promise.all(pages);
    expect(loading.value).to.equal(false);
    await room.actions.loadChat(110);
    expect(requestsOf(server, 'loadChat')).to.deep.equal([{ before: 110, limit: 50 }]);
    const rest = [room.actions.loadChat(60), room.actions.loadChat(10)];
    await flush();
    await Promise.all([...rest, room.actions.loadChat(0)]);
    expect(requestsOf(server, 'loadChat').slice(1)).to.deep.equal([
      { before: 60, limit: 50 },
      { before: 10, limit: 10 },
    ]);
    expect(Array.from({ length: 130 }, (_, index) => log.at(index)?.text)).to.deep.equal(
      Array.from({ length: 130 }, (_, index) => `${index}`),
    );
    room.close();
  });

  it('stops saying that it loads when that fails', async () => {
    const { room, server, join, flush } = openRoom();
    for (let index = 0; index < 30; index++) server.say('ada', `${index}`);
    await join();
    server.answers.set('loadChat', () => {
      throw 'unavailable';
    });
    const failed = room.actions.loadChat(10).catch((error: unknown) => error);
    await flush();
    expect(await failed).to.include({ code: 'unavailable' });
    expect(room.store.chat.loading.value).to.equal(false);
    server.answers.clear();
    const loaded = room.actions.loadChat(10);
    await flush();
    await loaded;
    expect(room.store.chat.log.at(0)?.text).to.equal('0');
    room.close();
  });
});
