import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsBroadcast } from '../../../src/elements/broadcast/broadcast.ts';
import type {
  IlsBroadcastLayoutRequestEvent,
  IlsStartBroadcastRequestEvent,
} from '../../../src/events/broadcast-requests.ts';
import { DEFAULT_BROADCAST_OPTIONS, type BroadcastView } from '../../../src/protocol/index.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-broadcast', IlsBroadcast);

const before: Partial<BroadcastView> = { livestreamUrl: null, playbackHlsUrl: null, startedAt: null };
const crashed = { code: 'composerCrashed', message: 'It ended.' } as const;
const recordOnly = { ...DEFAULT_BROADCAST_OPTIONS, recordOnly: true };
const full = { code: 'storageFull', message: 'There is no room left.' } as const;
const missing = { code: 'browserMissing', message: 'There is none.' } as const;

const states: Readonly<Record<string, FakeRoomOptions>> = {
  off: { role: 'host' },
  starting: { role: 'host', broadcast: { ...before, state: 'HLS_STARTING' } },
  started: { role: 'producer', broadcast: { state: 'HLS_STARTED' } },
  live: { role: 'host', broadcast: {} },
  retrying: { role: 'host', broadcast: { state: 'HLS_FAILED', reason: crashed, retrying: true } },
  'not recorded': { role: 'host', broadcast: { recording: { state: 'blocked', reason: full } } },
  recording: { role: 'host', broadcast: { ...before, options: recordOnly } },
  'recording, for a viewer': { broadcast: { ...before, options: recordOnly } },
  stopping: { role: 'host', broadcast: { state: 'HLS_STOPPING' } },
  stopped: { role: 'host', broadcast: { state: 'HLS_STOPPED', livestreamUrl: null } },
  failed: { role: 'host', broadcast: { ...before, state: 'HLS_FAILED', reason: missing } },
  'live, for a viewer': { broadcast: {} },
  'off, for a viewer': {},
  reconnecting: { role: 'host', state: 'reconnecting', broadcast: {} },
};

const show = (options: FakeRoomOptions) => showElement('ils-broadcast', createRoom(options), { height: 600 });

/** The words for what goes wrong are loaded when something does. */
const troubled = (element: Element) => until(() => element.shadowRoot?.querySelector('[part=failure]') !== null);

