import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { repeat } from 'lit/directives/repeat.js';
import { alignedValue, shownTime } from '../../controllers/aligned.ts';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import type { Align } from '../../controllers/playhead.ts';
import { languageOf, msg } from '../../locales/localization.ts';
import type { LiveOverlay, OverlayId } from '../../protocol/index.ts';
import type { Store } from '../../store/store.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import { LazyPart } from '../lazy-part.ts';
import { RoomElement } from '../room-element.ts';
import motionStyles from './overlay-motion.styles.ts';
import styles from './overlay.styles.ts';
import { renderContent, ticks, type ViewParts } from './overlay-views.ts';

const NONE: readonly LiveOverlay[] = [];

/**
 * @summary What a producer puts over the picture: lower thirds, messages, countdowns, slates, a ticker, a logo, QR codes.
 *
 * Put the player or the stage into it, or lay it over anything that is positioned. With `console` it is the producer's
 * run of show instead. On a page with `<ils-qa>`, and in a broadcast's picture, the question that is highlighted lies over it too.
 *
 * @slot - The picture that it lies over.
 *
 * @csspart layers - Everything over the picture.
 * @csspart lower-third - Name and title.
 * @csspart message - A message of the chat or a question.
 * @csspart poll - Results of a poll.
 * @csspart poll-option - One answer of them.
 * @csspart link-card - Around a button that leads somewhere.
 * @csspart link - That button.
 * @csspart slate - What covers the whole picture.
 * @csspart countdown - A countdown in the corner.
 * @csspart clock - The time that is left.
 * @csspart qr-code - A QR code with its title.
 * @csspart ticker - The line along the bottom.
 * @csspart ticker-button - Stops the ticker.
 * @csspart logo - The logo.
 * @csspart title - The first line of any of them.
 * @csspart subtitle - The second.
 * @csspart text - The words of a message, or before a link.
 * @csspart author - Who wrote a message.
 * @csspart icon - Any icon.
 * @csspart console - The run of show.
 * @csspart cue - One cue of it.
 * @csspart take-button - Shows a cue.
 * @csspart next-button - Shows the next cue.
 * @csspart clear-button - Clears a layer, or all.
 * @csspart add-button - Opens the form of a new cue.
 * @csspart form - The form of a cue.
 * @csspart live - What is on screen, in the console.
 * @csspart state - Stands in the console while there is no cue, or no right to it.
 *
 * @cssproperty [--ils-overlay-size] - Size of words over the picture; by default by the picture's longer side.
 * @cssproperty [--ils-overlay-background] - Behind cards and the ticker.
 * @cssproperty [--ils-overlay-color] - Words on them.
 * @cssproperty [--ils-overlay-slate] - Behind a slate; any background image.
 * @cssproperty [--ils-overlay-bottom] - Below a lower third.
 * @cssproperty [--ils-overlay-logo-height] - Greatest height of the logo.
 * @cssproperty [--ils-overlay-radius=0] - Corners of the picture that it lies over.
 *
 * @cssstate empty - Nothing is on screen.
 * @cssstate wrapping - The picture is within it.
 * @cssstate console - It is the run of show.
 *
 * @event {IlsOverlayRequestEvent} ils-overlay-request - Change the run of show or what is on screen.
 */
