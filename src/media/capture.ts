import { MediaFailure, queryPermission, type AskedDevice } from './media-failure.ts';
import { supportsCapture, supportsScreenCapture } from './support.ts';

export type CaptureKind = 'camera' | 'microphone';

/** What to open: each kind with the device preferred for it, or `null` for the browser's default. */
export type CaptureRequest = ReadonlyMap<CaptureKind, string | null>;
/** Each kind asked for, with its track or why there is none. */
export type CaptureResult = ReadonlyMap<CaptureKind, MediaStreamTrack | MediaFailure>;

const CAMERA = { width: { ideal: 1_280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const MICROPHONE = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: { ideal: 1 },
};

/** Opens camera, microphone or both with one question to the user; what fails does not take the other along. */
export async function openDevices(request: CaptureRequest): Promise<CaptureResult> {
  if (!supportsCapture()) return fail(request, explainAbsence());
  if (request.size > 1 && (await isOneDenied())) return openEach(request);
  try {
    const stream = await navigator.mediaDevices.getUserMedia(createConstraints(request));
    return collectTracks(request, stream);
  } catch (error) {
    const chosen = [...request.values()].some((deviceId) => deviceId !== null);
    if (chosen && error instanceof Error && error.name === 'OverconstrainedError')
      return openDevices(withoutChoices(request));
    if (request.size > 1 && (await deservesEach(error))) return openEach(request);
    return explain(request, error);
  }
}

/** Asks for a screen, window or tab, with its sound where the browser can give it. */
export async function openScreen(): Promise<{ screen: MediaStreamTrack; screenAudio: MediaStreamTrack | null }> {
  if (!supportsScreenCapture())
    throw supportsCapture() ? new MediaFailure('unsupported', 'screen: this browser shares none') : explainAbsence();
  // Some are not in the DOM's types yet; browsers pass over what they do not know.
  const options: DisplayMediaStreamOptions & Record<string, unknown> = {
    video: { frameRate: { ideal: 30, max: 30 }, width: { max: 2_560 }, height: { max: 1_440 } },
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: { ideal: 2 } },
    systemAudio: 'include',
    surfaceSwitching: 'include',
    selfBrowserSurface: 'exclude',
  };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(options);
    const [screen] = stream.getVideoTracks();
    if (!screen) throw new MediaFailure('failed', 'screen: no picture came');
    screen.contentHint = 'detail';
    return { screen, screenAudio: stream.getAudioTracks()[0] ?? null };
  } catch (error) {
    throw await explainRefusal(error, 'screen');
  }
}

function explainAbsence(): MediaFailure {
  return window.isSecureContext
    ? new MediaFailure('unsupported', 'this browser gives pages no devices')
    : new MediaFailure('insecure', 'devices are given to pages by HTTPS or on localhost only');
}

function createConstraints(request: CaptureRequest): MediaStreamConstraints {
  const camera = request.get('camera');
  const microphone = request.get('microphone');
  return {
    ...(camera !== undefined && { video: { ...CAMERA, ...prefer(camera) } }),
    ...(microphone !== undefined && { audio: { ...MICROPHONE, ...prefer(microphone) } }),
  };
}

/** `exact`, since an ideal device loses to one of a better size; where it is gone, the question is asked again without. */
function prefer(deviceId: string | null): MediaTrackConstraints {
  return deviceId === null ? {} : { deviceId: { exact: deviceId } };
}

function withoutChoices(request: CaptureRequest): CaptureRequest {
  return new Map([...request.keys()].map((kind) => [kind, null]));
}

function collectTracks(request: CaptureRequest, stream: MediaStream): CaptureResult {
  const result = new Map<CaptureKind, MediaStreamTrack | MediaFailure>();
  for (const kind of request.keys()) {
    const [track] = kind === 'camera' ? stream.getVideoTracks() : stream.getAudioTracks();
    result.set(kind, track ?? new MediaFailure('notFound', `${kind}: no track came`));
  }
  return result;
}

function fail(request: CaptureRequest, failure: MediaFailure): CaptureResult {
  return new Map([...request.keys()].map((kind) => [kind, failure]));
}

/** The causes are told apart by what is loaded when something was refused first. */
async function explainRefusal(error: unknown, asked: AskedDevice): Promise<MediaFailure> {
  if (error instanceof MediaFailure) return error;
  const module = await import('./explain-refusal.ts').catch(() => undefined);
  return module?.explainRefusal(error, asked) ?? new MediaFailure('failed', `${asked}: ${String(error)}`);
}

async function explain(request: CaptureRequest, error: unknown): Promise<CaptureResult> {
  const explained = [...request.keys()].map(async (kind) => [kind, await explainRefusal(error, kind)] as const);
  return new Map(await Promise.all(explained));
}

/** One after the other: some browsers ask only one question at a time. */
async function openEach(request: CaptureRequest): Promise<CaptureResult> {
  const result = new Map<CaptureKind, MediaStreamTrack | MediaFailure>();
  for (const [kind, deviceId] of request)
    for (const entry of await openDevices(new Map([[kind, deviceId]]))) result.set(...entry);
  return result;
}

async function isOneDenied(): Promise<boolean> {
  const states = await Promise.all([queryPermission('camera'), queryPermission('microphone')]);
  return states.includes('denied') && states.some((state) => state !== 'denied');
}

/** A refusal of both may be about one alone: it is missing, taken, or the only one denied. */
async function deservesEach(error: unknown): Promise<boolean> {
  if (!(error instanceof Error) || error.name === 'TypeError') return false;
  return error.name !== 'NotAllowedError' || isOneDenied();
}
