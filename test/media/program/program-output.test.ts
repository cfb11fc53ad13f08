import { expect } from '@open-wc/testing';
import type { PlaybackEngine } from '../../../src/media/playback-engine.ts';
import type { ProgramObserver } from '../../../src/media/program/program-media.ts';
import { ProgramOutput } from '../../../src/media/program/program-output.ts';

const engine: PlaybackEngine = {
  start: () => undefined,
  timeline: () => null,
  programTime: () => null,
  seek: () => undefined,
  goLive: () => undefined,
  chooseLevel: () => undefined,
  chooseCaption: () => undefined,
  retry: () => undefined,
  setHeld: () => undefined,
  stop: () => undefined,
};
const observer: ProgramObserver = {
  stateChanged: () => undefined,
  timelineChanged: () => undefined,
  tracksChanged: () => undefined,
  programTimeChanged: () => undefined,
  sourceExpired: () => undefined,
  rewindingChanged: () => undefined,
  playbackBlocked: () => undefined,
};

function createOutput() {
  const stageGains: number[] = [];
  const output = new ProgramOutput({
    observer,
    loadEngine: () => Promise.resolve(engine),
    stage: { setStageGain: (gain) => void stageGains.push(gain), stageAudible: () => Promise.resolve() },
    serverTime: () => 0,
  });
  output.setSource({ liveUrl: '/live.m3u8', rewindUrl: null, startedAt: null, own: true });
  return { output, stageGains };
}

describe('ProgramOutput', () => {
  it('is heard where it comes first, whether or not it was asked to be shown before', async () => {
    const { output: early } = createOutput();
    const first = document.createElement('video');
    early.attach(first);
    expect(first.volume).to.equal(1);
    early.close();

    const { output: late } = createOutput();
    await late.show('program');
    const second = document.createElement('video');
    late.attach(second);
    expect(second.volume).to.equal(1);
    late.close();
  });

  it('is silent behind the stage until it is shown', async () => {
    const { output, stageGains } = createOutput();
    await output.show('stage');
    const video = document.createElement('video');
    output.attach(video);
    expect(video.volume).to.equal(0);
    await output.show('program');
    expect(video.volume).to.equal(1);
    expect(stageGains.at(-1)).to.equal(0);
    output.close();
  });

  it('is heard once, by the newer of two pictures after that one is shown', async () => {
    const { output } = createOutput();
    const [older, newer] = [document.createElement('video'), document.createElement('video')];
    output.attach(older);
    await output.show('program');
    output.attach(newer);
    expect([older.volume, newer.volume]).to.deep.equal([1, 0]);
    await output.show('program');
    expect([older.volume, newer.volume]).to.deep.equal([0, 1]);
    output.close();
  });
});
