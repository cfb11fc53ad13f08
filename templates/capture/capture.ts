import type { CaptureTask, PageMessage, ServerMessage } from '../../server/src/broadcast/composer/composer-wire.ts';
import type { EncoderFailure, EncoderTask } from './encoder.ts';

/** A template that says nothing is ready so long after its load. Milliseconds. */
const SILENT_TEMPLATE_MS = 2_000;
const TEMPLATE_LIMIT_MS = 20_000;
/** Tries to bring the page to its size: the browser's own bars come and go. */
const RESIZE_TRIES = 8;
const RESIZE_WAIT_MS = 150;

const socketAt = (name: string): string => new URL(name, location.href).href.replace(/^http/, 'ws');
const wait = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));

const control = new WebSocket(socketAt('control'));
const send = (message: PageMessage): void => control.send(JSON.stringify(message));
let resized = (): void => {};

control.addEventListener('message', ({ data }) => {
  const message: ServerMessage = JSON.parse(String(data));
  if (message.type === 'resized') resized();
  else void run(message);
});

async function run(task: CaptureTask): Promise<void> {
  try {
    await openTemplate(task);
  } catch (error) {
    return send({ type: 'failed', code: 'templateFailed', message: describe(error) });
  }
  try {
    const { video, audio } = await capture(task);
    await fit(task);
    startEncoder({ ...task, socket: socketAt('media'), video, audio });
  } catch (error) {
    send({ type: 'failed', code: 'captureFailed', message: describe(error) });
  }
}

/** Opens the template in a frame over the whole page, so that any page can be one. Resolves when it can be seen. */
function openTemplate({ templateUrl, awaitsReady, width, height, layoutWidth }: CaptureTask): Promise<void> {
  const frame = document.createElement('iframe');
  const scale = width / layoutWidth;
  Object.assign(frame.style, {
    width: `${layoutWidth}px`,
    height: `${height / scale}px`,
    transform: `scale(${scale})`,
  });
  frame.allow = 'autoplay';
  frame.src = templateUrl;
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The template did not say that it is ready.')), TEMPLATE_LIMIT_MS);
    addEventListener('message', ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      if (data?.type === 'ils-template-ready') resolve();
      else if (data?.type === 'ils-template-failed') reject(new Error(String(data.message)));
    });
    if (!awaitsReady) frame.addEventListener('load', () => setTimeout(resolve, SILENT_TEMPLATE_MS));
    document.body.append(frame);
  });
}

/** What Chromium takes beside the standard's options. */
interface SelfCaptureOptions extends DisplayMediaStreamOptions {
  readonly preferCurrentTab: boolean;
}

interface PictureConstraints extends MediaTrackConstraints {
  readonly cursor: 'never';
}

async function capture({ width, height, frameRate, hasVideo }: CaptureTask) {
  const picture: PictureConstraints = { width, height, frameRate: hasVideo ? frameRate : 1, cursor: 'never' };
  const options: SelfCaptureOptions = {
    preferCurrentTab: true,
    video: picture,
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, sampleRate: 48_000 },
  };
  const stream = await navigator.mediaDevices.getDisplayMedia(options);
  const [video] = stream.getVideoTracks();
  const [audio] = stream.getAudioTracks();
  if (!video) throw new Error('The capture has no picture.');
  for (const track of [video, audio])
    track?.addEventListener('ended', () =>
      send({ type: 'failed', code: 'captureFailed', message: 'The capture ended.' }),
    );
  return { video: hasVideo ? video : null, audio: audio ?? null };
}

/** Asks for a larger or smaller window until the page is as large as the picture. */
async function fit({ width, height }: CaptureTask): Promise<void> {
  for (let tries = 0; tries < RESIZE_TRIES; tries++) {
    await wait(RESIZE_WAIT_MS);
    const missing = { width: width - innerWidth, height: height - innerHeight };
    if (missing.width === 0 && missing.height === 0) return;
    const done = new Promise<void>((resolve) => {
      resized = resolve;
    });
    send({ type: 'resize', ...missing });
    await done;
  }
}

function startEncoder({
  video,
  audio,
  ...task
}: CaptureTask & { socket: string; video: MediaStreamTrack | null; audio: MediaStreamTrack | null }): void {
  const worker = new Worker('encoder.js', { type: 'module' });
  const videoFrames = video && new MediaStreamTrackProcessor<VideoFrame>({ track: video, maxBufferSize: 4 }).readable;
  const audioFrames = audio && new MediaStreamTrackProcessor<AudioData>({ track: audio, maxBufferSize: 100 }).readable;
  const message: EncoderTask = { ...task, videoFrames, audioFrames };
  if (video) keepMoving(task.frameRate);
  worker.addEventListener('message', ({ data: { message: what } }: MessageEvent<EncoderFailure>) =>
    send({ type: 'failed', code: 'captureFailed', message: what }),
  );
  worker.addEventListener('error', ({ message: what }) =>
    send({ type: 'failed', code: 'captureFailed', message: what }),
  );
  worker.postMessage(
    message,
    [videoFrames, audioFrames].filter((stream) => stream !== null),
  );
}

/**
 * Moves a pixel that nobody sees about the page. Chromium takes the area that changes most for an animation, follows that alone, and
 * leaves out what changes with another beside it: of two cameras, every sixth frame. Where no two changes are of one area, it follows all.
 * A page that stands still is captured seldom, and then nothing tells its clock: this moves it as well.
 */
function keepMoving(frameRate: number): void {
  const pixel = document.createElement('div');
  pixel.className = 'pixel';
  document.body.append(pixel);
  const below = (length: number): number => Math.floor(Math.random() * length);
  setInterval(() => {
    pixel.style.translate = `${below(innerWidth)}px ${below(innerHeight)}px`;
  }, 1_000 / frameRate);
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
