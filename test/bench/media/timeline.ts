import type { Page } from 'playwright-core';

/** What happens on the way to the first frame, in this order; each once. */
export const STEPS = [
  'join',
  'socket opening',
  'socket open',
  'first message',
  'engine',
  'first stream described',
  'path found',
  'first packet',
  'frame received',
  'frame presented',
  'first frame',
] as const;
export type Step = (typeof STEPS)[number];

/** Milliseconds since the start of the navigation. */
export type Timeline = Readonly<Partial<Record<Step, number>>>;

/**
 * Put into a page before its own scripts: notes each step of {@link STEPS} at the platform's own interfaces, so that every page is
 * measured alike. The first frame counts when it stands on the screen: presented, in a video element that is not hidden.
 */
export function noteTimeline(): void {
  const mark = (step: Step, startTime = performance.now()): void => {
    if (performance.getEntriesByName(step).length === 0) performance.mark(step, { startTime });
  };
  document.addEventListener('ils-state-changed', () => mark('join'), { capture: true, once: true });

  const { WebSocket: Socket, RTCPeerConnection: Connection } = window;
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      // A bare page asks to join by opening its socket.
      mark('join');
      mark('socket opening');
      super(url, protocols);
      this.addEventListener('open', () => mark('socket open'));
      this.addEventListener('message', () => mark('first message'));
    }
  };
  window.RTCPeerConnection = class extends Connection {
    constructor(configuration?: RTCConfiguration) {
      // The library makes one without a configuration to learn what the browser can do.
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        mark('first stream described');
        if (track.kind === 'video') track.addEventListener('unmute', () => mark('first packet'));
      });
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') mark('path found');
      });
    }

    override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      mark('engine');
      return super.setRemoteDescription(description);
    }
  };

  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  if (source === undefined) return;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...source,
    set(this: HTMLMediaElement, stream: MediaProvider | null) {
      source.set?.call(this, stream);
      if (!(this instanceof HTMLVideoElement) || stream === null) return;
      this.requestVideoFrameCallback((_now, { receiveTime, presentationTime }) => {
        mark('frame received', receiveTime);
        mark('frame presented', presentationTime);
        waitForSight(this);
      });
    },
  });

  function waitForSight(video: HTMLVideoElement): void {
    if (video.checkVisibility({ opacityProperty: true, visibilityProperty: true })) mark('first frame');
    else requestAnimationFrame(() => waitForSight(video));
  }
}

/** Waits for the first frame and tells when each step was. */
export async function readTimeline(page: Page): Promise<Timeline> {
  await page.waitForFunction(() => performance.getEntriesByName('first frame').length > 0, undefined, {
    timeout: 20_000,
  });
  return page.evaluate(() =>
    Object.fromEntries(performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime])),
  );
}