describe('ils-broadcast', () => {
  describe('is accessible', () => {
    for (const [name, options] of Object.entries(states))
      for (const colorScheme of ['light', 'dark'] as const)
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const { element } = await show(options);
          await atRest(element);
          await expect(element).to.be.accessible();
        });
  });

  it('starts the broadcast with what was chosen', async () => {
    const room = createRoom({ role: 'host' });
    const broadcast = await showElement('ils-broadcast', room);
    broadcast.find<HTMLInputElement>('input[value=SIDEBAR]').click();
    const quality = broadcast.find<HTMLSelectElement>('select[name=quality]');
    quality.value = 'high';
    quality.dispatchEvent(new Event('change'));
    await drawn(broadcast.element);
    broadcast.part('start-button').click();
    await until(() => room.store.broadcast.view.value?.state === 'HLS_STARTING');
    const { options } = broadcast.events[0] as IlsStartBroadcastRequestEvent;
    expect([options?.layout?.type, options?.quality, options?.orientation]).to.deep.equal([
      'SIDEBAR',
      'high',
      'landscape',
    ]);
    expect(broadcast.element.matches(':state(starting)')).to.equal(true);
    expect(broadcast.text('[part=stop-button]')).to.equal('Cancel');
  });

  it('says to those in control that nothing is being recorded, and why', async () => {
    const trouble: Partial<BroadcastView> = { recording: { state: 'blocked', reason: full } };
    const broadcast = await showElement('ils-broadcast', createRoom({ role: 'host', broadcast: trouble }));
    await troubled(broadcast.element);
    expect(broadcast.text('[part=failure] strong')).to.equal('The storage of recordings is full.');
    const viewer = await showElement('ils-broadcast', createRoom({ broadcast: trouble }));
    expect(viewer.element.shadowRoot?.querySelector('[part=failure]')).to.equal(null);
  });

  it('records without broadcasting, and stops that without asking', async () => {
    const room = createRoom({ role: 'host' });
    const broadcast = await showElement('ils-broadcast', room);
    broadcast.part('record-button').click();
    await until(() => room.store.broadcast.view.value?.state === 'HLS_STARTING');
    expect(room.store.broadcast.view.value?.options.recordOnly).to.equal(true);
    expect(broadcast.element.matches(':state(recording)')).to.equal(true);
    const recording = await showElement(
      'ils-broadcast',
      createRoom({ role: 'host', broadcast: { options: recordOnly } }),
    );
    expect(recording.text('[part=badge]')).to.equal('Recording');
    expect(recording.text('[part=stop-button]')).to.equal('Stop recording');
    recording.part('stop-button').click();
    await drawn(recording.element);
    expect(recording.events[0]?.type).to.equal('ils-stop-recording-request');
  });

  it('may be prevented by the page', async () => {
    const room = createRoom({ role: 'host' });
    const broadcast = await showElement('ils-broadcast', room);
    broadcast.host.addEventListener('ils-start-broadcast-request', (event) => event.preventDefault());
    broadcast.part('start-button').click();
    await drawn(broadcast.element);
    expect(room.calls).to.deep.equal([]);
  });

  it('arranges the picture anew while live', async () => {
    const room = createRoom({ role: 'host', broadcast: {} });
    const broadcast = await showElement('ils-broadcast', room);
    broadcast.find<HTMLInputElement>('input[value=SPOTLIGHT]').click();
    await until(() => room.store.broadcast.view.value?.options.layout.type === 'SPOTLIGHT');
    expect((broadcast.events[0] as IlsBroadcastLayoutRequestEvent).layout).to.deep.equal({ type: 'SPOTLIGHT' });
  });

  it('asks before it ends a broadcast that is on the air, not one that is on its way', async () => {
    const live = createRoom({ role: 'host', broadcast: {} });
    const broadcast = await showElement('ils-broadcast', live);
    broadcast.part('stop-button').click();
    await until(() => broadcast.findAll<HTMLDialogElement>('dialog')[0]?.open === true);
    expect(live.calls).to.deep.equal([]);
    broadcast.part('confirm-button').click();
    await until(() => live.store.broadcast.view.value?.state === 'HLS_STOPPING');
    const starting = createRoom(states['starting']);
    const other = await showElement('ils-broadcast', starting);
    other.part('stop-button').click();
    await until(() => starting.store.broadcast.view.value?.state === 'HLS_STOPPING');
  });

  it('shows how long it has been on the air, by the server’s clock', async () => {
    const room = createRoom({ broadcast: { startedAt: Date.now() - 62_000 } });
    room.store.connection.serverOffsetMs.value = 60_000;
    const broadcast = await showElement('ils-broadcast', room);
    expect(broadcast.text('[part=time]')).to.match(/^2:0\d$/);
  });

  it('gives the links as they can be opened anywhere', async () => {
    const room = createRoom({ role: 'host', broadcast: {} });
    room.store.connection.server.value = 'https://live.example';
    const broadcast = await showElement('ils-broadcast', room);
    const links = broadcast.findAll<HTMLAnchorElement>('[part=link]').map(({ href }) => href);
    expect(links).to.deep.equal([
      'https://live.example/broadcasts/fake/live.m3u8',
      'https://live.example/broadcasts/fake/playback.m3u8',
    ]);
    expect(broadcast.part('copy-button').getAttribute('aria-label')).to.equal('Copy the link: Live, for any player');
  });

  it('says what went wrong, and the one thing that helps', async () => {
    const retrying = await show(states['retrying']!);
    await troubled(retrying.element);
    expect(retrying.text('[part=failure]')).to.match(/^What draws the picture has crashed\.\s+Trying again/);
    expect(retrying.element.matches(':state(retrying)')).to.equal(true);
    const failed = await show(states['failed']!);
    await troubled(failed.element);
    expect(failed.text('[part=failure]')).to.contain('Ask whoever runs the server to install Chromium.');
    expect(failed.text('[part=start-button]')).to.equal('Start again');
  });

  it('says what the server refused', async () => {
    const room = createRoom({ role: 'host' });
    room.failNext('startBroadcast', 'unavailable');
    const broadcast = await showElement('ils-broadcast', room);
    broadcast.part('start-button').click();
    await until(() => broadcast.findAll('[part=notice]').length > 0);
  });

  it('leaves those who may not control it nothing to press', async () => {
    const { findAll } = await show({ broadcast: {} });
    expect(findAll('button, select, input, a')).to.have.length(0);
  });
});
