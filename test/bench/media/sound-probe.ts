import type { Page } from 'playwright-core';

/** What came out, in blocks of 128 samples. */
export interface HeardSound {
  readonly sampleRate: number;
  /** Of the first block, counted in samples. */
  readonly firstSample: number;
  /** The greatest amplitude of each block, 0 to 1. */
  readonly peaks: readonly number[];
  /** Sample, and the time since the epoch at which it was asked for: from the first block of each batch. */
  readonly marks: readonly (readonly [sample: number, atMs: number])[];
}

const BLOCK_SAMPLES = 128;

declare global {
  interface Window {
    takeSound?: () => HeardSound;
  }
}

/**
 * Begins to listen: to the tab as it is heard, or to the first video with a picture, whose sound then goes by the listener. Wants
 * a page opened with `bypassCSP`, for a processor of its own.
 */
export async function beginToListen(page: Page, to: 'tab' | 'video'): Promise<void> {
  await page.evaluate(listen, to);
}

/** What was heard since it was last asked. */
export async function takeSound(page: Page): Promise<HeardSound> {
  return page.evaluate(() => {
    if (window.takeSound === undefined) throw new Error('Nobody listens.');
    return window.takeSound();
  });
}

/** The longest time without any sound as loud as `least`. Milliseconds. */
export function longestSilenceMs({ peaks, sampleRate }: HeardSound, least: number): number {
  let longest = 0;
  let current = 0;
  for (const peak of peaks) {
    current = peak < least ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return (longest * BLOCK_SAMPLES * 1_000) / sampleRate;
}

/** When each sound began that came after a silence. Milliseconds since the epoch. */
export function onsetsOf(sound: HeardSound, least: number, silenceMs: number): readonly number[] {
  const { peaks, sampleRate, firstSample, marks } = sound;
  const onsets: number[] = [];
  const enough = (silenceMs * sampleRate) / 1_000 / BLOCK_SAMPLES;
  let silent = 0;
  for (const [index, peak] of peaks.entries()) {
    if (peak < least) {
      silent += 1;
      continue;
    }
    if (silent >= enough) {
      const sample = firstSample + index * BLOCK_SAMPLES;
      const near = marks.filter(([mark]) => Math.abs(mark - sample) < 3 * sampleRate);
      const offsets = near.map(([mark, atMs]) => atMs - (mark * 1_000) / sampleRate).toSorted((a, b) => a - b);
      const offset = offsets[offsets.length >> 1];
      if (offset !== undefined) onsets.push(offset + (sample * 1_000) / sampleRate);
    }
    silent = 0;
  }
  return onsets;
}

async function listen(to: 'tab' | 'video'): Promise<void> {
  const find = (root: ParentNode): HTMLVideoElement | undefined => {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLVideoElement && element.videoWidth > 0) return element;
      const inside = element.shadowRoot === null ? undefined : find(element.shadowRoot);
      if (inside !== undefined) return inside;
    }
    return undefined;
  };
  const processor = `registerProcessor('listener', class extends AudioWorkletProcessor {
    peaks = []; marks = []; first = currentFrame; last = 0;
    process([input]) {
      const now = Date.now();
      if (now - this.last > 1) this.marks.push([currentFrame, now]);
      this.last = now;
      let peak = 0;
      for (const channel of input) for (const value of channel) peak = Math.max(peak, Math.abs(value));
      this.peaks.push(peak);
      if (this.peaks.length < 32) return true;
      this.port.postMessage({ first: this.first, peaks: this.peaks, marks: this.marks });
      this.first = currentFrame + 128; this.peaks = []; this.marks = [];
      return true;
    }
  });`;
  const context = new AudioContext();
  await context.resume();
  const address = URL.createObjectURL(new Blob([processor], { type: 'text/javascript' }));
  await context.audioWorklet.addModule(address);
  const listener = new AudioWorkletNode(context, 'listener', { numberOfOutputs: 1 });
  // A node that leads nowhere is not asked for anything.
  listener.connect(new GainNode(context, { gain: 0 })).connect(context.destination);
  if (to === 'video') {
    const video = find(document);
    if (video === undefined) throw new Error('There is no video.');
    const source = context.createMediaElementSource(video);
    source.connect(listener);
    source.connect(context.destination);
  } else {
    const wanted: DisplayMediaStreamOptions & { readonly preferCurrentTab: boolean } = {
      video: { width: 32, height: 18, frameRate: 1 },
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      preferCurrentTab: true,
    };
    const stream = await navigator.mediaDevices.getDisplayMedia(wanted);
    for (const track of stream.getVideoTracks()) track.stop();
    context.createMediaStreamSource(stream).connect(listener);
  }
  let first: number | undefined;
  let peaks: number[] = [];
  let marks: (readonly [number, number])[] = [];
  interface Heard {
    readonly first: number;
    readonly peaks: readonly number[];
    readonly marks: readonly (readonly [number, number])[];
  }
  listener.port.onmessage = ({ data }: MessageEvent<Heard>) => {
    first ??= data.first;
    peaks.push(...data.peaks);
    marks.push(...data.marks);
  };
  window.takeSound = () => {
    const heard = { sampleRate: context.sampleRate, firstSample: first ?? 0, peaks, marks };
    first = undefined;
    peaks = [];
    marks = [];
    return heard;
  };
}
