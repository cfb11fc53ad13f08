import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { AnnouncerController } from '../../controllers/announcer.ts';
import type { ConfirmationController } from '../../controllers/confirmation.ts';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { loadConfirmation } from '../../controllers/load-overlays.ts';
import { NoticeController } from '../../controllers/notice.ts';
import {
  IlsBroadcastLayoutRequestEvent,
  IlsStartBroadcastRequestEvent,
  IlsStartRecordingRequestEvent,
  IlsStopRecordingRequestEvent,
  IlsStopBroadcastRequestEvent,
} from '../../events/broadcast-requests.ts';
import { icon } from '../../icons/icon.ts';
import { liveIcon } from '../../icons/live.ts';
import { recordIcon } from '../../icons/record.ts';
import { spinnerIcon } from '../../icons/spinner.ts';
import { formatDuration } from '../../locales/duration.ts';
import { msg } from '../../locales/localization.ts';
import type {
  BroadcastLayout,
  BroadcastOptions,
  BroadcastOptionsInput,
  BroadcastState,
  BroadcastView,
} from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import badgeStyles from '../../styles/badge.styles.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { LazyPart } from '../lazy-part.ts';
import { RoomElement } from '../room-element.ts';
import { describeState, modeWords, orientationWords, qualityWords, themeWords } from './broadcast-words.ts';
import { renderLinks, type Link } from './broadcast-links.ts';
import styles from './broadcast.styles.ts';
import { renderBadge } from './broadcast-badge.ts';
import { renderLayoutChoice } from './layout-choice.ts';

const TICK_MS = 1_000;
/** How long a copied link says so. Milliseconds. */
const COPIED_MS = 2_000;

type Choice = 'quality' | 'orientation' | 'theme' | 'mode';
/** What the element shows, of the states of the wire. */
type Shown = 'off' | 'starting' | 'live' | 'retrying' | 'stopping' | 'failed';

const SHOWN: Readonly<Record<BroadcastState, Shown>> = {
  HLS_STARTING: 'starting',
  HLS_STARTED: 'starting',
  HLS_PLAYABLE: 'live',
  HLS_STOPPING: 'stopping',
  HLS_STOPPED: 'off',
  HLS_FAILED: 'failed',
};

/**
 * @summary Starts, stops and watches over the broadcast: one composed picture over HLS, for an audience of any size.
 *
 * Who may not control the broadcast sees whether it is on, and for how long.
 *
 * @slot title - Replaces the heading.
 * @slot introduction - Replaces what is said while nothing is on the air.
 * @slot start-label - Replaces the words on the button that starts.
 * @slot record-label - Replaces the words on the button that records without broadcasting.
 * @slot stop-label - Replaces the words on the button that stops.
 *
 * @csspart base - The box around everything.
 * @csspart header - Heading, badge and time on the air.
 * @csspart title - The heading.
 * @csspart badge - Says that the broadcast is live, or that the room is recorded.
 * @csspart time - How long it has been on the air.
 * @csspart status - What is going on, while something is.
 * @csspart progress - The bar beneath it.
 * @csspart failure - What went wrong and what helps.
 * @csspart options - How the broadcast is to be.
 * @csspart layout - The choice of arrangements.
 * @csspart layout-option - Each of them.
 * @csspart field - Each other option, with its label.
 * @csspart select - Its choice.
 * @csspart links - Where the broadcast can be seen.
 * @csspart link - Each link.
 * @csspart copy-button - Copies it.
 * @csspart actions - The buttons at the end.
 * @csspart start-button - Starts the broadcast.
 * @csspart record-button - Records without broadcasting.
 * @csspart stop-button - Stops it, after a confirmation while it is on the air.
 * @csspart notice - Says what the server refused.
 * @csspart dialog - Asks before the broadcast is stopped.
 * @csspart confirm-button - Stops it.
 * @csspart cancel-button - Does not.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssstate off - Nothing is on the air.
 * @cssstate starting - On the way there.
 * @cssstate live - On the air, or recording.
 * @cssstate recording - It is recorded and not broadcast, besides the others.
 * @cssstate retrying - It failed, and the server tries again.
 * @cssstate stopping - On the way off the air.
 * @cssstate failed - It failed for good.
 *
 * @event {IlsStartBroadcastRequestEvent} ils-start-broadcast-request - Start the broadcast with these options.
 * @event {IlsStopBroadcastRequestEvent} ils-stop-broadcast-request - Stop it.
 * @event {IlsStartRecordingRequestEvent} ils-start-recording-request - Record with these options, and broadcast nothing.
 * @event {IlsStopRecordingRequestEvent} ils-stop-recording-request - Stop that.
 * @event {IlsBroadcastLayoutRequestEvent} ils-broadcast-layout-request - Arrange the picture anew, while live.
 */
