import { expect, fixture, html } from '@open-wc/testing';
import { attachIncoming } from '../../src/media/attachment.ts';
import { AutoplayGate } from '../../src/media/autoplay-gate.ts';
import type { Incoming } from '../../src/media/media-engine.ts';
import { createTestPicture, type GeneratedTrack } from '../../src/media/test-media.ts';
import { settle, until } from './observed.ts';

/** What an attachment tells its stream. */
class IncomingLog implements Incoming {
  readonly widths: number[] = [];
  presentations = 0;
  released = false;
  #listener: (track: MediaStreamTrack | null) => void = () => {};

  get width(): number {
    return this.widths.at(-1) ?? 0;
  }

  give(track: MediaStreamTrack | null): void {
    this.#listener(track);
  }

  onTrack(listener: (track: MediaStreamTrack | null) => void): void {
    this.#listener = listener;
  }

  setWidth(pixels: number): void {
    this.widths.push(pixels);
  }

  presented(): void {
    this.presentations += 1;
  }

  release(): void {
    this.released = true;
  }
}

describe('a stream attached to a video element', () => {
  let picture: GeneratedTrack;
  let incoming: IncomingLog;
  let gate: AutoplayGate;
  let release = () => {};

  beforeEach(() => {
    picture = createTestPicture();
    incoming = new IncomingLog();
    gate = new AutoplayGate(() => {});
  });
  afterEach(() => {
    release();
    gate.close();
    picture.stop();
  });

  const attach = async (width = 320, height = 180, fit = 'fill') => {
    const video = await fixture<HTMLVideoElement>(html`<video></video>`);
    Object.assign(video.style, { width: `${width}px`, height: `${height}px`, objectFit: fit, display: 'block' });
    release = attachIncoming(incoming, video, gate);
    return video;
  };

  it('plays, silent and inline, and says when its first frame is out', async () => {
    const video = await attach();
    incoming.give(picture.track);
    await until(() => incoming.presentations > 0, 'no frame presented');
    expect(video.videoWidth).to.equal(640);
    expect(video.muted && video.playsInline && !video.paused).to.equal(true);
  });

  it('tells the width in device pixels, and follows it', async () => {
    const video = await attach(320, 180);
    await until(() => incoming.width === 320 * devicePixelRatio, 'not told');
    video.style.width = '640px';
    video.style.height = '360px';
    await until(() => incoming.width === 640 * devicePixelRatio, 'not told');
  });

  it('counts what is cropped away from a picture that covers its box', async () => {
    await attach(100, 180, 'cover');
    await until(() => incoming.width === 320 * devicePixelRatio, 'not told');
  });

  it('counts only the picture in a box that is too wide for it', async () => {
    await attach(640, 180, 'contain');
    await until(() => incoming.width === 320 * devicePixelRatio, 'not told');
  });

  it('is zero wide out of sight, and says the first frame again when it comes back', async () => {
    const video = await attach();
    incoming.give(picture.track);
    await until(() => incoming.presentations === 1, 'no frame presented');
    video.style.display = 'none';
    await until(() => incoming.width === 0, 'still in sight');
    await settle();
    expect(incoming.presentations).to.equal(1);
    video.style.display = 'block';
    await until(() => incoming.width > 0, 'still out of sight');
    await until(() => incoming.presentations === 2, 'no frame presented');
  });

  it('is zero wide when it is scrolled away', async () => {
    const spacer = await fixture<HTMLElement>(html`<div></div>`);
    const video = await attach();
    await until(() => incoming.width > 0, 'out of sight');
    spacer.style.height = '5000px';
    await until(() => incoming.width === 0, 'still in sight');
    video.scrollIntoView();
    await until(() => incoming.width > 0, 'still out of sight');
    spacer.style.height = '0';
  });

  it('goes on to a track that takes the place of another', async () => {
    const video = await attach();
    incoming.give(picture.track);
    await until(() => incoming.presentations === 1, 'no frame presented');
    const next = createTestPicture();
    incoming.give(null);
    expect(video.srcObject).not.to.equal(null);
    incoming.give(next.track);
    await until(() => incoming.presentations === 2, 'no frame presented');
    expect(video.srcObject instanceof MediaStream && video.srcObject.getTracks()).to.deep.equal([next.track]);
    next.stop();
  });

  it('leaves the element empty and says no more once released', async () => {
    const video = await attach();
    incoming.give(picture.track);
    await until(() => incoming.presentations === 1, 'no frame presented');
    const told = incoming.widths.length;
    release();
    release();
    expect(video.srcObject).to.equal(null);
    expect(incoming.released).to.equal(true);
    video.style.width = '700px';
    await new Promise(requestAnimationFrame);
    await settle();
    expect(incoming.widths).to.have.lengthOf(told);
  });

  it('leaves an element alone that shows something else by now', async () => {
    const video = await attach();
    incoming.give(picture.track);
    const other = new IncomingLog();
    const releaseOther = attachIncoming(other, video, gate);
    other.give(picture.track);
    release();
    expect(video.srcObject).not.to.equal(null);
    releaseOther();
    expect(video.srcObject).to.equal(null);
  });
});
