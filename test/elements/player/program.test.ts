import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsPlayer } from '../../../src/elements/player/player.ts';
import type { FakeRoom, FakeRoomOptions } from '../../../src/testing/index.ts';
import { called, part, present, roomFixture, settled, still, textOf, until } from '../room-fixture.ts';

defineElement('ils-player', IlsPlayer);

const captions = [{ id: '0', label: 'English', language: 'en' }];
const behind = { position: 1_700, atLive: false };
const crashed = { reason: { code: 'composerCrashed', message: 'It crashed.' } } as const;
const recording = { live: false, start: 0, end: 600, position: 60, atLive: false };

/** The player of somebody whose role watches the broadcast. */
async function audienceWith(options: FakeRoomOptions = {}) {
  const made = await roomFixture<IlsPlayer>(
    { role: 'audience', hosts: 0, broadcast: {}, ...options },
    html`<ils-player></ils-player>`,
  );
  made.element.style.inlineSize = '640px';
  if (made.element.matches(':state(program)'))
    await until(
      () => part(made.element, 'play-button') !== null || part(made.element, 'slate-title') !== null,
      'what lies over the picture',
    );
  await settled(made.element);
  return made;
}

const videos = (player: IlsPlayer) => [...player.shadowRoot!.querySelectorAll('video')];
const layers = (player: IlsPlayer) => [...player.shadowRoot!.querySelectorAll('.layer')];
const scrubber = (player: IlsPlayer) => present<HTMLInputElement>(player, 'scrubber');
const positionOf = ({ store }: FakeRoom) => store.playback.timeline.value?.position;
const title = (player: IlsPlayer) => textOf(part(player, 'slate-title'));

/** The address of a second of it: it has metadata, and no picture. */
function silence(): string {
  const rate = 8_000;
  const header = new DataView(new ArrayBuffer(44));
  const write = (at: number, text: string) =>
    [...text].forEach((letter, i) => header.setUint8(at + i, letter.charCodeAt(0)));
  write(0, 'RIFF');
  header.setUint32(4, 36 + rate, true);
  write(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate, true);
  header.setUint16(32, 1, true);
  header.setUint16(34, 8, true);
  write(36, 'data');
  header.setUint32(40, rate, true);
  return URL.createObjectURL(new Blob([header, new Uint8Array(rate).fill(128)], { type: 'audio/wav' }));
}

async function press(player: IlsPlayer, key: string): Promise<void> {
  present(player, 'base').focus();
  await sendKeys({ press: key });
  await settled(player);
}

