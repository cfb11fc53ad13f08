import { waitUntil } from '@open-wc/testing';
import type { MediaObserver, Reception } from '../../src/media/media-engine.ts';
import type { SentSource, StreamId } from '../../src/protocol/index.ts';

/** Remembers all that an engine said. */
export class Observed implements MediaObserver {
  readonly calls: string[] = [];
  readonly onAir = new Set<SentSource>();
  readonly receptions = new Map<StreamId, Reception>();

  published(source: SentSource, published: boolean): void {
    this.calls.push(`${source} ${published ? 'on' : 'off'}`);
    if (published) this.onAir.add(source);
    else this.onAir.delete(source);
  }

  received(streamId: StreamId, reception: Reception): void {
    this.calls.push(`${streamId} ${reception}`);
    this.receptions.set(streamId, reception);
  }
}

/** Waits for something to become true; the message says what did not. */
export function until(condition: () => boolean, message: string, timeout = 5_000): Promise<void> {
  return waitUntil(condition, message, { interval: 10, timeout });
}

/** Lets everything happen that is on its way without the network. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** A picture that never moves: enough where only the track counts. */
export function createPictureTrack(width = 1_280, height = 720): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')!.fillRect(0, 0, width, height);
  return canvas.captureStream(5).getVideoTracks()[0]!;
}

export function createSoundTrack(): MediaStreamTrack {
  return new MediaStreamAudioDestinationNode(new AudioContext()).stream.getAudioTracks()[0]!;
}
