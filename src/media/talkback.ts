import type { Capture, SourceState } from './local-media.ts';
import { MediaFailure } from './media-failure.ts';

export interface TalkbackOptions {
  /** Rejects with `MediaFailure`. */
  readonly open: () => Promise<Capture>;
  readonly changed: (state: SourceState) => void;
  /** The track has changed. */
  readonly tellOutgoing: () => void;
}

/** One's own voice for those backstage: open while one talks, and closed at once after. */
export class Talkback {
  readonly #options: TalkbackOptions;
  #capture: Capture | null = null;
  /** The opening under way; one that ends late finds another here. */
  #attempt: object | null = null;

  constructor(options: TalkbackOptions) {
    this.#options = options;
  }

  get track(): MediaStreamTrack | null {
    return this.#capture?.track ?? null;
  }

  open(): void {
    if (this.#attempt || this.#capture) return;
    const attempt = {};
    this.#attempt = attempt;
    this.#options.changed({ status: 'starting', error: null, track: null });
    this.#options.open().then(
      (capture) => {
        if (this.#attempt !== attempt) return capture.stop();
        this.#attempt = null;
        this.#capture = capture;
        capture.track.addEventListener('ended', () => this.#handleEnded(capture));
        this.#options.changed({ status: 'live', error: null, track: capture.track });
        this.#options.tellOutgoing();
      },
      (error: unknown) => {
        if (this.#attempt !== attempt) return;
        this.#attempt = null;
        const code = error instanceof MediaFailure ? error.code : 'failed';
        this.#options.changed({ status: 'failed', error: code, track: null });
      },
    );
  }

  close(): void {
    if (!this.#attempt && !this.#capture) return;
    this.#attempt = null;
    this.#capture?.stop();
    this.#capture = null;
    this.#options.changed({ status: 'off', error: null, track: null });
    this.#options.tellOutgoing();
  }

  /** Unplugged or taken away. */
  #handleEnded(capture: Capture): void {
    if (this.#capture !== capture) return;
    this.close();
    this.#options.changed({ status: 'failed', error: 'ended', track: null });
  }
}
