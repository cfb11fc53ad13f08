import { expect, fixture, html } from '@open-wc/testing';
import { measureLevel } from '../../src/media/level-meter.ts';
import { createTestPicture, createTestTone } from '../../src/media/test-media.ts';
import { until } from './observed.ts';

describe('the generated picture', () => {
  it('moves, and stops when told to', async () => {
    const { track, stop } = createTestPicture({ name: 'Ada' });
    const video = await fixture<HTMLVideoElement>(html`<video></video>`);
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    await video.play();
    const frames = () => video.getVideoPlaybackQuality().totalVideoFrames;
    await until(() => frames() > 5, 'does not move');
    expect([video.videoWidth, video.videoHeight]).to.deep.equal([640, 360]);
    stop();
    expect(track.readyState).to.equal('ended');
  });
});

describe('the generated tone', () => {
  it('beeps: it can be heard, and silence between', async () => {
    const { track, stop } = createTestTone();
    const levels: number[] = [];
    const stopMeasuring = measureLevel(track, (level) => levels.push(level));
    await until(() => levels.some((level) => level > 0.3), 'cannot be heard');
    await until(() => levels.slice(levels.findIndex((level) => level > 0.3)).some((level) => level < 0.05), 'no pause');
    stopMeasuring();
    stop();
    expect(track.readyState).to.equal('ended');
  });
});
