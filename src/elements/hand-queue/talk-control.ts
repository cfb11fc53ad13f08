import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { IlsTalkBackRequestEvent } from '../../events/hand-requests.ts';
import { icon } from '../../icons/icon.ts';
import { microphoneIcon } from '../../icons/microphone.ts';
import { describeMediaError } from '../../locales/media-errors.ts';
import { msg } from '../../locales/localization.ts';
import type { ParticipantId, RequestName } from '../../protocol/index.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';

/** Whom a button is for: one who is backstage, or all who are. */
export interface TalkTarget {
  readonly key: string;
  readonly participantIds: readonly ParticipantId[];
  /** In the words of the button's label: "Talk to …". */
  readonly label: string;
}

export interface TalkOptions {
  /** Pressed once it opens, pressed again it closes; else it is open while it is held. */
  latches(): boolean;
  ask(event: Event, request: RequestName): void;
  /** Where no event reaches the room any more. */
  end(): void;
}

/** Talks to people backstage while a button is held, by pointer or key; assistive technology, which can only press, turns it on and off. */
export class TalkControl implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: TalkOptions;
  #held: string | null = null;
  /** Nobody's hand is on it: pressed again it closes. */
  #isLatched = false;
  /** The server has said that it is heard; when it says that nobody does, the button lets go. */
  #wasHeard = false;
  #noticeBefore: number | undefined;

  constructor(host: ReactiveControllerHost, options: TalkOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    if (this.#held === null) return;
    this.#end();
    this.#options.end();
  }

  /** Lets go of what was refused, or is heard by nobody any more. Call it after each update. */
  follow(store: Store, slice: ReadonlyFeature<'hands'> | undefined): void {
    if (this.#held === null) return;
    // What the room does not hear of is not said.
    if (store.connection.state.value !== 'joined') return this.#release();
    const hearers = slice?.talkingTo.value.length ?? 0;
    const notice = store.notices.latest.value;
    const isRefused = notice?.request === 'talkBack' && notice.id !== this.#noticeBefore;
    if (hearers > 0) this.#wasHeard = true;
    if (isRefused || (hearers === 0 && this.#wasHeard)) this.#end();
    this.#noticeBefore = notice?.id;
  }

  isHeldFor(key: string): boolean {
    return this.#held === key;
  }

  renderButton(target: TalkTarget, store: Store, slice: ReadonlyFeature<'hands'>): TemplateResult {
    const isHeld = this.#held === target.key;
    const isOpen = store.connection.state.value === 'joined' && store.localMedia.supported.value;
    const isDisabled = !isOpen || target.participantIds.length === 0;
    const isHeard = isHeld && this.#isHeard(store, slice);
    const words = isHeard ? msg('Talking') : isHeld ? msg('Opening…') : msg('Talk');
    return html`<button
      type="button"
      class="button small talk ${isHeard ? 'talking' : 'outlined'}"
      part="talk-button"
      aria-label=${target.label}
      aria-pressed=${String(isHeld)}
      aria-disabled=${isDisabled ? 'true' : nothing}
      title=${this.#options.latches() ? nothing : msg('Hold to talk')}
      @pointerdown=${(event: PointerEvent) => !isDisabled && this.#handlePointerdown(event, target, store)}
      @pointerup=${this.#handleLetGo}
      @pointercancel=${this.#handleLetGo}
      @keydown=${(event: KeyboardEvent) => !isDisabled && this.#handleKeydown(event, target, store)}
      @keyup=${this.#handleKeyup}
      @blur=${this.#handleLetGo}
      @contextmenu=${(event: Event) => event.preventDefault()}
      @click=${(event: MouseEvent) => {
        // A press by hand has been seen already; one without a pointer is that of assistive technology.
        if (!isDisabled && (this.#options.latches() || event.detail === 0)) this.#toggle(target, store);
      }}
    >
      ${icon(microphoneIcon)}<span>${words}</span>
    </button>`;
  }

  /** Says who hears it, or why nobody does. */
  renderStatus(key: string, heard: string, store: Store, slice: ReadonlyFeature<'hands'>): TemplateResult {
    const isHeld = this.#held === key;
    const error = isHeld ? (store.localMedia.sources.value.talkback?.error ?? null) : null;
    const words =
      error === null
        ? heard
        : `${describeMediaError('microphone', error).title}. ${describeMediaError('microphone', error).text}`;
    const isShown = isHeld && (error !== null || this.#isHeard(store, slice));
    return html`<p class="talk-status ${error === null ? '' : 'failed'}" part="talk-status" role="status">
      ${isShown ? words : nothing}
    </p>`;
  }

  #isHeard(store: Store, slice: ReadonlyFeature<'hands'>): boolean {
    return slice.talkingTo.value.length > 0 && store.localMedia.sources.value.talkback?.published === true;
  }

  #press({ key, participantIds }: TalkTarget, store: Store, isLatched = false): void {
    if (this.#held === key) return;
    this.#isLatched = isLatched;
    this.#held = key;
    this.#wasHeard = false;
    this.#noticeBefore = store.notices.latest.peek()?.id;
    // A window that is left does not hear the button let go.
    if (!isLatched) window.addEventListener('blur', this.#handleLetGo);
    this.#options.ask(new IlsTalkBackRequestEvent(participantIds), 'talkBack');
    this.#host.requestUpdate();
  }

  #release(): void {
    if (this.#held === null) return;
    this.#end();
    this.#options.ask(new IlsTalkBackRequestEvent([]), 'talkBack');
  }

  #end(): void {
    this.#held = null;
    window.removeEventListener('blur', this.#handleLetGo);
    this.#host.requestUpdate();
  }

  #toggle(target: TalkTarget, store: Store): void {
    if (this.#held === target.key) this.#release();
    else this.#press(target, store, true);
  }

  #handlePointerdown(event: PointerEvent, target: TalkTarget, store: Store): void {
    if (this.#options.latches() || event.button !== 0) return;
    if (event.currentTarget instanceof HTMLElement && event.isTrusted) {
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    this.#press(target, store);
  }

  #handleKeydown(event: KeyboardEvent, target: TalkTarget, store: Store): void {
    if (this.#options.latches() || (event.key !== ' ' && event.key !== 'Enter')) return;
    event.preventDefault();
    if (!event.repeat) this.#press(target, store);
  }

  readonly #handleKeyup = (event: KeyboardEvent): void => {
    if (this.#options.latches() || (event.key !== ' ' && event.key !== 'Enter')) return;
    event.preventDefault();
    this.#release();
  };

  readonly #handleLetGo = (): void => {
    if (!this.#isLatched) this.#release();
  };
}
