/** Access units of AAC-LC in which every spectrum is empty; they are good at any sample rate. */
const MONO = Uint8Array.of(0x00, 0xc8, 0x00, 0x80, 0x23, 0x80);
const STEREO = Uint8Array.of(0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80);

export function silence(channels: number): Uint8Array {
  return channels === 1 ? MONO : STEREO;
}
