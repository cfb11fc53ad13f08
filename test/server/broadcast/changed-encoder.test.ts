import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startBroadcastServer, type BroadcastServer } from './broadcast-server.ts';
import { createMaterial, Player, type Material } from './encoded-material.ts';
import { PlayerPages } from './player-pages.ts';

/** What Chromium shows at one moment of a file. */
interface Shown {
  readonly error: string | null;
  readonly width: number;
  readonly duration: number;
  /** Mean of each channel in the left upper quarter, 0 to 255. */
  readonly mean: readonly number[];
}

describe('the MP4 of a broadcast whose encoder changed', () => {
  let server: BroadcastServer;
  let pages: PlayerPages;
  let page: Page;
  let materials: readonly Material[];

  before(async () => {
    const small = await createMaterial({ seconds: 3 });
    const large = await createMaterial({ seconds: 3, size: '640x360', frameRate: 25 });
    const upright = await createMaterial({ seconds: 3, size: '180x320', keyEvery: 15 });
    materials = [small, large, upright, small];
    server = await startBroadcastServer();
    const broadcast = await server.broadcasts.open('room', 'show');
    for (const [index, material] of materials.entries()) {
      const run = broadcast.begin(material.format, Date.UTC(2030, 0, 1) + index * 5_000);
      new Player(run, material).playAll();
      run.end();
    }
    await broadcast.finish();
    await broadcast.completion;
    pages = await PlayerPages.open();
    page = await pages.openFile(`${server.origin}/broadcasts/room/show/recording.mp4`);
  });
  after(async () => {
    await pages?.close();
    await server?.close();
  });

  const showAt = (time: number): Promise<Shown> =>
    page.evaluate(async (wanted) => {
      const video = document.querySelector('video')!;
      const shown = new Promise<number>((resolve) => {
        // A frame from before the jump may still be on its way to the screen.
        const look: VideoFrameRequestCallback = (_now, { mediaTime, width }) => {
          if (Math.abs(mediaTime - wanted) < 0.1) resolve(width);
          else video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
      });
      const failed = new Promise<number>((resolve) =>
        video.addEventListener('error', () => resolve(0), { once: true }),
      );
      video.currentTime = wanted;
      const width = await Promise.race([shown, failed]);
      const canvas = new OffscreenCanvas(16, 16);
      const context = canvas.getContext('2d')!;
      context.drawImage(video, 0, 0, 16, 16);
      const { data } = context.getImageData(0, 0, 8, 8);
      const mean = [0, 1, 2].map((channel) => {
        const values = [...data].filter((_, index) => index % 4 === channel);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      });
      return { error: video.error?.message ?? null, width, duration: video.duration, mean };
    }, time);

  it('shows in Chromium what each encoder made, wherever one goes', async () => {
    const original = await showAt(1);
    assert.ok(original.duration > 11.8 && original.duration < 12.3, String(original.duration));
    for (const [time, width] of [
      [4, 640],
      [10, 320],
      [7, 180],
      [5.5, 640],
      [0.5, 320],
    ] as const) {
      const shown = await showAt(time);
      assert.deepEqual([shown.error, shown.width], [null, width], `at ${time} s`);
      // The same test picture, whatever its size; what is not decoded would be black, green or the last one's rubble.
      for (const [channel, mean] of shown.mean.entries()) {
        assert.ok(Math.abs(mean - (original.mean[channel] ?? 0)) < 25, `at ${time} s: ${shown.mean.join()}`);
      }
    }
  });

  it('plays through every change to its end', async () => {
    const played = await page.evaluate(async () => {
      const video = document.querySelector('video')!;
      const widths = new Set<number>();
      const ended = new Promise((resolve) => {
        video.addEventListener('ended', resolve, { once: true });
        video.addEventListener('error', resolve, { once: true });
      });
      const look = () => {
        widths.add(video.videoWidth);
        video.requestVideoFrameCallback(look);
      };
      video.requestVideoFrameCallback(look);
      video.currentTime = 0;
      video.playbackRate = 4;
      await video.play();
      await ended;
      return { error: video.error?.message ?? null, ended: video.ended, widths: [...widths] };
    });
    assert.deepEqual(
      { ...played, widths: new Set(played.widths) },
      { error: null, ended: true, widths: new Set([320, 640, 180]) },
    );
  });
});
