import { createTestPicture, type TestPicture } from './test-picture.ts';

/** Shows generated pictures in video elements: one picture a key, painted for as long as somebody watches. */
export class FakePictures {
  readonly #moving: boolean;
  readonly #shown = new Map<string, { readonly picture: TestPicture; users: number }>();

  constructor(moving: boolean) {
    this.#moving = moving;
  }

  /** How many pictures are being painted. */
  get size(): number {
    return this.#shown.size;
  }

  attach(key: string, name: string, screen: boolean, element: HTMLVideoElement): () => void {
    let entry = this.#shown.get(key);
    if (!entry) {
      const picture = createTestPicture(name, screen, this.#moving);
      if (!picture) return () => {};
      entry = { picture, users: 0 };
      this.#shown.set(key, entry);
    }
    entry.users++;
    const used = entry;
    const stream = new MediaStream([used.picture.track]);
    element.muted = true;
    element.srcObject = stream;
    // Refused while the element is not in the page; `autoplay` shows the picture then.
    element.play().catch(() => {});
    let attached = true;
    return () => {
      if (!attached) return;
      attached = false;
      if (element.srcObject === stream) element.srcObject = null;
      used.users--;
      if (used.users > 0) return;
      if (this.#shown.get(key) === used) this.#shown.delete(key);
      used.picture.stop();
    };
  }

  /** Keeps a picture painted until `release`, attached or not. */
  hold(key: string, name: string, screen: boolean): MediaStreamTrack | null {
    this.release(key);
    const picture = createTestPicture(name, screen, this.#moving);
    if (!picture) return null;
    this.#shown.set(key, { picture, users: 1 });
    return picture.track;
  }

  release(key: string): void {
    const entry = this.#shown.get(key);
    if (!entry) return;
    this.#shown.delete(key);
    entry.picture.stop();
  }

  close(): void {
    for (const { picture } of this.#shown.values()) picture.stop();
    this.#shown.clear();
  }
}