describe('<ils-player> of the broadcast', () => {
  // What the player loads by itself, fetched ahead: it is not the loading that is looked at here.
  before(() =>
    Promise.all([
      import('../../../src/elements/player/player-chrome.ts'),
      import('../../../src/elements/player/program-chrome.ts'),
      import('../../../src/elements/player/stage-layer.ts'),
      import('../../../src/elements/player/sound-picture.ts'),
      import('../../../src/elements/player/failed-slate.ts'),
    ]),
  );

  describe('is accessible', () => {
    const states: readonly [string, FakeRoomOptions][] = [
      ['starting', { broadcast: { state: 'HLS_STARTING' } }],
      ['about to begin', { program: { state: 'waiting' } }],
      ['loading', { program: { state: 'loading' } }],
      ['live', { program: { tracks: { captions } } }],
      ['buffering', { program: { state: 'buffering' } }],
      ['behind live', { program: { state: 'playing', timeline: behind } }],
      ['paused', { program: { state: 'paused', timeline: behind } }],
      ['over', { broadcast: { state: 'HLS_STOPPED' } }],
      ['interrupted', { broadcast: { state: 'HLS_FAILED', ...crashed } }],
      ['failed', { program: { state: 'failed', failure: 'broken' } }],
      ['a recording', { program: { state: 'playing', timeline: recording } }],
    ];
    for (const [name, options] of states)
      it(name, async () => {
        const { element } = await audienceWith(options);
        await still(element);
        await expect(element).to.be.accessible();
      });

    it('with a menu open', async () => {
      const { element } = await audienceWith();
      present(element, 'quality-button').click();
      await until(() => present(element, 'menu').matches(':popover-open'), 'the menu');
      await still(element);
      await expect(element).to.be.accessible();
    });
  });

  describe('slates', () => {
    const states: readonly [FakeRoomOptions, string][] = [
      [{ broadcast: { state: 'HLS_STARTING' } }, 'The broadcast is about to begin'],
      [{ program: { state: 'waiting' } }, 'The broadcast is about to begin'],
      [{ broadcast: { state: 'HLS_STOPPED' } }, 'The broadcast has ended'],
      [{ broadcast: { state: 'HLS_FAILED', ...crashed } }, 'The broadcast was interrupted'],
      [{ broadcast: { state: 'HLS_FAILED', ...crashed, startedAt: null } }, 'The broadcast could not start'],
      [{ program: { state: 'failed', failure: 'unsupported' } }, 'This browser cannot play the broadcast'],
      [{ program: { state: 'failed', failure: 'expired' } }, 'The link to this video has run out'],
      [{ program: { state: 'failed', failure: 'notFound' } }, 'This video is no longer here'],
      [{ program: { state: 'failed', failure: 'broken' } }, 'The broadcast cannot be played'],
    ];
    for (const [options, words] of states)
      it(words, async () => {
        const { element } = await audienceWith(options);
        await until(() => title(element) === words, words);
      });

    it('try again where that may help', async () => {
      const { element, room } = await audienceWith({ program: { state: 'failed', failure: 'broken' } });
      await until(() => part(element, 'slate-action') !== null, 'the slate');
      present(element, 'slate-action').click();
      await until(() => room.store.playback.state.value === 'playing', 'another try');
    });
  });

  it('begins by itself when the broadcast can be played, and ends with it', async () => {
    const { element, room } = await audienceWith({ broadcast: { state: 'HLS_STARTED' } });
    expect(videos(element)).to.have.length(0);
    room.setBroadcast({ state: 'HLS_PLAYABLE' });
    await until(() => videos(element).length === 1, 'the picture');
    room.setBroadcast({ state: 'HLS_STOPPED' });
    await until(() => title(element) === 'The broadcast has ended', 'the slate');
    await until(() => room.activePictures === 0, 'the release');
    expect(videos(element)).to.have.length(0);
  });

  it('goes on while a broadcast that failed is being restarted', async () => {
    const { element, room } = await audienceWith();
    const [video] = videos(element);
    room.setBroadcast({ state: 'HLS_FAILED', retrying: true });
    await settled(element);
    expect(videos(element)).to.deep.equal([video]);
  });

  it('says why a broadcast was given up, and begins again by itself', async () => {
    const { element, room } = await audienceWith();
    room.setBroadcast({ state: 'HLS_FAILED', livestreamUrl: null, ...crashed });
    await until(() => textOf(part(element, 'slate-text')).startsWith('What draws the picture has crashed.'), 'why');
    room.setBroadcast({ state: 'HLS_PLAYABLE', livestreamUrl: '/broadcasts/fake/live.m3u8', reason: null });
    await until(() => videos(element).length === 1, 'the picture');
  });

  for (const over of [{ state: 'HLS_STOPPED' }, { state: 'HLS_FAILED', ...crashed }] as const)
    it(`shows what was rewound to its end, where the broadcast is over by ${over.state}`, async () => {
      const { element, room } = await audienceWith({ program: { timeline: behind } });
      room.store.playback.rewinding.value = true;
      await until(() => layers(element).length === 2, 'the earlier moment behind');
      await until(() => layers(element).length === 1, 'the earlier moment alone');
      const [video] = videos(element);
      room.setBroadcast({ ...over, livestreamUrl: null });
      await settled(element);
      expect(videos(element)).to.deep.equal([video]);
      room.store.playback.state.value = 'ended';
      await until(() => videos(element).length === 0, 'the end');
    });

  it('goes on in the same picture with a fresh signature', async () => {
    const { element, room } = await audienceWith({ broadcast: { livestreamUrl: '/b/signed/1.a/live.m3u8?x=1' } });
    const [video] = videos(element);
    room.setBroadcast({ livestreamUrl: '/b/signed/2.b/live.m3u8?x=2' });
    await settled(element);
    expect(videos(element)).to.deep.equal([video]);
  });

  it('shows what it is in place of a picture where there is sound alone', async () => {
    const { element, room } = await audienceWith({ title: 'Night radio' });
    expect(part(element, 'sound')).to.equal(null);
    const [video] = videos(element);
    video!.srcObject = null;
    video!.src = silence();
    await until(() => video!.readyState > 0 && video!.videoWidth === 0, 'the sound');
    room.store.playback.timeline.value = { ...room.store.playback.timeline.value! };
    await until(() => part(element, 'sound') !== null, 'what stands for it');
    expect(textOf(part(element, 'sound'))).to.contain('Night radio');
    expect(part(element, 'picture-in-picture-button')).to.equal(null);
    await still(element);
    await expect(element).to.be.accessible();
  });

  describe('live', () => {
    it('is said, and offers no way back to itself', async () => {
      const { element } = await audienceWith();
      expect(textOf(part(element, 'live-badge'))).to.equal('Live');
      expect(present(element, 'live-button')).to.have.attribute('aria-disabled', 'true');
      expect(scrubber(element)).to.have.attribute('aria-valuetext', 'Live');
    });

    it('is a press away for whoever is behind', async () => {
      const { element, room } = await audienceWith({ program: { state: 'playing', timeline: behind } });
      expect(part(element, 'live-badge')).to.equal(null);
      expect(textOf(part(element, 'behind-badge'))).to.equal('−1:40');
      const button = present(element, 'live-button');
      expect(button).to.have.attribute('aria-label', 'Go live, 1:40 behind');
      button.click();
      await until(() => positionOf(room) === 1_800, 'live');
    });
  });

  it('plays and pauses', async () => {
    const { element, room } = await audienceWith();
    present(element, 'play-button').click();
    await until(() => room.store.playback.state.value === 'paused', 'the pause');
    await settled(element);
    expect(present(element, 'play-button')).to.have.attribute('aria-label', 'Play');
    await press(element, 'k');
    await until(() => room.store.playback.state.value === 'playing', 'playing');
  });

  it('goes where the scrubber is put', async () => {
    const { element, room } = await audienceWith();
    scrubber(element).value = '-600';
    scrubber(element).dispatchEvent(new Event('input'));
    scrubber(element).dispatchEvent(new Event('change'));
    await until(() => positionOf(room) === 1_200, 'the position');
    await settled(element);
    expect(scrubber(element)).to.have.attribute('aria-valuetext', '10:00 behind live');
  });

  it('goes by the keys that people know', async () => {
    const { element, room } = await audienceWith({ program: { state: 'playing', timeline: recording } });
    const steps: readonly [string, number][] = [
      ['l', 70],
      ['j', 60],
      ['ArrowRight', 65],
      ['ArrowLeft', 60],
      ['5', 300],
      ['0', 0],
      ['End', 600],
      ['Home', 0],
    ];
    for (const [key, position] of steps) {
      await press(element, key);
      await until(() => positionOf(room) === position, `${key} leads to ${position}`);
    }
    expect(textOf(part(element, 'time'))).to.equal('0:00 / 10:00');
  });

  it('offers the qualities there are, the best first', async () => {
    const { element, room } = await audienceWith();
    present(element, 'quality-button').click();
    await until(() => present(element, 'menu').matches(':popover-open'), 'the menu');
    const items = [...present(element, 'menu').querySelectorAll<HTMLElement>('[role=menuitemradio]')];
    expect(items.map((item) => textOf(item.querySelector('.words > span')))).to.deep.equal([
      'Automatic',
      '1080p',
      '720p',
      '360p',
    ]);
    items[2]?.click();
    await until(() => room.store.playback.tracks.value.level === '1', 'the choice');
  });

  it('has captions where there are some, and a key that turns them on and off', async () => {
    const { element, room } = await audienceWith({ program: { tracks: { captions } } });
    expect(present(element, 'captions-button')).to.have.attribute('aria-description', 'Off');
    await press(element, 'c');
    await until(() => room.store.playback.tracks.value.caption === '0', 'captions');
    await press(element, 'c');
    await until(() => room.store.playback.tracks.value.caption === null, 'none');
    const none = await audienceWith();
    expect(part(none.element, 'captions-button')).to.equal(null);
  });

  describe('a change of role', () => {
    it('shows the stage only once that has a picture, and lets the broadcast go then', async () => {
      const { element, room } = await audienceWith({ hosts: 1 });
      await until(() => element.video !== null && room.store.playback.showing.value === 'program', 'the broadcast');
      const before = element.video;
      room.changeRole(room.selfId, 'viewer');
      await until(() => layers(element).length === 2, 'the stage behind');
      expect(element.video).to.equal(before);
      await until(() => layers(element).length === 1, 'the stage alone');
      expect(room.store.playback.showing.value).to.equal('stage');
      expect(called(room).filter((name) => name === 'show')).to.have.length(2);
      expect(element.video).not.to.equal(before);
    });

    it('shows the broadcast again only once that has a picture', async () => {
      const { element, room } = await audienceWith({ role: 'viewer', hosts: 1 });
      await until(() => element.video !== null, 'the stage');
      room.changeRole(room.selfId, 'audience');
      await until(() => layers(element).length === 2, 'the broadcast behind');
      expect(room.store.playback.showing.value).to.equal('stage');
      await until(() => layers(element).length === 1, 'the broadcast alone');
      expect(room.store.playback.showing.value).to.equal('program');
      expect(videos(element)).to.have.length(1);
    });

    it('back before the other is there leaves all as it was', async () => {
      const { element, room } = await audienceWith({ hosts: 1 });
      await until(() => element.video !== null, 'the broadcast');
      const before = element.video;
      room.changeRole(room.selfId, 'viewer');
      await settled(element);
      room.changeRole(room.selfId, 'audience');
      await settled(element);
      expect(layers(element)).to.have.length(1);
      expect(element.video).to.equal(before);
    });

    it('onto the stage shows oneself there', async () => {
      const { element, room } = await audienceWith({ hosts: 1 });
      await until(() => element.video !== null, 'the broadcast');
      room.changeRole(room.selfId, 'guest');
      await room.actions.startSource('camera');
      const stage = () => element.shadowRoot!.querySelector('ils-stage');
      await until(() => stage()?.shadowRoot?.querySelectorAll('ils-tile').length === 2, 'both');
      await until(() => layers(element).length === 1, 'the stage alone');
    });
  });

  it('rewinds by another picture behind the one in sight', async () => {
    const { element, room } = await audienceWith();
    await until(() => element.video !== null, 'the broadcast');
    const before = element.video;
    room.store.playback.rewinding.value = true;
    await until(() => layers(element).length === 2, 'the other behind');
    expect(element.video).to.equal(before);
    await until(() => layers(element).length === 1, 'the other alone');
    expect(element.video).not.to.equal(before);
  });
});