export class IlsOverlay extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, styles, motionStyles];

  /** `playhead` shows overlays when the viewer's own picture of a broadcast gets there, `live` as soon as they come. */
  @property({ reflect: true })
  get align(): Align {
    return this.#align.value;
  }
  set align(align: Align) {
    this.#align.value = align;
  }
  /**
   * Which to draw. `auto`: all, but over a broadcast that has them in its picture already only links · `all` ·
   * `links`: those that can be pressed · `picture`: all others, for a page that is broadcast.
   */
  @property({ reflect: true }) show: 'auto' | 'all' | 'links' | 'picture' = 'auto';
  /** Is the run of show of those who may control overlays, in place of what is on screen. */
  @property({ type: Boolean, reflect: true }) console = false;

  readonly #align = signal<Align>('playhead');
  readonly #internals = this.attachInternals();
  readonly #qrCode = new LazyPart(
    () => import('./qr-code.ts'),
    () => this.requestUpdate(),
  );
  readonly #console = new LazyPart(
    async () => {
      const { OverlayConsole } = await import('./overlay-console.ts');
      return new OverlayConsole(this, () => this.room);
    },
    () => this.requestUpdate(),
  );
  #tickerPaused = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): TemplateResult {
    const { room } = this;
    room?.use('overlays');
    // Other pages know of the question on screen where they show questions: it is one of theirs.
    if (this.show === 'picture') room?.use('questions');
    const store = room?.store;
    this.#internals.states[this.console ? 'add' : 'delete']('console');
    if (this.console) {
      this.#console.need();
      return html`<div class="console" part="console">${this.#console.value?.render()}</div>`;
    }
    const live = store === undefined ? NONE : this.#findShown(store);
    this.#internals.states[live.length === 0 ? 'add' : 'delete']('empty');
    return html`<slot @slotchange=${this.#handleSlotChange}></slot>
      <div class="layers" part="layers" role="region" aria-label=${msg('On screen')} aria-live="polite">
        ${store === undefined || live.length === 0 ? nothing : this.#renderLayers(store, live)}
      </div>`;
  }

  protected override updated(): void {
    const store = this.room?.store;
    clearTimeout(this.#timer);
    if (this.console || store === undefined || !this.#findShown(store).some(({ content }) => ticks(content))) return;
    // Just after the second turns, by the server's time.
    this.#timer = setTimeout(() => this.requestUpdate(), 1_000 - (shownTime(store, this.align) % 1_000) + 5);
  }

  #findShown(store: Store): readonly LiveOverlay[] {
    const screen = store.features.loaded.value.overlays?.screen.value ?? [];
    const question = findHighlighted(store, this.align);
    const live = [...(alignedValue(store, this.align, screen) ?? NONE), ...(question === null ? [] : [question])];
    const show = this.show === 'auto' ? chooseByPicture(store) : this.show;
    if (show === 'all') return live;
    return live.filter(({ content }) => (content.kind === 'link') === (show === 'links'));
  }

  #renderLayers(store: Store, live: readonly LiveOverlay[]): TemplateResult {
    if (live.some(({ content }) => content.kind === 'qrCode')) this.#qrCode.need();
    const parts: ViewParts = {
      now: shownTime(store, this.align),
      language: languageOf(this),
      server: store.connection.server.value,
      drawQrCode: this.#qrCode.value?.drawQrCode,
      tickerPaused: this.#tickerPaused,
      handleTicker: this.#handleTicker,
      isPicture: this.show === 'picture',
    };
    // Another overlay comes as another element, so that it is seen to come.
    const layer = (name: LiveOverlay['layer'], className: string) =>
      repeat(
        live.filter((overlay) => overlay.layer === name),
        ({ id }) => id,
        ({ content }) => html`<div class=${className}>${renderContent(content, parts)}</div>`,
      );
    return html`<div class="top">${layer('corner', '')}${layer('logo', 'end')}</div>
      <div class="stack">${layer('lowerThird', 'lower')}${layer('ticker', 'line')}</div>
      ${layer('slate', 'cover')}`;
  }

  readonly #handleTicker = (): void => {
    this.#tickerPaused = !this.#tickerPaused;
    this.requestUpdate();
  };

  readonly #handleSlotChange = ({ target }: Event): void => {
    const isWrapping = target instanceof HTMLSlotElement && target.assignedElements().length > 0;
    this.#internals.states[isWrapping ? 'add' : 'delete']('wrapping');
  };
}

/** The question that is on everybody's screen, as if a producer had put it there. */
function findHighlighted(store: Store, align: Align): LiveOverlay | null {
  const history = store.features.loaded.value.questions?.highlighted.value ?? [];
  const question = alignedValue(store, align, history) ?? null;
  if (question === null) return null;
  return {
    id: question.id as string as OverlayId,
    cueId: null,
    layer: 'lowerThird',
    content: {
      kind: 'message',
      from: 'question',
      author: question.asker?.name ?? msg('Anonymous'),
      text: question.text,
      messageId: null,
    },
    takenAt: question.askedAt,
    clearsAt: null,
  };
}

/** A broadcast made by the built-in template has all overlays in its picture but the links. */
function chooseByPicture({ playback, broadcast }: Store): 'all' | 'links' {
  const hasThem = (broadcast.view.value?.options.templateUrl ?? null) === null;
  return playback.showing.value === 'program' && hasThem ? 'links' : 'all';
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-overlay': IlsOverlay;
  }
}
