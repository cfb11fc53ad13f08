import type { BurntClock } from './burnt-clock-reader.ts';

/** Large enough to be read from a part of the composed picture. */
export const BURNT_CLOCK: BurntClock = { bits: 24, width: 640, height: 360, beepEveryMs: 2_000, beepMs: 100 };

/**
 * Put into a publishing page: its camera shows when each picture was drawn, its microphone beeps at every whole multiple of
 * `beepEveryMs` of that time. The code stands between two magenta marks, once as it is and below with black and white exchanged,
 * so that a reader finds it wherever it lies and believes nothing that was blurred.
 */
export function useBurntClock({ bits, width, height, beepEveryMs, beepMs }: BurntClock): void {
  const now = (): number => performance.timeOrigin + performance.now();
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = new MediaStream();
    if (constraints?.video) drawClock().forEach((track) => stream.addTrack(track));
    if (constraints?.audio) beep().forEach((track) => stream.addTrack(track));
    return stream;
  };

  function drawClock(): readonly MediaStreamTrack[] {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { alpha: false });
    // The edges may be cut off where the picture fills a place of another shape.
    const margin = 4;
    const cell = width / (bits + 2 + 2 * margin);
    const fill = (index: number, top: number, bottom: number, colour: string): void => {
      if (context === null) return;
      context.fillStyle = colour;
      const left = Math.round((margin + index) * cell);
      const right = Math.round((margin + index + 1) * cell);
      context.fillRect(left, top * height, right - left, (bottom - top) * height);
    };
    setInterval(() => {
      const time = Math.round(now()) % 2 ** bits;
      fill(0, 0, 1, 'magenta');
      fill(bits + 1, 0, 1, 'magenta');
      for (let bit = 0; bit < bits; bit += 1) {
        const isSet = Math.floor(time / 2 ** bit) % 2 === 1;
        fill(bit + 1, 0, 0.45, isSet ? 'white' : 'black');
        fill(bit + 1, 0.45, 1, isSet ? 'black' : 'white');
      }
    }, 1_000 / 30);
    return canvas.captureStream(30).getVideoTracks();
  }

  function beep(): readonly MediaStreamTrack[] {
    const context = new AudioContext();
    const gain = new GainNode(context, { gain: 0 });
    const destination = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency: 1_000 });
    tone.connect(gain).connect(destination);
    tone.start();
    const schedule = (): void => {
      const next = (Math.floor(now() / beepEveryMs) + 1) * beepEveryMs;
      const at = context.currentTime + (next - now()) / 1_000;
      gain.gain.setValueAtTime(0.8, at);
      gain.gain.setValueAtTime(0, at + beepMs / 1_000);
      setTimeout(schedule, next - now() + beepEveryMs / 2);
    };
    schedule();
    return destination.stream.getAudioTracks();
  }
}

/** Put into another publishing page: a picture in motion without any magenta, and silence. */
export function useQuietCamera({ width, height }: BurntClock): void {
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = new MediaStream();
    if (constraints?.video) {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d', { alpha: false });
      let frame = 0;
      setInterval(() => {
        if (context === null) return;
        frame += 1;
        context.fillStyle = '#445566';
        context.fillRect(0, 0, width, height);
        context.fillStyle = '#dde0e4';
        context.fillRect((frame * 6) % width, height / 4, width / 6, height / 2);
      }, 1_000 / 30);
      canvas
        .captureStream(30)
        .getVideoTracks()
        .forEach((track) => stream.addTrack(track));
    }
    if (constraints?.audio)
      new AudioContext()
        .createMediaStreamDestination()
        .stream.getAudioTracks()
        .forEach((track) => stream.addTrack(track));
    return stream;
  };
}
