import { expect, fixture, html } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { RoomElement } from '../../../src/elements/room-element.ts';
import { IlsRoom } from '../../../src/elements/room/room.ts';
import { IlsLeaveRequestEvent } from '../../../src/events/connection-requests.ts';
import type { RoomActions } from '../../../src/actions/room-actions.ts';
import { IlsRequestEvent } from '../../../src/events/request-event.ts';
import { IlsVolumeRequestEvent } from '../../../src/events/media-requests.ts';
import type { IlsErrorEvent, IlsRoleChangedEvent, IlsStateChangedEvent } from '../../../src/events/room-events.ts';
import type { ErrorCode } from '../../../src/protocol/index.ts';
import type { ConnectionState } from '../../../src/store/connection.ts';
import { createFakeRoom, type FakeRoomOptions } from '../../../src/testing/index.ts';
import { called, nextFrame, once, part, present, roomFixture, settled, still, textOf, until } from '../room-fixture.ts';

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

const inRoom = (options: FakeRoomOptions = {}) =>
  roomFixture<Probe>({ hosts: 0, title: 'Launch', ...options }, html`<test-probe></test-probe>`);

const banners: readonly [ConnectionState, ErrorCode | undefined, string, string | null][] = [
  ['reconnecting', 'disconnected', 'Connection lost. Coming back…', null],
  ['removed', 'removed', 'You were removed from the room', null],
  ['ended', undefined, 'The show has ended', null],
  ['denied', 'tokenExpired', 'Your invitation has run out', 'Join again'],
  ['denied', 'tokenInvalid', 'This invitation is not valid', 'Try again'],
  ['failed', 'joinedElsewhere', 'You joined from another window', 'Join here'],
  ['failed', 'roomFull', 'The room is full', 'Try again'],
  ['failed', 'versionUnsupported', 'This page is out of date', null],
  ['failed', 'internal', 'The room cannot be reached', 'Try again'],
];

const states: readonly ConnectionState[] = [
  'idle',
  'connecting',
  'joined',
  'reconnecting',
  'left',
  'removed',
  'ended',
  'denied',
  'failed',
];

