import { readAnnexB } from '../packager/h264/annex-b.ts';
import { describeVideo } from '../packager/h264/decoder-configuration.ts';

export interface Picture {
  /** As in RFC 6381. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
}

/** What a key frame's parameter sets say; `null` where they cannot be read. */
export function describePicture(keyFrame: Uint8Array): Picture | null {
  const { parameters } = readAnnexB(keyFrame);
  if (parameters === null) return null;
  try {
    const { codec, width, height } = describeVideo(parameters);
    return { codec, width, height };
  } catch {
    return null;
  }
}