export class IlsBroadcast extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, badgeStyles, fieldStyles, stateStyles, styles];

  /** Arrangement that the next broadcast starts with: `GRID`, `SIDEBAR` or `SPOTLIGHT`. */
  @property() layout: BroadcastLayout['type'] = 'GRID';
  /** Who takes the main place: `SPEAKER`, or `PIN` for the spotlight or the first on stage. */
  @property() priority: BroadcastLayout['priority'] = 'SPEAKER';
  /** Most tiles at once, 1 to 25. */
  @property({ type: Number, attribute: 'grid-size' }) gridSize = 25;
  /** `low` (360p), `med` (720p) or `high` (1080p). */
  @property() quality: BroadcastOptions['quality'] = 'med';
  /** `landscape` or `portrait`. */
  @property() orientation: BroadcastOptions['orientation'] = 'landscape';
  /** `DARK`, `LIGHT`, or `DEFAULT` for the template's own. */
  @property() theme: BroadcastOptions['theme'] = 'DEFAULT';
  /** `video-and-audio`, or `audio` for sound alone. */
  @property() mode: BroadcastOptions['mode'] = 'video-and-audio';
  /** A page of the site's own that is broadcast in place of the built-in template. */
  @property({ attribute: 'template-url' }) templateUrl = '';

  @state() private copied: Link | null = null;

  readonly #trouble = new LazyPart(
    () => import('./broadcast-trouble.ts'),
    () => this.requestUpdate(),
  );
  readonly #internals = this.attachInternals();
  readonly #announcer = new AnnouncerController(this);
  readonly #notices = new NoticeController(this, () => this.room);
  #confirmation: ConfirmationController | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #announced: string | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  protected override render(): TemplateResult {
    const store = this.room?.store;
    const view = store?.broadcast.view.value ?? null;
    const shown = whatIsShown(view);
    const mayControl = store !== undefined && may(store, 'broadcast.control');
    return html`<section part="base" class="base" aria-labelledby="title">
      ${this.#renderHeader(store, view, shown)} ${this.#renderStatus(view, shown, mayControl)}
      ${mayControl ? this.#renderControls(store, view, shown) : nothing} ${this.#notices.render()}
      ${this.#announcer.renderRegion()} ${this.#confirmation?.render()}
    </section>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const view = this.room?.store.broadcast.view.peek() ?? null;
    const shown = whatIsShown(view);
    for (const name of new Set(Object.values(SHOWN)).add('retrying')) {
      this.#internals.states[name === shown ? 'add' : 'delete'](name);
    }
    const recordOnly = view?.options.recordOnly === true;
    this.#internals.states[recordOnly && shown !== 'off' ? 'add' : 'delete']('recording');
    this.#tick(shown === 'live' || shown === 'retrying');
    const words = view === null ? undefined : describeState(view.state, recordOnly);
    if (this.#announced !== undefined && words !== undefined && words !== this.#announced) {
      this.#announcer.announce(words);
    }
    this.#announced = words ?? '';
  }

  #renderHeader(store: Store | undefined, view: BroadcastView | null, shown: Shown): TemplateResult {
    const isLive = shown === 'live';
    const onAirMs =
      store === undefined || view?.startedAt == null
        ? null
        : Date.now() + store.connection.serverOffsetMs.value - view.startedAt;
    return html`<header part="header" class="header">
      <h2 part="title" id="title" class="title"><slot name="title">${msg('Broadcast')}</slot></h2>
      ${isLive ? renderBadge(view?.options.recordOnly === true) : nothing}
      ${
        onAirMs !== null && (isLive || shown === 'retrying')
          ? html`<span
              part="time"
              class="time tabular"
              role="timer"
              aria-label=${view?.options.recordOnly === true ? msg('Time recorded') : msg('Time on the air')}
              >${formatDuration(onAirMs)}</span
            >`
          : nothing
      }
    </header>`;
  }

  #renderStatus(view: BroadcastView | null, shown: Shown, mayControl: boolean): TemplateResult | typeof nothing {
    if (shown === 'failed' || shown === 'retrying' || view?.recording?.state === 'blocked') this.#trouble.need();
    const trouble = this.#trouble.value;
    if (view !== null && (shown === 'failed' || shown === 'retrying'))
      return trouble?.renderFailure(view, mayControl) ?? nothing;
    if (view !== null && (shown === 'starting' || shown === 'stopping')) {
      return html`<div part="status" class="status">
        <p class="hint">${icon(spinnerIcon)}${describeState(view.state, view.options.recordOnly === true)}</p>
        <progress
          part="progress"
          aria-label=${shown === 'starting' ? msg('Starting') : msg('Ending')}
          max="3"
          .value=${view.state === 'HLS_STARTED' ? 2 : 1}
        ></progress>
      </div>`;
    }
    if (shown === 'live') return (mayControl && trouble?.renderRecordingTrouble(view?.recording ?? null)) || nothing;
    const words =
      view !== null
        ? describeState(view.state, view.options.recordOnly === true)
        : mayControl
          ? msg('One picture of the stage, for an audience of any size.')
          : msg('Nothing is on the air.');
    return html`<p part="status" class="hint"><slot name="introduction">${words}</slot></p>`;
  }

  #renderControls(store: Store, view: BroadcastView | null, shown: Shown): TemplateResult {
    const isConnected = store.connection.state.value === 'joined';
    const isOn = shown !== 'off' && shown !== 'failed';
    const recordOnly = view?.options.recordOnly === true;
    return html`${isOn && view ? this.#renderLiveLayout(view, shown, isConnected) : this.#renderOptions()}
      ${
        shown === 'starting' || shown === 'stopping'
          ? nothing
          : renderLinks(store, view, { copied: this.copied, copy: (link, address) => void this.#copy(link, address) })
      }
      <div part="actions" class="actions">
        ${
          isOn
            ? html`<button
                type="button"
                part="stop-button"
                class="button ${shown === 'starting' ? 'outlined' : 'danger'}"
                ?disabled=${!isConnected || shown === 'stopping'}
                @click=${() => (recordOnly ? this.#handleStopRecording() : this.#handleStop(shown))}
              >
                <slot name="stop-label"
                  >${shown === 'starting' ? msg('Cancel') : recordOnly ? msg('Stop recording') : msg('Stop the broadcast')}</slot
                >
              </button>`
            : this.#renderStart(shown, isConnected)
        }
      </div>`;
  }

  #renderStart(shown: Shown, isConnected: boolean): TemplateResult {
    return html`<button
        type="button"
        part="start-button"
        class="button primary"
        ?disabled=${!isConnected}
        @click=${this.#handleStart}
      >
        ${icon(liveIcon)}<slot name="start-label"
          >${shown === 'failed' ? msg('Start again') : msg('Start the broadcast')}</slot
        >
      </button>
      <button
        type="button"
        part="record-button"
        class="button outlined"
        ?disabled=${!isConnected}
        @click=${this.#handleRecord}
      >
        ${icon(recordIcon)}<slot name="record-label">${msg('Record only')}</slot>
      </button>`;
  }

  #renderLiveLayout({ options }: BroadcastView, shown: Shown, isConnected: boolean): TemplateResult | typeof nothing {
    if (shown === 'stopping' || options.mode === 'audio') return nothing;
    return renderLayoutChoice({
      chosen: options.layout.type,
      disabled: !isConnected,
      choose: (type) => {
        this.#notices.expect('changeBroadcastLayout');
        this.dispatchEvent(new IlsBroadcastLayoutRequestEvent({ type }));
      },
    });
  }

  #renderOptions(): TemplateResult {
    const hasPicture = this.mode === 'video-and-audio';
    return html`<div part="options" class="options">
      ${
        hasPicture
          ? renderLayoutChoice({
              chosen: this.layout,
              disabled: false,
              choose: (type) => {
                this.layout = type;
              },
            })
          : nothing
      }
      ${this.#renderChoice('mode', msg('Content'), modeWords())}
      ${this.#renderChoice('quality', msg('Quality'), qualityWords())}
      ${hasPicture ? this.#renderChoice('orientation', msg('Format'), orientationWords()) : nothing}
      ${hasPicture ? this.#renderChoice('theme', msg('Colours'), themeWords()) : nothing}
    </div>`;
  }

  #renderChoice<N extends Choice>(
    name: N,
    label: string,
    words: readonly (readonly [IlsBroadcast[N], string])[],
  ): TemplateResult {
    const handleChange = ({ currentTarget }: Event): void => {
      const chosen = words[(currentTarget as HTMLSelectElement).selectedIndex];
      if (chosen) (this as Pick<IlsBroadcast, N>)[name] = chosen[0];
    };
    return html`<label part="field" class="field">
      <span class="label">${label}</span>
      <select part="select" class="input" name=${name} @change=${handleChange}>
        ${words.map(([value, text]) => html`<option value=${value} .selected=${this[name] === value}>${text}</option>`)}
      </select>
    </label>`;
  }

  async #copy(link: Link, address: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      // Without the permission the link itself can still be opened and copied.
      return;
    }
    this.copied = link;
    this.#announcer.announce(msg('Copied'));
    setTimeout(() => {
      if (this.copied === link) this.copied = null;
    }, COPIED_MS);
  }

  get #chosenOptions(): BroadcastOptionsInput {
    const { layout: type, priority, gridSize, quality, orientation, theme, mode, templateUrl } = this;
    const options = { layout: { type, priority, gridSize }, quality, orientation, theme, mode };
    return templateUrl === '' ? options : { ...options, templateUrl };
  }

  readonly #handleStart = (): void => {
    this.#notices.expect('startBroadcast');
    this.dispatchEvent(new IlsStartBroadcastRequestEvent(this.#chosenOptions));
  };

  readonly #handleRecord = (): void => {
    this.#notices.expect('startRecording');
    this.dispatchEvent(new IlsStartRecordingRequestEvent(this.#chosenOptions));
  };

  #handleStopRecording(): void {
    this.#notices.expect('stopRecording');
    this.dispatchEvent(new IlsStopRecordingRequestEvent());
  }

  async #handleStop(shown: Shown): Promise<void> {
    if (shown !== 'starting') {
      this.#confirmation ??= await loadConfirmation(this);
      const confirmed = await this.#confirmation.ask({
        title: msg('Stop the broadcast?'),
        text: msg('It ends for everyone who watches it. The room goes on, and the recording stays.'),
        confirm: msg('Stop the broadcast'),
      });
      if (!confirmed) return;
    }
    this.#notices.expect('stopBroadcast');
    this.dispatchEvent(new IlsStopBroadcastRequestEvent());
  }

  #tick(ticks: boolean): void {
    if (ticks === (this.#ticking !== undefined)) return;
    clearInterval(this.#ticking);
    this.#ticking = ticks ? setInterval(() => this.requestUpdate(), TICK_MS) : undefined;
  }
}

function whatIsShown(view: BroadcastView | null): Shown {
  if (view === null) return 'off';
  return view.state === 'HLS_FAILED' && view.retrying ? 'retrying' : SHOWN[view.state];
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-broadcast': IlsBroadcast;
  }
}