describe('<ils-room>', () => {
  describe('is accessible', () => {
    for (const state of states)
      it(state, async () => {
        const { host } = await inRoom({ state });
        await settled(host);
        await still(host);
        await expect(host).to.be.accessible();
      });
  });

  describe('states and events', () => {
    it('each state is a custom state, one at a time', async () => {
      const { host, room } = await inRoom({ state: 'idle' });
      for (const state of states) {
        room.setState(state);
        const shown = states.filter((name) => host.matches(`:state(${name})`));
        expect(shown).to.deep.equal([state]);
        expect(host.state).to.equal(state);
      }
    });

    it('tells each change, joining, leaving and why', async () => {
      const { host, room } = await inRoom({ state: 'idle' });
      const log: string[] = [];
      const note = (event: Event) => log.push(event.type);
      for (const type of ['ils-joined', 'ils-left', 'ils-error'] as const) host.addEventListener(type, note);
      host.addEventListener('ils-state-changed', (event: IlsStateChangedEvent) =>
        log.push(`${event.previousState}→${event.state}`),
      );
      for (const state of ['connecting', 'joined', 'reconnecting', 'joined'] as const) {
        room.setState(state);
        await nextFrame();
      }
      room.setState('failed', 'roomFull');
      await nextFrame();
      expect(log).to.deep.equal([
        'idle→connecting',
        'connecting→joined',
        'ils-joined',
        'joined→reconnecting',
        'reconnecting→joined',
        'joined→failed',
        'ils-left',
        'ils-error',
      ]);
    });

    it("tells one's own new role and what was refused", async () => {
      const { host, room } = await inRoom({ role: 'viewer' });
      const role = once<IlsRoleChangedEvent>(host, 'ils-role-changed');
      room.changeRole(room.selfId, 'guest');
      expect(await role).to.include({ role: 'guest', previousRole: 'viewer' });
      const refused = once<IlsErrorEvent>(host, 'ils-error');
      room.failNext('sendChat', 'rateLimited');
      await host.actions!.sendChat('hello').catch(() => undefined);
      expect((await refused).error.code).to.equal('rateLimited');
      expect((await refused).request).to.equal('sendChat');
    });
  });

  describe('requests', () => {
    it('are performed after all listeners, those further out too', async () => {
      const { element, room } = await inRoom();
      const order: string[] = [];
      const handleRequest = () => order.push(`listener, ${called(room).length} calls`);
      document.addEventListener('ils-volume-request', handleRequest, { once: true });
      element.dispatchEvent(new IlsVolumeRequestEvent(0.3));
      await nextFrame();
      expect(order).to.deep.equal(['listener, 0 calls']);
      expect(room.store.playback.volume.value).to.equal(0.3);
    });

    it('are not performed where a listener prevents it', async () => {
      const { element, room } = await inRoom();
      document.addEventListener('ils-volume-request', (event) => event.preventDefault(), { once: true });
      element.dispatchEvent(new IlsVolumeRequestEvent(0.3));
      await nextFrame();
      expect(called(room)).to.deep.equal([]);
    });

    it('are performed from the first of their kind on', async () => {
      class IlsNewRequestEvent extends IlsRequestEvent {
        constructor() {
          super('ils-new-request');
        }
        override perform({ setVolume }: RoomActions): void {
          setVolume(0.2);
        }
      }
      const { element, room } = await inRoom();
      element.dispatchEvent(new IlsNewRequestEvent());
      await nextFrame();
      expect(room.store.playback.volume.value).to.equal(0.2);
    });

    it('from within a shadow root of the page are heard, and performed once in a room within a room', async () => {
      const { host, room } = await inRoom();
      const inner = await fixture<IlsRoom>(html`<ils-room .headless=${createFakeRoom()}></ils-room>`);
      const box = document.createElement('div');
      const root = box.attachShadow({ mode: 'open' });
      const button = document.createElement('button');
      root.append(button);
      host.append(inner);
      host.append(box);
      button.dispatchEvent(new IlsVolumeRequestEvent(0.2));
      await nextFrame();
      expect(called(room).filter((name) => name === 'setVolume')).to.have.length(1);
    });

    it('that are refused reject nowhere', async () => {
      const { element, room } = await inRoom();
      room.failNext('endRoom', 'forbidden');
      const failures: unknown[] = [];
      const handleRejection = (event: PromiseRejectionEvent) => failures.push(event.reason);
      addEventListener('unhandledrejection', handleRejection);
      room.store.connection.permissions.value = [];
      element.dispatchEvent(new IlsLeaveRequestEvent());
      await nextFrame();
      removeEventListener('unhandledrejection', handleRejection);
      expect(failures).to.deep.equal([]);
    });
  });

  describe('finding the room', () => {
    it('around the element', async () => {
      const { element } = await inRoom();
      expect(said(element)).to.equal('Launch joined');
    });

    it('by id, from anywhere, once it appears', async () => {
      const probe = await fixture<Probe>(html`<test-probe for="later"></test-probe>`);
      expect(said(probe)).to.equal('nowhere');
      const room = createFakeRoom({ title: 'Late' });
      const host = await fixture<IlsRoom>(html`<ils-room id="later" .headless=${room}></ils-room>`);
      await until(() => said(probe) === 'Late joined', 'the room');
      probe.dispatchEvent(new IlsVolumeRequestEvent(0.4));
      await nextFrame();
      expect(room.store.playback.volume.value).to.equal(0.4);
      host.remove();
      probe.for = '';
      await settled(probe);
      expect(said(probe)).to.equal('nowhere');
    });

    it('by id from within a shadow root', async () => {
      const outer = await fixture<HTMLElement>(html`<div></div>`);
      const root = outer.attachShadow({ mode: 'open' });
      const probe = document.createElement('test-probe') as Probe;
      probe.for = 'hidden-room';
      const host = document.createElement('ils-room') as IlsRoom;
      host.id = 'hidden-room';
      host.headless = createFakeRoom({ title: 'Hidden' });
      root.append(probe, host);
      await until(() => said(probe) === 'Hidden joined', 'the room');
    });

    it('goes with the element that moves to another room, or names another', async () => {
      const first = await inRoom({ title: 'First' });
      const second = await inRoom({ title: 'Second' });
      second.host.id = 'second';
      second.host.append(first.element);
      await until(() => said(first.element) === 'Second joined', 'the second room');
      first.host.append(first.element);
      first.element.for = 'second';
      await settled(first.element);
      await until(() => said(first.element) === 'Second joined', 'the named room');
      first.element.dispatchEvent(new IlsVolumeRequestEvent(0.7));
      await nextFrame();
      expect(second.room.store.playback.volume.value).to.equal(0.7);
    });

    it('keeps two rooms of one page apart', async () => {
      const first = await inRoom({ title: 'First' });
      const second = await inRoom({ title: 'Second' });
      first.room.setState('ended');
      await settled(first.element);
      expect([said(first.element), said(second.element)]).to.deep.equal(['First ended', 'Second joined']);
      first.element.dispatchEvent(new IlsVolumeRequestEvent(0.1));
      await nextFrame();
      expect(called(second.room)).to.deep.equal([]);
    });
  });

  describe('the banner', () => {
    for (const [state, error, words, action] of banners)
      it(`${state}${error === undefined ? '' : ` (${error})`}: ${words}`, async () => {
        const { host } = await inRoom({ state, ...(error === undefined ? {} : { error }) });
        await settled(host);
        expect(textOf(part(host, 'banner-text'))).to.equal(words);
        expect(textOf(part(host, 'banner-action'))).to.equal(action ?? '');
        expect(present(host, 'banner')).to.have.attribute('role', state === 'reconnecting' ? 'status' : 'alert');
      });

    for (const state of ['idle', 'connecting', 'joined', 'left'] as const)
      it(`${state}: none`, async () => {
        const { host } = await inRoom({ state });
        await settled(host);
        expect(part(host, 'banner')).to.equal(null);
      });

    it('joins again at a press', async () => {
      const { host, room } = await inRoom({ state: 'failed', error: 'internal' });
      await settled(host);
      present(host, 'banner-action').click();
      await until(() => room.store.connection.state.value === 'joined', 'the room');
    });

    it('is absent where it is not wanted, and where a player in sight says it', async () => {
      const { host } = await inRoom({ state: 'ended' });
      host.noBanner = true;
      await settled(host);
      expect(part(host, 'banner')).to.equal(null);
      host.noBanner = false;
      const player = document.createElement('ils-player');
      player.textContent = 'The show has ended';
      host.append(player);
      host.requestUpdate();
      await settled(host);
      expect(part(host, 'banner')).to.equal(null);
      player.hidden = true;
      host.requestUpdate();
      await settled(host);
      expect(part(host, 'banner')).to.not.equal(null);
    });
  });

  describe('a role that is offered', () => {
    it('is asked about in a dialog, loaded then', async () => {
      const { host, room } = await inRoom({ role: 'viewer', hosts: 1 });
      expect(host.shadowRoot!.querySelector('ils-role-offer')).to.equal(null);
      room.offer('guest');
      await until(() => host.shadowRoot!.querySelector('ils-role-offer:defined') !== null, 'the dialog');
    });

    it('is left to a page that asks in its own way', async () => {
      const { host, room } = await inRoom({ role: 'viewer', hosts: 1 });
      const offered = once(host, 'ils-role-offered');
      host.addEventListener('ils-role-offered', (event) => event.preventDefault());
      room.offer('guest');
      await offered;
      await nextFrame();
      expect(host.shadowRoot!.querySelector('ils-role-offer')).to.equal(null);
    });
  });
});
