import type { ProgramCommand, ProgramTimeline, Showing } from '../../store/playback.ts';
import { AutoplayGate } from '../autoplay-gate.ts';
import { ProgramAttachment } from './attachment.ts';
import { crossFade } from './cross-fade.ts';
import type { ProgramMedia, ProgramMediaOptions, ProgramSource } from './program-media.ts';

const TICK_MS = 250;
/** How long a fresh address is waited for. */
const RENEWAL_MS = 15_000;
/** The stage's sound may come a little after its picture; longer than this nobody waits for it. */
const AUDIBLE_MS = 1_500;
/** Browsers mix a video's sound so far ahead, its volume with it; the stage's they do not. */
const MIXED_AHEAD_MS = 85;

/** The programme itself; {@link ProgramMedia} says what each verb does. */
export class ProgramOutput implements ProgramMedia {
  readonly #options: ProgramMediaOptions;
  readonly #gate: AutoplayGate;
  /** The newest is the last. */
  readonly #attachments: ProgramAttachment[] = [];
  readonly #renewals = new Set<(source: ProgramSource | null) => void>();
  #source: ProgramSource | null = null;
  #showing: Showing | null = null;
  #showings = 0;
  #rewinding = false;
  #behind = 0;
  #muted = false;
  #volume = 1;
  #timer: ReturnType<typeof setInterval> | undefined;
  #closed = false;

