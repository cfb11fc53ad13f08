import type { ProgramCommand, ProgramTimeline } from '../../store/playback.ts';

const STEP = 10;

/** The keys on the desk, the headset's button and the phone's lock screen. */
export class MediaSessionLink {
  readonly #command: (command: ProgramCommand) => void;
  readonly #timeline: () => ProgramTimeline | null;
  #linked = false;

  constructor(command: (command: ProgramCommand) => void, timeline: () => ProgramTimeline | null) {
    this.#command = command;
    this.#timeline = timeline;
  }

  update(title: string, playing: boolean): void {
    const { mediaSession } = navigator;
    if (mediaSession === undefined) return;
    if (!this.#linked) this.#link(mediaSession);
    if (title !== '' && mediaSession.metadata?.title !== title) mediaSession.metadata = new MediaMetadata({ title });
    mediaSession.playbackState = playing ? 'playing' : 'paused';
    const timeline = this.#timeline();
    if (timeline === null || timeline.live || timeline.end <= timeline.start) return;
    const duration = timeline.end - timeline.start;
    mediaSession.setPositionState({
      duration,
      position: Math.min(duration, Math.max(0, timeline.position - timeline.start)),
    });
  }

  end(): void {
    if (!this.#linked) return;
    this.#linked = false;
    for (const action of ['play', 'pause', 'seekbackward', 'seekforward', 'seekto'] as const)
      navigator.mediaSession.setActionHandler(action, null);
    navigator.mediaSession.playbackState = 'none';
    navigator.mediaSession.metadata = null;
  }

  #link(session: MediaSession): void {
    this.#linked = true;
    const step = (by: number) => {
      const timeline = this.#timeline();
      if (timeline) this.#command({ type: 'seek', position: timeline.position + by });
    };
    session.setActionHandler('play', () => this.#command({ type: 'play' }));
    session.setActionHandler('pause', () => this.#command({ type: 'pause' }));
    session.setActionHandler('seekbackward', ({ seekOffset }) => step(-(seekOffset ?? STEP)));
    session.setActionHandler('seekforward', ({ seekOffset }) => step(seekOffset ?? STEP));
    session.setActionHandler('seekto', ({ seekTime }) => {
      const timeline = this.#timeline();
      if (timeline && seekTime !== undefined) this.#command({ type: 'seek', position: timeline.start + seekTime });
    });
  }
}
