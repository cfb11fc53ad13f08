/** The same words as in the store. */
export type DeviceKind = 'camera' | 'microphone' | 'speaker';

export interface DeviceView {
  readonly id: string;
  readonly label: string;
}

export type DeviceLists = Readonly<Record<DeviceKind, readonly DeviceView[]>>;
export type DeviceChoices = Readonly<Record<DeviceKind, string | null>>;

const KINDS: Readonly<Record<MediaDeviceKind, DeviceKind>> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};

const STORAGE_KEY = 'ils-devices';

/** Devices by kind. Before permission browsers give neither ids nor labels: those devices are left out. */
export async function listDevices(): Promise<DeviceLists> {
  const lists: Record<DeviceKind, DeviceView[]> = { camera: [], microphone: [], speaker: [] };
  if (typeof navigator.mediaDevices?.enumerateDevices !== 'function') return lists;
  for (const { kind, deviceId, label } of await navigator.mediaDevices.enumerateDevices())
    if (deviceId !== '') lists[KINDS[kind]].push({ id: deviceId, label });
  return lists;
}

/** What was chosen here before. Storage may be forbidden, as in frames without an origin; then nothing is remembered. */
export function recallChoices(): DeviceChoices {
  const choices: Record<DeviceKind, string | null> = { camera: null, microphone: null, speaker: null };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return choices;
    for (const kind of Object.values(KINDS)) {
      const id: unknown = Reflect.get(stored, kind);
      if (typeof id === 'string') choices[kind] = id;
    }
  } catch {
    // Nothing remembered, then.
  }
  return choices;
}

export function rememberChoices(choices: DeviceChoices): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(choices));
  } catch {
    // It holds for this page only, then.
  }
}