  constructor(options: ProgramMediaOptions) {
    this.#options = options;
    this.#gate = new AutoplayGate((blocked) => {
      options.observer.playbackBlocked(blocked);
      for (const attachment of this.#attachments) attachment.gateChanged();
    });
  }

  /** `null` while there is none. A change of the signature alone goes on without a break. */
  setSource(source: ProgramSource | null): void {
    this.#source = source;
    if (source === null) this.#setRewinding(false);
    for (const renew of this.#renewals) renew(source);
  }

  attach(element: HTMLVideoElement): () => void {
    const source = this.#source;
    if (this.#closed || source === null) return () => undefined;
    const rewinding = this.#rewinding && source.rewindUrl !== null;
    const attachment: ProgramAttachment = new ProgramAttachment(
      {
        element,
        request: {
          url: rewinding ? (source.rewindUrl ?? source.liveUrl) : source.liveUrl,
          behind: rewinding ? this.#behind : null,
          own: source.own,
          renewUrl: (expired) => this.#renewUrl(expired, rewinding),
        },
        loadEngine: this.#options.loadEngine,
        gate: this.#gate,
        changed: () => this.#changed(attachment),
      },
      rewinding,
    );
    // What is heard already goes on being heard until this one is shown.
    attachment.setGain(this.#showing !== 'stage' && this.#attachments.length === 0 ? 1 : 0);
    attachment.setSound(this.#volume, this.#muted);
    this.#attachments.push(attachment);
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
    this.#changed(attachment);
    return () => this.#release(attachment);
  }

  command(command: ProgramCommand): void {
    const current = this.#attachments.at(-1);
    if (current === undefined) return;
    switch (command.type) {
      case 'play':
        this.#play(current);
        break;
      case 'pause':
        current.pause();
        break;
      case 'goLive':
        this.#goLive(current);
        break;
      case 'retry':
        current.engine?.retry();
        break;
      case 'seek':
        this.#seek(current, command.position);
        break;
      case 'chooseLevel':
        current.engine?.chooseLevel(command.id);
        break;
      case 'chooseCaption':
        current.engine?.chooseCaption(command.id);
    }
    this.#tick();
  }

  async show(showing: Showing | null): Promise<void> {
    const turn = ++this.#showings;
    const { stage } = this.#options;
    if (showing === 'stage' && this.#attachments.length > 0) await soon(stage.stageAudible(), AUDIBLE_MS);
    // Another swap may have come meanwhile.
    if (turn !== this.#showings || this.#closed) return;
    const before = this.#showing;
    this.#showing = showing;
    if (showing === null) {
      stage.setStageGain(1);
      return;
    }
    const newest = this.#attachments.at(-1);
    const stageBefore = before === 'program' ? 0 : 1;
    const gains = this.#attachments.map((attachment) => ({
      from: attachment.gain,
      to: showing === 'program' && attachment === newest ? 1 : 0,
      set: (gain: number) => attachment.setGain(gain),
    }));
    const stageGain = {
      from: stageBefore,
      to: showing === 'stage' ? 1 : 0,
      afterMs: showing === 'stage' ? 0 : MIXED_AHEAD_MS,
      set: (gain: number) => stage.setStageGain(gain),
    };
    await crossFade([stageGain, ...gains], () => turn === this.#showings);
  }

  /** `volume`: 0 to 1. */
  setSound(volume: number, muted: boolean): void {
    this.#volume = volume;
    this.#muted = muted;
    for (const attachment of this.#attachments) attachment.setSound(volume, muted);
  }

  resume(): Promise<void> {
    return this.#gate.resume();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#showings++;
    clearInterval(this.#timer);
    this.#gate.close();
    for (const attachment of this.#attachments.splice(0)) attachment.release();
  }

  #release(attachment: ProgramAttachment): void {
    const index = this.#attachments.indexOf(attachment);
    if (index < 0) return;
    const wasNewest = index === this.#attachments.length - 1;
    this.#attachments.splice(index, 1);
    attachment.release();
    if (this.#attachments.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#setRewinding(false);
    }
    if (wasNewest) this.#tellAll();
  }

  #changed(attachment: ProgramAttachment): void {
    if (attachment === this.#attachments.at(-1)) this.#tellAll();
  }

  #tellAll(): void {
    if (this.#closed) return;
    const current = this.#attachments.at(-1);
    const { observer } = this.#options;
    observer.stateChanged(current?.state ?? 'idle', current?.failure ?? null);
    if (current !== undefined) observer.tracksChanged(current.tracks);
    this.#tick();
  }

  #tick(): void {
    if (this.#closed) return;
    const current = this.#attachments.at(-1);
    const { observer } = this.#options;
    observer.timelineChanged(current ? this.#timelineOf(current) : null);
    observer.programTimeChanged(current?.engine?.programTime() ?? null);
  }

  /** As far back as one can go by whichever address. */
  #timelineOf(attachment: ProgramAttachment): ProgramTimeline | null {
    const timeline = attachment.timeline();
    const source = this.#source;
    if (timeline === null || !timeline.live || attachment.rewinding || !source?.rewindUrl || source.startedAt === null)
      return timeline;
    const playedFor = Math.max(0, (this.#options.serverTime() - source.startedAt) / 1_000);
    return { ...timeline, start: Math.min(timeline.start, timeline.end - playedFor) };
  }

  #play(current: ProgramAttachment): void {
    const timeline = current.timeline();
    // What was paused may have left the window of the live address meanwhile.
    if (timeline?.live === true && timeline.position < timeline.start) this.#seek(current, timeline.position);
    current.play();
  }

  #goLive(current: ProgramAttachment): void {
    if (current.rewinding) this.#setRewinding(false);
    else {
      current.engine?.goLive();
      current.play();
    }
  }

  #seek(current: ProgramAttachment, position: number): void {
    const timeline = current.timeline();
    if (timeline === null) return;
    if (timeline.live && position >= timeline.end - 0.5) this.#goLive(current);
    else if (position >= timeline.start || current.rewinding || !this.#source?.rewindUrl || !timeline.live)
      current.engine?.seek(position);
    else {
      this.#behind = timeline.end - position;
      this.#setRewinding(true);
    }
  }

  #setRewinding(rewinding: boolean): void {
    if (this.#rewinding === rewinding || this.#closed) return;
    this.#rewinding = rewinding;
    this.#options.observer.rewindingChanged(rewinding);
  }

  #renewUrl(expired: string, rewinding: boolean): Promise<string | null> {
    const urlOf = (source: ProgramSource | null) => {
      const url = rewinding ? source?.rewindUrl : source?.liveUrl;
      return url === undefined || url === null || url === expired ? null : url;
    };
    const known = urlOf(this.#source);
    if (known !== null) return Promise.resolve(known);
    this.#options.observer.sourceExpired(expired);
    return new Promise((resolve) => {
      const finish = (url: string | null) => {
        clearTimeout(timer);
        this.#renewals.delete(renew);
        resolve(url);
      };
      const timer = setTimeout(() => finish(null), RENEWAL_MS);
      const renew = (source: ProgramSource | null) => {
        const url = urlOf(source);
        if (url !== null) finish(url);
      };
      this.#renewals.add(renew);
    });
  }
}

/** Resolves with the promise, or when the time is over. */
async function soon(promise: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([promise.catch(() => undefined), over]);
  clearTimeout(timer);
}
