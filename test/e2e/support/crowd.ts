import type { Browser } from 'playwright-core';
import { openPage, type WatchedPage } from './chromium.ts';
import type { RoomTag } from './pages.ts';
import type { RoomServer } from './room-server.ts';

/** Of the frame around a shared screen. */
export const SCREEN_HUE = 325;

/** Someone on the stage. */
export interface Person {
  readonly name: string;
  /** Hue of the picture, in degrees; `null` is a microphone alone. */
  readonly hue: number | null;
  /** With a camera, has a microphone too. */
  readonly speaks?: boolean;
}

/** People who publish from one page, each with a drawn picture of a colour of their own. */
export class Crowd {
  readonly #server: RoomServer;
  readonly #page: WatchedPage;
  #count = 0;

  private constructor(server: RoomServer, page: WatchedPage) {
    this.#server = server;
    this.#page = page;
  }

  static async open(browser: Browser, server: RoomServer): Promise<Crowd> {
    await server.addPage('crowd', '<ils-room room="nobody"></ils-room>');
    const page = await openPage(browser, `${server.origin}/crowd`, {
      prepare: async (context) => {
        await context.addInitScript(drawCameras, SCREEN_HUE);
      },
    });
    await page.page.waitForFunction(() => customElements.get('ils-room') !== undefined);
    return new Crowd(server, page);
  }

  /** Resolves when they are on the stage. */
  async add(people: readonly Person[], room = 'demo'): Promise<void> {
    for (const { name, hue, speaks = hue === null } of people) {
      this.#count += 1;
      const participant = `crowd-${this.#count}`;
      const token = await this.#server.mintToken({ room, role: 'host', participant, name });
      await this.#page.page.evaluate(
        async ([roomName, secret, tint, hasMicrophone, owner]) => {
          window.nextHue = tint ?? 0;
          window.nextName = owner;
          const element = document.createElement('ils-room') as RoomTag;
          element.room = roomName;
          element.token = secret;
          document.body.append(element);
          await element.updateComplete;
          await element.join();
          if (tint !== null) await element.actions?.startSource('camera');
          if (hasMicrophone) await element.actions?.startSource('microphone');
        },
        [room, token, hue, speaks, name] as const,
      );
    }
  }

  /** The last one shares a screen. */
  async shareScreen(): Promise<void> {
    await this.#page.page.evaluate(async () => {
      const element = [...document.querySelectorAll<RoomTag>('ils-room')].at(-1);
      await element?.actions?.startSource('screen');
    });
  }

  async stopScreen(): Promise<void> {
    await this.#page.page.evaluate(async () => {
      const element = [...document.querySelectorAll<RoomTag>('ils-room')].at(-1);
      await element?.actions?.stopSource('screen');
    });
  }

  /** One alone is heard from now on; those of whom nothing is said are silent. */
  async letSpeak(name: string | null): Promise<void> {
    await this.#page.page.evaluate((speaker) => {
      for (const [owner, { gain }] of window.voices) gain.value = owner === speaker ? 1 : 0;
    }, name);
  }

  async close(): Promise<void> {
    await this.#page.context.close();
  }
}

declare global {
  interface Window {
    /** Of the next camera that is opened. */
    nextHue: number;
    /** Of the next microphone. */
    nextName: string;
    voices: Map<string, GainNode>;
  }
}

/** Runs in the page: cameras are canvases with a head and shoulders, screens one with lines of text in a frame, microphones a voice that is let in. */
function drawCameras(hueOfScreens: number): void {
  const draw = (width: number, height: number, paint: (context: CanvasRenderingContext2D, time: number) => void) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('There is no canvas.');
    const repaint = () => paint(context, performance.now() / 1_000);
    repaint();
    setInterval(repaint, 200);
    return canvas.captureStream(5);
  };
  const camera = (hue: number) =>
    draw(320, 180, (context, time) => {
      const sway = Math.sin(time * 2 + hue) * 4;
      context.fillStyle = `hsl(${hue} 55% 62%)`;
      context.fillRect(0, 0, 320, 180);
      context.fillStyle = `hsl(${hue} 45% 28%)`;
      context.beginPath();
      context.ellipse(160 + sway, 180, 74, 58, 0, 0, 7);
      context.fill();
      context.fillStyle = `hsl(${(hue + 20) % 360} 45% 80%)`;
      context.beginPath();
      context.ellipse(160 + sway, 84, 34, 42, 0, 0, 7);
      context.fill();
    });
  const screen = () =>
    draw(1_280, 720, (context, time) => {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, 1_280, 720);
      context.fillStyle = '#123';
      context.font = '600 44px sans-serif';
      context.fillText('Quarterly results', 80, 110);
      context.font = '26px sans-serif';
      for (let line = 0; line < 12; line++)
        context.fillText(`Line ${line + 1} of what is being shown`, 80, 180 + line * 42);
      context.fillRect(80, 670, 100 + (time % 10) * 80, 8);
      context.strokeStyle = `hsl(${hueOfScreens} 90% 50%)`;
      context.lineWidth = 32;
      context.strokeRect(0, 0, 1_280, 720);
    });
  window.voices = new Map();
  let voice: AudioNode | undefined;
  const microphone = (owner: string) => {
    const context = voice?.context instanceof AudioContext ? voice.context : new AudioContext();
    voice ??= createVoice(context);
    const gate = new GainNode(context, { gain: 0 });
    const output = context.createMediaStreamDestination();
    voice.connect(gate).connect(output);
    window.voices.set(owner, gate);
    return output.stream;
  };
  /** Loud and quiet by turns, as syllables are. */
  const createVoice = (context: AudioContext) => {
    const tone = new OscillatorNode(context, { frequency: 220 });
    const syllables = new OscillatorNode(context, { frequency: 3 });
    const level = new GainNode(context, { gain: 0.4 });
    const depth = new GainNode(context, { gain: 0.4 });
    syllables.connect(depth).connect(level.gain);
    tone.connect(level);
    tone.start();
    syllables.start();
    return level;
  };
  const devices = navigator.mediaDevices;
  devices.getUserMedia = async (constraints) =>
    constraints?.video ? camera(window.nextHue) : microphone(window.nextName);
  devices.getDisplayMedia = async () => screen();
}
