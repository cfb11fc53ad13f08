import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BYTES = 3;
/** Every other pixel of every other line is looked at. */
const STEP = 2;

/** Where a colour is seen. Shares of the picture. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Of all pixels. */
  readonly area: number;
}

/** One frame of a stream as it is decoded. */
export class DecodedPicture {
  readonly width: number;
  readonly height: number;
  readonly #pixels: Buffer;

  private constructor(width: number, height: number, pixels: Buffer) {
    this.width = width;
    this.height = height;
    this.#pixels = pixels;
  }

  /** The newest frame that ffmpeg decodes of it; kept as a PNG in `ILS_PICTURES`, where that names a folder. */
  static async of(url: string, name: string): Promise<DecodedPicture> {
    const size = '-v error -select_streams v -show_entries stream=width,height -of csv=p=0:s=x'.split(' ');
    const { stdout } = await run('ffprobe', [...size, url]);
    const [width = 0, height = 0] = (stdout.split('\n')[0] ?? '').split('x').map(Number);
    const raw = '-frames:v 1 -f rawvideo -pix_fmt rgb24 -'.split(' ');
    const folder = process.env['ILS_PICTURES'];
    const kept = folder === undefined ? [] : ['-y', '-frames:v', '1', `${folder}/${name}.png`];
    const options = { encoding: 'buffer', maxBuffer: 64 * 1_024 * 1_024 } as const;
    const frame = await run('ffmpeg', ['-v', 'error', '-i', url, ...raw, ...kept], options);
    return new DecodedPicture(width, height, frame.stdout);
  }

  /** Lightness of a place, from 0 to 1. */
  lightnessAt(x: number, y: number): number {
    const at = (Math.floor(y * this.height) * this.width + Math.floor(x * this.width)) * BYTES;
    return (
      (Math.max(...this.#pixels.subarray(at, at + BYTES)) + Math.min(...this.#pixels.subarray(at, at + BYTES))) / 510
    );
  }

  /** Where a colour of that hue is, in degrees; `null` where it is nowhere to speak of. */
  regionOf(hue: number): Region | null {
    const columns = new Map<number, number>();
    const rows = new Map<number, number>();
    let count = 0;
    for (let y = 0; y < this.height; y += STEP) {
      for (let x = 0; x < this.width; x += STEP) {
        const at = (y * this.width + x) * BYTES;
        if (!isHue(this.#pixels, at, hue)) continue;
        count += 1;
        columns.set(x, (columns.get(x) ?? 0) + 1);
        rows.set(y, (rows.get(y) ?? 0) + 1);
      }
    }
    const area = (count * STEP * STEP) / (this.width * this.height);
    if (area < 0.002) return null;
    // A few pixels astray are what a codec does at edges.
    const spread = (counts: ReadonlyMap<number, number>) => {
      const places = [...counts].filter(([, found]) => found > 3).map(([place]) => place);
      return [Math.min(...places), Math.max(...places)] as const;
    };
    const [left, right] = spread(columns);
    const [top, bottom] = spread(rows);
    return {
      left: left / this.width,
      right: right / this.width,
      top: top / this.height,
      bottom: bottom / this.height,
      area,
    };
  }
}

const HUE_TOLERANCE = 14;
const LEAST_CHROMA = 60;

function isHue(pixels: Buffer, at: number, hue: number): boolean {
  const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + BYTES);
  const most = Math.max(red, green, blue);
  const chroma = most - Math.min(red, green, blue);
  if (chroma < LEAST_CHROMA || most < 130) return false;
  const sixth =
    most === red ? (green - blue) / chroma : most === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
  const distance = Math.abs(((sixth * 60 - hue + 540) % 360) - 180);
  return distance <= HUE_TOLERANCE;
}
