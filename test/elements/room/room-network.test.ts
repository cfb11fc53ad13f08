import { expect, fixture, html } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { RoomElement } from '../../../src/elements/room-element.ts';
import { IlsRoom } from '../../../src/elements/room/room.ts';
import { IlsJoinRequestEvent } from '../../../src/events/connection-requests.ts';
import { createFakeRoom } from '../../../src/testing/index.ts';
import { nextFrame, once, part, settled, textOf, until } from '../room-fixture.ts';
import { PageSockets } from './page-sockets.ts';

/** Says which room it is in, and how the connection stands. */
class Probe extends RoomElement {
  protected override render(): string {
    const connection = this.room?.store.connection;
    return connection === undefined ? 'nowhere' : `${connection.title.value} ${connection.state.value}`;
  }
}

defineElement('ils-room', IlsRoom);
customElements.define('test-probe', Probe);

const said = (probe: Element | null) => (probe?.shadowRoot?.textContent ?? '').trim();

describe('<ils-room> on a network', () => {
  let sockets: PageSockets;

  beforeEach(() => {
    sockets = new PageSockets();
  });

  afterEach(() => {
    for (const room of document.querySelectorAll('ils-room')) room.remove();
    sockets.restore();
  });

  const joined = (host: IlsRoom) => until(() => host.state === 'joined', 'the room');
  const gone = () => until(() => sockets.open === 0, 'the sockets to close');

  const create = (token: string, server = 'https://one.example') =>
    fixture<IlsRoom>(
      html`<ils-room server=${server} room="room" token=${token} auto-join><test-probe></test-probe></ils-room>`,
    );

  it('joins by itself with the token of the attribute', async () => {
    const host = await create('ada:audience');
    await joined(host);
    expect(sockets.serverOf('one.example').hellos[0]).to.include({ token: 'ada:audience', room: 'room' });
    await until(() => said(host.firstElementChild) === 'Room joined', 'the element within');
  });

  it('waits to be asked where it shall not join by itself', async () => {
    const host = await fixture<IlsRoom>(
      html`<ils-room server="https://one.example" room="room" token="ada:audience" name="Ada"></ils-room>`,
    );
    await settled(host);
    expect([host.state, sockets.count]).to.deep.equal(['idle', 0]);
    await host.join();
    expect(host.state).to.equal('joined');
    await host.leave();
    expect(host.state).to.equal('left');
    await gone();
  });

  it('asks the provider before the attribute', async () => {
    const host = document.createElement('ils-room') as IlsRoom;
    Object.assign(host, { server: 'https://one.example', room: 'room', token: 'nobody:audience' });
    const reasons: string[] = [];
    host.tokenProvider = (reason) => {
      reasons.push(reason);
      return 'ada:audience';
    };
    document.body.append(host);
    await host.join();
    expect(reasons).to.deep.equal(['join']);
    expect(sockets.serverOf('one.example').hellos[0]?.token).to.equal('ada:audience');
  });

  it('asks the page for a token where there is none', async () => {
    const host = document.createElement('ils-room') as IlsRoom;
    Object.assign(host, { server: 'https://one.example', room: 'room' });
    const asked = once(host, 'ils-token-needed');
    document.body.append(host);
    const join = host.join();
    await asked;
    host.token = 'ada:audience';
    await join;
    expect(host.state).to.equal('joined');
  });

  it('fetches a token for the name given at the join', async () => {
    const asked: URL[] = [];
    const realFetch = globalThis.fetch;
    globalThis.fetch = async (address) => {
      asked.push(new URL(String(address)));
      return Response.json({ token: 'ada:audience' });
    };
    try {
      const host = document.createElement('ils-room') as IlsRoom;
      Object.assign(host, { server: 'https://one.example', room: 'room', tokenUrl: '/token?role=audience' });
      document.body.append(host);
      await settled(host);
      host.dispatchEvent(new IlsJoinRequestEvent('Ada Lovelace'));
      await joined(host);
      const { role, room, name, reason, participant } = Object.fromEntries(asked[0]!.searchParams);
      expect({ role, room, name, reason }).to.deep.equal({
        role: 'audience',
        room: 'room',
        name: 'Ada Lovelace',
        reason: 'join',
      });
      expect(participant).to.match(/^tab-/);
    } finally {
      globalThis.fetch = realFetch;
    }
  });

  it('keeps its connection while it moves through the page', async () => {
    const host = await create('ada:audience');
    await joined(host);
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.append(host);
    await nextFrame();
    expect([host.state, sockets.count, sockets.open]).to.deep.equal(['joined', 1, 1]);
    expect(said(host.firstElementChild)).to.equal('Room joined');
  });

  it('closes everything when it leaves the page, and joins anew when it is back', async () => {
    const host = await create('ada:audience');
    await joined(host);
    const { parentElement } = host;
    host.remove();
    await gone();
    parentElement!.append(host);
    await until(() => sockets.count === 2 && host.state === 'joined', 'the room again');
    await until(() => said(host.firstElementChild) === 'Room joined', 'the element within');
  });

  it('leaves nothing behind, however often it is put in and taken out', async () => {
    const host = await create('ada:audience');
    await joined(host);
    const { parentElement } = host;
    const cycle = async () => {
      host.remove();
      await gone();
      parentElement!.append(host);
      await joined(host);
    };
    await cycle();
    const held = countListeners();
    try {
      for (let round = 0; round < 5; round++) await cycle();
      host.remove();
      await gone();
      expect(held.count).to.equal(0);
    } finally {
      held.restore();
    }
  });

  it('changes its room when the page names another', async () => {
    const host = await create('ada:audience');
    await joined(host);
    host.server = 'https://two.example';
    await until(() => sockets.serverOf('two.example').hellos.length === 1, 'the other server');
    await joined(host);
    expect(sockets.open).to.equal(1);
  });

  it('does not touch a second room of the page', async () => {
    const first = await create('ada:audience', 'https://one.example');
    const second = await create('ada:audience', 'https://two.example');
    await joined(first);
    await joined(second);
    first.remove();
    await until(() => sockets.open === 1, 'one socket');
    expect(second.state).to.equal('joined');
  });

  it('shows a room made elsewhere and does not close it', async () => {
    const room = createFakeRoom({ title: 'Made elsewhere' });
    const host = await create('ada:audience');
    await joined(host);
    host.headless = room;
    await until(() => said(host.firstElementChild) === 'Made elsewhere joined', 'the other room');
    await gone();
    host.remove();
    expect(room.store.connection.state.value).to.equal('joined');
  });

  it('says denied when the server refuses the token', async () => {
    sockets.serverOf('one.example').refusedTokens.set('bad', { code: 'tokenInvalid', message: 'bad token' });
    const host = document.createElement('ils-room') as IlsRoom;
    Object.assign(host, { server: 'https://one.example', room: 'room', autoJoin: true, tokenProvider: () => 'bad' });
    document.body.append(host);
    await until(() => host.state === 'denied', 'the refusal');
    await settled(host);
    expect(textOf(part(host, 'banner-text'))).to.equal('This invitation is not valid');
  });
});

/** Listeners on window and document that were added from now on and are still held. */
function countListeners() {
  const held = new Set<object>();
  const targets: EventTarget[] = [window, document];
  for (const target of targets) {
    const add = target.addEventListener.bind(target);
    target.addEventListener = (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: AddEventListenerOptions | boolean,
    ) => {
      const entry = {};
      const signal = typeof options === 'object' ? options.signal : undefined;
      held.add(entry);
      signal?.addEventListener('abort', () => held.delete(entry));
      add(type, listener, options);
    };
  }
  return {
    get count() {
      return held.size;
    },
    restore() {
      for (const target of targets) Reflect.deleteProperty(target, 'addEventListener');
    },
  };
}
