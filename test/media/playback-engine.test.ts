import { expect, fixture, html } from '@open-wc/testing';
import { handOver, StreamPlayback, type PlaybackEngine } from '../../src/media/playback-engine.ts';
import { createTestPicture, type GeneratedTrack } from '../../src/media/test-media.ts';

describe('a hand-over between two ways of watching', () => {
  let pictures: GeneratedTrack[] = [];
  let steps: string[];

  beforeEach(() => {
    steps = [];
    pictures = [];
  });
  afterEach(() => {
    for (const picture of pictures) picture.stop();
  });

  /** Plays a generated picture, or nothing at all. */
  const createPlayback = (name: string, { silent = false } = {}): PlaybackEngine =>
    new StreamPlayback((element) => {
      steps.push(`${name} starts`);
      const picture = createTestPicture();
      pictures.push(picture);
      element.muted = true;
      if (!silent) {
        element.srcObject = new MediaStream([picture.track]);
        void element.play().catch(() => {});
      }
      return () => {
        steps.push(`${name} stops`);
        element.srcObject = null;
      };
    });
  const showVideo = () => fixture<HTMLVideoElement>(html`<video></video>`);

  it('swaps once, after the new way has presented a frame, and then stops the old one', async () => {
    const { signal } = new AbortController();
    const first = createPlayback('first');
    await first.start(await showVideo(), signal);
    const element = await showVideo();
    const swap = () => {
      steps.push('swap');
      expect(element.getVideoPlaybackQuality().totalVideoFrames).to.be.greaterThan(0);
    };
    await handOver(first, createPlayback('second'), element, { swap, signal });
    expect(steps).to.deep.equal(['first starts', 'second starts', 'swap', 'first stops']);
  });

  it('leaves everything as it was when the new way never shows a frame', async () => {
    const scope = new AbortController();
    const first = createPlayback('first');
    const shown = await showVideo();
    await first.start(shown, scope.signal);
    const swap = () => steps.push('swap');
    const second = createPlayback('second', { silent: true });
    const attempt = new AbortController();
    const over = handOver(first, second, await showVideo(), { swap, signal: attempt.signal });
    attempt.abort(new Error('too late'));
    const failure: unknown = await over.catch((error: unknown) => error);
    expect(failure).to.have.property('message', 'too late');
    expect(steps).to.deep.equal(['first starts', 'second starts', 'second stops']);
    expect(shown.srcObject).not.to.equal(null);
  });
});
