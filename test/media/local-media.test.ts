import { expect, fixture, html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { DeviceChoices, DeviceLists } from '../../src/media/devices.ts';
import { LocalMedia, type SourceState } from '../../src/media/local-media.ts';
import type { OutgoingSource } from '../../src/media/media-engine.ts';
import { SOURCES, type Source } from '../../src/protocol/index.ts';
import { until } from './observed.ts';

const OFF: SourceState = { status: 'off', error: null, track: null };

describe('one’s own camera, microphone and screen', () => {
  let local: LocalMedia;
  let states: Record<Source, SourceState>;
  let history: string[];
  let devices: DeviceLists | undefined;
  let selected: DeviceChoices | undefined;
  let levels: number[];
  let outgoing: ReadonlyMap<Source, OutgoingSource>;
  let questions: MediaStreamConstraints[];
  const opened: MediaStreamTrack[] = [];
  const { mediaDevices } = navigator;
  const realGetUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  let refuse: (constraints: MediaStreamConstraints) => DOMException | undefined;

  beforeEach(() => {
    localStorage.clear();
    states = { camera: OFF, microphone: OFF, screen: OFF, screenAudio: OFF };
    history = [];
    levels = [];
    questions = [];
    outgoing = new Map();
    refuse = () => undefined;
    // The real devices of the browser, with a look at what is asked of them and a way to refuse.
    mediaDevices.getUserMedia = async (constraints = {}) => {
      questions.push(constraints);
      const refusal = refuse(constraints);
      if (refusal) throw refusal;
      const stream = await realGetUserMedia(constraints);
      opened.push(...stream.getTracks());
      return stream;
    };
    local = createLocal();
  });
  afterEach(() => {
    local.close();
    mediaDevices.getUserMedia = realGetUserMedia;
  });

  function createLocal(): LocalMedia {
    return new LocalMedia({
      observer: {
        sourceChanged(source, state) {
          if (source !== 'talkback') states[source] = state;
          history.push(`${source} ${state.status}`);
        },
        devicesChanged: (lists) => {
          devices = lists;
        },
        selectedChanged: (choices) => {
          selected = choices;
        },
        levelMeasured: (level) => levels.push(level),
      },
      outgoing: (sources) => {
        outgoing = sources;
      },
      name: () => 'Ada',
    });
  }

  const failure = async (promise: Promise<void>) =>
    promise.then(
      () => 'no failure',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );

  it('opens both with one question', async () => {
    await Promise.all([local.start('camera'), local.start('microphone')]);
    expect(questions).to.have.lengthOf(1);
    expect(states.camera.status).to.equal('live');
    expect(states.microphone.status).to.equal('live');
    expect(states.camera.track?.kind).to.equal('video');
    expect(states.microphone.track?.kind).to.equal('audio');
    expect(history.slice(0, 2)).to.deep.equal(['camera starting', 'microphone starting']);
  });

  it('gives those who ask again meanwhile the same answer', async () => {
    await Promise.all([local.start('camera'), local.start('camera')]);
    await local.start('camera');
    expect(questions).to.have.lengthOf(1);
  });

  it('tells devices by name once one is open, and which are in use', async () => {
    await local.start('camera');
    await until(() => (devices?.camera.length ?? 0) > 0, 'no devices');
    expect(devices?.camera[0]?.label).not.to.equal('');
    expect(selected?.camera).to.equal(states.camera.track?.getSettings().deviceId);
  });

  it('closes the device when stopped', async () => {
    await local.start('camera');
    const { track } = states.camera;
    local.stop('camera');
    expect(track?.readyState).to.equal('ended');
    expect(states.camera).to.deep.equal(OFF);
  });

  it('closes a device that opens after it was stopped', async () => {
    const opening = local.start('camera');
    local.stop('camera');
    await opening;
    expect(states.camera).to.deep.equal(OFF);
    expect(opened.at(-1)?.readyState).to.equal('ended');
  });

  it('releases a muted camera and opens it again', async () => {
    await local.start('camera');
    const { track } = states.camera;
    await local.setMuted('camera', true);
    expect(states.camera).to.deep.equal({ status: 'muted', error: null, track: null });
    expect(track?.readyState).to.equal('ended');
    await local.setMuted('camera', false);
    expect(states.camera.status).to.equal('live');
  });

  it('keeps a muted microphone open', async () => {
    await local.start('microphone');
    const { track } = states.microphone;
    await local.setMuted('microphone', true);
    expect(states.microphone).to.deep.equal({ status: 'muted', error: null, track });
    expect(track?.readyState).to.equal('live');
    await local.start('microphone');
    expect(states.microphone).to.deep.equal({ status: 'live', error: null, track });
  });

  it('opens muted what was muted while it opened', async () => {
    const opening = local.start('microphone');
    await local.setMuted('microphone', true);
    await opening;
    expect(states.microphone.status).to.equal('muted');
  });

  describe('on the air', () => {
    it('is nothing outside a room, and what the role may publish inside', async () => {
      await Promise.all([local.start('camera'), local.start('microphone')]);
      expect(outgoing.size).to.equal(0);
      local.setPublishable(SOURCES);
      expect([...outgoing.keys()]).to.deep.equal(['camera', 'microphone']);
    });

    it('stays while the camera is muted, and while it opens again', async () => {
      local.setPublishable(SOURCES);
      await local.start('camera');
      await local.setMuted('camera', true);
      expect(outgoing.get('camera')).to.deep.equal({ track: null, muted: true });
      const opening = local.setMuted('camera', false);
      expect(outgoing.get('camera')).to.deep.equal({ track: null, muted: true });
      await opening;
      expect(outgoing.get('camera')).to.deep.equal({ track: states.camera.track, muted: false });
    });

    it('gives back what the role may no longer publish', async () => {
      local.setPublishable(SOURCES);
      await Promise.all([local.start('camera'), local.start('microphone')]);
      const { track } = states.camera;
      local.setPublishable(['microphone']);
      expect(states.camera).to.deep.equal(OFF);
      expect(track?.readyState).to.equal('ended');
      expect([...outgoing.keys()]).to.deep.equal(['microphone']);
      local.setPublishable(null);
      expect(states.microphone).to.deep.equal(OFF);
    });
  });

  describe('refused', () => {
    const named = (name: string, message = '') => new DOMException(message, name);

    for (const [name, message, code] of [
      ['NotFoundError', '', 'notFound'],
      ['NotReadableError', '', 'inUse'],
      ['NotAllowedError', 'Permission dismissed', 'permissionDismissed'],
      ['NotAllowedError', 'Permission denied', 'permissionDenied'],
      ['UnknownError', '', 'failed'],
    ] as const)
      it(`says ${code} for ${name} ${message}`, async () => {
        refuse = () => named(name, message);
        expect(await failure(local.start('camera'))).to.equal(code);
        expect(states.camera).to.deep.equal({ status: 'failed', error: code, track: null });
      });

    it('gives the microphone where there is no camera', async () => {
      refuse = ({ video }) => (video ? named('NotFoundError') : undefined);
      const camera = failure(local.start('camera'));
      await local.start('microphone');
      expect(await camera).to.equal('notFound');
      expect(states.microphone.status).to.equal('live');
    });

    it('opens another device where the chosen one is gone', async () => {
      await local.selectDevice('camera', 'gone');
      await local.start('camera');
      expect(questions).to.have.lengthOf(2);
      expect(states.camera.status).to.equal('live');
      expect(selected?.camera).to.equal(states.camera.track?.getSettings().deviceId);
    });

    it('goes on with the device it has when another cannot be opened', async () => {
      await local.start('camera');
      const { track } = states.camera;
      refuse = () => named('NotAllowedError', 'Permission denied');
      expect(await failure(local.selectDevice('camera', 'other'))).to.equal('permissionDenied');
      expect(states.camera).to.deep.equal({ status: 'live', error: null, track });
      expect(track?.readyState).to.equal('live');
    });

    it('tries again when asked again', async () => {
      refuse = () => named('NotReadableError');
      await failure(local.start('camera'));
      refuse = () => undefined;
      await local.start('camera');
      expect(states.camera.status).to.equal('live');
    });
  });

  describe('unplugged', () => {
    const unplug = () => {
      const { track } = states.camera;
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    };

    it('goes on with another device', async () => {
      local.setPublishable(SOURCES);
      await local.start('camera');
      const { track } = states.camera;
      unplug();
      expect(outgoing.get('camera')).to.deep.equal({ track: null, muted: true });
      await until(() => states.camera.status === 'live', 'no other device');
      expect(states.camera.track).not.to.equal(track);
    });

    it('says that it ended where there is no other', async () => {
      await local.start('camera');
      refuse = () => new DOMException('', 'NotFoundError');
      unplug();
      await until(() => states.camera.status === 'failed', 'still going');
      await until(() => states.camera.error === 'ended', 'says something else');
      expect(outgoing.size).to.equal(0);
    });
  });

  describe('choosing', () => {
    it('changes over to the chosen device and remembers it', async () => {
      await local.refreshDevices();
      await local.start('microphone');
      const before = states.microphone.track;
      const other = devices?.microphone.find(({ id }) => id !== selected?.microphone);
      await local.selectDevice('microphone', other?.id ?? '');
      expect(states.microphone.track).not.to.equal(before);
      expect(states.microphone.track?.getSettings().deviceId).to.equal(other?.id);
      expect(before?.readyState).to.equal('ended');
      local.close();
      local = createLocal();
      expect(selected?.microphone).to.equal(other?.id);
    });

    it('keeps a muted microphone muted', async () => {
      await local.refreshDevices();
      await local.start('microphone');
      await local.setMuted('microphone', true);
      await local.selectDevice('microphone', devices?.microphone.at(-1)?.id ?? '');
      expect(states.microphone.status).to.equal('muted');
    });

    it('does without a memory where storage is forbidden', async () => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = () => {
        throw new DOMException('no storage here', 'SecurityError');
      };
      try {
        await local.selectDevice('speaker', 'loud');
        expect(selected?.speaker).to.equal('loud');
      } finally {
        Storage.prototype.setItem = setItem;
      }
    });
  });

  describe('the test picture and tone', () => {
    it('take the place of devices and give it back', async () => {
      await Promise.all([local.start('camera'), local.start('microphone')]);
      const { track } = states.camera;
      await local.useTestMedia(true);
      expect(states.camera.track).not.to.equal(track);
      expect(track?.readyState).to.equal('ended');
      expect(states.camera.track?.getSettings().width).to.equal(640);
      expect(questions).to.have.lengthOf(1);
      await local.useTestMedia(false);
      expect(states.camera.track?.getSettings().width).to.equal(1_280);
    });

    it('help where there are no devices', async () => {
      refuse = () => new DOMException('', 'NotFoundError');
      await failure(local.start('camera'));
      await local.useTestMedia(true);
      await local.start('microphone');
      expect(states.camera.status).to.equal('live');
      expect(states.microphone.status).to.equal('live');
    });
  });

  describe('the screen', () => {
    /** Asks for it as people do: with a click. */
    const startByClick = async () => {
      const button = await fixture<HTMLButtonElement>(html`<button>Share</button>`);
      const started = new Promise<unknown>((resolve) => {
        button.addEventListener('click', () => resolve(failure(local.start('screen'))), { once: true });
      });
      const { x, y } = button.getBoundingClientRect();
      await sendMouse({ type: 'click', position: [Math.round(x) + 4, Math.round(y) + 4] });
      return started;
    };

    it('is shared in detail, and its sound goes with it', async () => {
      expect(await startByClick()).to.equal('no failure');
      const { track } = states.screen;
      expect(track?.contentHint).to.equal('detail');
      const sound = states.screenAudio.track;
      local.stop('screen');
      expect(states.screen).to.deep.equal(OFF);
      expect(states.screenAudio).to.deep.equal(OFF);
      expect(track?.readyState).to.equal('ended');
      expect(sound?.readyState ?? 'ended').to.equal('ended');
    });

    it('is off, and no failure, when the browser’s own button ended it', async () => {
      await startByClick();
      states.screen.track?.dispatchEvent(new Event('ended'));
      expect(states.screen).to.deep.equal(OFF);
    });
  });

  describe('the level', () => {
    it('is measured while somebody watches, also while muted', async () => {
      await local.start('microphone');
      await local.setMuted('microphone', true);
      expect(levels).to.deep.equal([]);
      const stop = local.watchLevel();
      await until(() => levels.some((level) => level > 0.2), 'nothing heard of the beeps');
      stop();
      stop();
      expect(levels.at(-1)).to.equal(0);
      const { length } = levels;
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(levels).to.have.lengthOf(length);
    });
  });

  it('leaves nothing open and says no more once closed', async () => {
    await Promise.all([local.start('camera'), local.start('microphone')]);
    const stop = local.watchLevel();
    const { length } = history;
    local.close();
    local.close();
    stop();
    expect(opened.filter(({ readyState }) => readyState === 'live')).to.deep.equal([]);
    expect(history).to.have.lengthOf(length);
  });
});
