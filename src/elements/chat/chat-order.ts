import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import { alignedValue, shownTime } from '../../controllers/aligned.ts';
import type { Align } from '../../controllers/playhead.ts';
import { clockIcon } from '../../icons/clock.ts';
import { icon } from '../../icons/icon.ts';
import { lockIcon } from '../../icons/lock.ts';
import { timerIcon } from '../../icons/timer.ts';
import { languageOf, msg, str, supported } from '../../locales/localization.ts';
import type { RoleName } from '../../protocol/index.ts';
import { may, self } from '../../store/selectors.ts';
import type { ModerationSlice } from '../../store/moderation.ts';
import type { Store } from '../../store/store.ts';
import type { WriteLimit } from './composer.ts';
import { describeRoleGroup } from './direct-targets.ts';
import { describeDuration, formatCountdown } from './durations.ts';
import { PinsBar } from './pins-bar.ts';

export interface ChatOrderOptions {
  readonly room: () => RoomContext | undefined;
  readonly align: () => Align;
  /** Leads to a message, loaded or not. */
  readonly goTo: (index: number) => void;
}

/** The order kept in a chat: what stands over it, and what keeps the reader from writing, counted by the server's clock. */
export class ChatOrder implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: ChatOrderOptions;
  readonly #pins: PinsBar;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement, options: ChatOrderOptions) {
    this.#host = host;
    this.#options = options;
    this.#pins = new PinsBar(host, options.goTo);
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** What keeps from sending now. */
  get limit(): WriteLimit | undefined {
    const { store, slice } = this.#parts ?? {};
    if (store === undefined || slice === undefined) return undefined;
    const closedMs = remaining(store, slice.timedOutUntil.value);
    if (closedMs > 0) return { isClosed: true, countdown: formatCountdown(closedMs) };
    if (isClosedFor(store, slice)) return { isClosed: true, countdown: '' };
    const waitMs = slowModeWait(store, slice);
    return waitMs > 0 ? { isClosed: false, countdown: formatCountdown(waitMs) } : undefined;
  }

  renderPins(): TemplateResult | typeof nothing {
    const { store, slice } = this.#parts ?? {};
    if (store === undefined || slice === undefined) return nothing;
    const align = this.#options.align();
    const now = shownTime(store, align);
    const pins = (alignedValue(store, align, slice.pins.value) ?? []).filter(
      ({ expiresAt }) => expiresAt === null || expiresAt > now,
    );
    return this.#pins.render(store, pins);
  }

  /** One line over the field: why one cannot write, or how the chat is slowed down. */
  renderLimit(): TemplateResult | typeof nothing {
    const { store, slice } = this.#parts ?? {};
    if (store === undefined || slice === undefined) return nothing;
    const closedMs = remaining(store, slice.timedOutUntil.value);
    const waitMs = slowModeWait(store, slice);
    this.#drawAgainIn(closedMs > 0 ? closedMs : waitMs);
    if (closedMs > 0) {
      const reason = slice.timeOutReason.value;
      return html`<div class="limit closed" part="write-limit">
        ${icon(timerIcon)}
        <span>
          ${msg('You cannot write for a while.')}
          ${reason === '' ? nothing : html`<bdi class="limit-reason">${reason}</bdi>`}
        </span>
        <span class="tabular" role="timer" aria-label=${msg('Time left')}>${formatCountdown(closedMs)}</span>
      </div>`;
    }
    const { value: writers } = slice.writers;
    if (writers !== null && (isClosedFor(store, slice) || may(store, 'chat.moderate'))) {
      return html`<div class="limit closed" part="write-limit">
        ${icon(lockIcon)}<span>${describeClosed(writers, may(store, 'chat.moderate'), languageOf(this.#host))}</span>
      </div>`;
    }
    if (slice.slowModeMs.value > 0) {
      const interval = describeDuration(slice.slowModeMs.value, this.#host);
      return html`<div class="limit" part="write-limit">
        ${icon(clockIcon)}
        <span>
          ${
            may(store, 'chat.moderate')
              ? msg(str`Slow mode is on for the others: one message in ${interval}`)
              : msg(str`Slow mode: one message in ${interval}`)
          }
        </span>
        ${
          waitMs > 0
            ? html`<span class="tabular" role="timer" aria-label=${msg('Time left')}>${formatCountdown(waitMs)}</span>`
            : nothing
        }
      </div>`;
    }
    if (slice.locked.value && may(store, 'participant.remove')) {
      return html`<div class="limit" part="write-limit">
        ${icon(lockIcon)}<span>${msg('The room is locked: nobody new comes in.')}</span>
      </div>`;
    }
    return nothing;
  }

  get #parts(): { readonly store: Store; readonly slice: ModerationSlice } | undefined {
    const store = this.#options.room()?.store;
    const slice = store?.features.loaded.value.moderation;
    return store !== undefined && slice !== undefined ? { store, slice } : undefined;
  }

  /** With the next full second of what is left. */
  #drawAgainIn(leftMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = leftMs <= 0 ? undefined : setTimeout(() => this.#host.requestUpdate(), leftMs % 1_000 || 1_000);
  }
}

/** Milliseconds until a moment of the server's time. */
function remaining({ connection }: Store, until: number | null): number {
  return until === null ? 0 : until - Date.now() - connection.serverOffsetMs.value;
}

function isClosedFor(store: Store, { writers }: ModerationSlice): boolean {
  const role = self(store)?.role;
  return writers.value?.some((each) => each === role) === false && !may(store, 'chat.moderate');
}

function describeClosed(writers: readonly RoleName[], isModerator: boolean, language: string): string {
  if (writers.length === 0) {
    return isModerator ? msg('The chat is closed for all who do not moderate.') : msg('The chat is closed for now.');
  }
  const names = new Intl.ListFormat(supported(language)).format(writers.map(describeRoleGroup));
  return msg(str`The chat is open only to: ${names}`);
}

function slowModeWait(store: Store, { slowModeMs, wroteAt }: ModerationSlice): number {
  if (slowModeMs.value === 0 || wroteAt.value === null || may(store, 'chat.moderate')) return 0;
  return remaining(store, wroteAt.value + slowModeMs.value);
}
