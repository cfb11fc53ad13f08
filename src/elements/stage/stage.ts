import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { repeat } from 'lit/directives/repeat.js';
import { AnnouncerController } from '../../controllers/announcer.ts';
import { ResizeController } from '../../controllers/resize.ts';
import { IlsResumePlaybackRequestEvent } from '../../events/media-requests.ts';
import { icon } from '../../icons/icon.ts';
import { participantIcon } from '../../icons/participant.ts';
import { volumeOffIcon } from '../../icons/volume-off.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ParticipantId } from '../../protocol/index.ts';
import { selfRole } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { defineElement } from '../define-element.ts';
import { connectionMessage } from '../connection-message.ts';
import { LazyPart } from '../lazy-part.ts';
import { RoomElement } from '../room-element.ts';
import { IlsTile } from '../tile/tile.ts';
import { arrange, type Arrangement, type StageLayout } from './arrange.ts';
import { READY_KEY, ReadyPlace } from './ready-place.ts';
import { chooseLayout, hasShow, limitItems, mainItem, stageItems, type StageItem } from './stage-items.ts';
import styles from './stage.styles.ts';
import { TileMotion } from './tile-motion.ts';

/** Between several tiles and the edge of the player. Pixels. */
const PROGRAM_INSET = 8;
/** How near the upper or lower edge a tile counts as lying at it. */
const EDGE_PIXELS = 24;

const TILE_PARTS = [
  'base',
  'video',
  'avatar',
  'reason',
  'ring',
  'label',
  'name',
  'microphone',
  'marks',
  'menu-button',
  'menu',
  'menu-item',
]
  .map((part) => `${part}:tile-${part}`)
  .join(', ');

/**
 * @summary Everyone who publishes, arranged: a grid of equals, or one tile large and the others beside it.
 *
 * Only the tiles of the page in sight are received. The main place goes to whom the reader pinned, then to the spotlight,
 * then to a shared screen, then to who speaks. Page Up and Page Down turn pages while the focus is inside.
 *
 * @slot empty - Stands in place of the whole empty state.
 * @slot empty-icon - Its icon.
 * @slot previous-icon - On the button to the page before.
 * @slot next-icon - On the button to the next page.
 *
 * @csspart base - The whole stage.
 * @csspart tiles - Where the tiles lie.
 * @csspart tile - Each tile.
 * @csspart main - The tile in the main place.
 * @csspart floating - One's own tile over the main one.
 * @csspart tile-base - The whole of a tile.
 * @csspart tile-video - Its picture.
 * @csspart tile-avatar - Its initials.
 * @csspart tile-reason - Why it has no picture.
 * @csspart tile-ring - Drawn around who speaks.
 * @csspart tile-label - Name and marks at its bottom.
 * @csspart tile-name - The name on it.
 * @csspart tile-microphone - Its mark of a silent microphone.
 * @csspart tile-marks - Its pin, spotlight and weak connection.
 * @csspart tile-menu-button - Opens its menu.
 * @csspart tile-menu - Its menu.
 * @csspart tile-menu-item - One line of that.
 * @csspart pager - The paging buttons.
 * @csspart pager-button - Each of them.
 * @csspart pager-text - Which tiles are in sight.
 * @csspart empty - What stands on an empty stage.
 * @csspart empty-title - What it says.
 * @csspart empty-text - What it says further.
 * @csspart empty-action - Its button.
 * @csspart test-button - Offers a test picture where there is no camera.
 * @csspart skeleton - Stands there while joining.
 * @csspart sound-button - Lets held back sound begin.
 * @csspart show-self-button - Brings one's own tile back.
 *
 * @cssproperty [--ils-stage-background] - Behind the tiles.
 *
 * @cssstate empty - Nobody publishes.
 * @cssstate grid - Tiles of one size.
 * @cssstate spotlight - One tile alone.
 * @cssstate sidebar - One tile large, the others beside or below it.
 * @cssstate bleed - Edge to edge, on a narrow stage.
 * @cssstate paged - There is more than one page.
 *
 * @event {IlsStartSourceRequestEvent} ils-start-source-request - The host goes live.
 * @event {IlsTestMediaRequestEvent} ils-test-media-request - A generated picture in place of a camera is wanted.
 * @event {IlsJoinRequestEvent} ils-join-request - The reader wants to join (again).
 * @event {IlsResumePlaybackRequestEvent} ils-resume-playback-request - The reader lets sound begin.
 */
export class IlsStage extends RoomElement {
  static override styles = styles;

  /** `auto`, `grid`, `spotlight` (one tile, one's own over it) or `sidebar` (one large, the others beside it). */
  @property({ reflect: true }) layout: StageLayout = 'auto';
  /** Leaves one's own camera out of what one sees oneself. */
  @property({ type: Boolean, reflect: true, attribute: 'hide-self' }) hideSelf = false;
  /** Shows what the audience sees: only those who publish. */
  @property({ type: Boolean }) program = false;
  /** Says nothing while empty and offers no sound button; whatever is around the stage does. */
  @property({ type: Boolean, attribute: 'no-messages' }) noMessages = false;
  /** Draws no menus on the tiles. */
  @property({ type: Boolean, attribute: 'no-menus' }) noMenus = false;

  /** Most tiles in sight at once; 0 is as many as fit. */
  @property({ type: Number, attribute: 'max-tiles' }) maxTiles = 0;
  /** Turns no pages, as in a picture that nobody touches: who does not fit is not shown, but the main place always is. */
  @property({ type: Boolean, attribute: 'no-pages' }) noPages = false;

  @state() private wantedPage = 0;
  private get tilesElement(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.tiles') ?? null;
  }

  readonly #internals = this.attachInternals();
  readonly #size = new ResizeController(this, {
    target: () => this.tilesElement,
    handleResize: () => {
      this.#resized = true;
      this.requestUpdate();
    },
  });
  readonly #empty = new LazyPart(
    () => import('./stage-empty.ts'),
    () => this.requestUpdate(),
  );
  readonly #failures = new LazyPart(
    () => import('./stage-failure.ts'),
    () => this.requestUpdate(),
  );
  readonly #announcer = new AnnouncerController(this, 500);
  readonly #motion = new TileMotion();
  readonly #pager = new LazyPart(
    async () => new (await import('./pager.ts')).Pager((pages) => this.#turn(pages)),
    () => this.requestUpdate(),
  );
  #arrangement: Arrangement | undefined;
  readonly #readyPlace = new ReadyPlace();
  #speaker: ParticipantId | null = null;
  #resized = true;
  /** There were tiles at the last update. */
  #peopled = false;
  #listening: { readonly room: unknown; readonly stop: () => void } | undefined;

  constructor() {
    super();
    defineElement('ils-tile', IlsTile);
    this.addEventListener('ils-hide-self', (event) => {
      queueMicrotask(() => {
        if (!event.defaultPrevented) this.hideSelf = true;
      });
    });
  }

  /** The picture in the main place, for picture-in-picture; `null` while there is none. */
  get mainVideo(): HTMLVideoElement | null {
    const tiles = [...this.renderRoot.querySelectorAll<IlsTile>('ils-tile')];
    const main = tiles.find((tile) => tile.classList.contains('main'));
    return main?.video ?? tiles.find((tile) => tile.video !== null)?.video ?? null;
  }

  /** The page in sight, from 0. */
  get page(): number {
    return this.#arrangement?.page ?? 0;
  }

  /** How many pages there are. */
  get pages(): number {
    return this.#arrangement?.pages ?? 1;
  }

  /** Turns to a page, from 0; beyond the ends it stays. */
  showPage(page: number): void {
    this.#turn(page - this.page);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move through the page must not interrupt the sound.
    queueMicrotask(() => {
      if (!this.isConnected) this.#listenTo(undefined);
    });
  }

  protected override render(): TemplateResult {
    const store = this.room?.store;
    const everyone = store === undefined ? [] : stageItems(store, this);
    const main = store === undefined ? undefined : this.#mainOf(store, everyone);
    const items = this.noPages ? limitItems(everyone, this.maxTiles, main?.item) : everyone;
    const layout = chooseLayout(this.layout, main?.chosen ?? false);
    const floating = layout === 'spotlight' ? items.find(({ isSelf }) => isSelf)?.key : undefined;
    const mainKey = layout === 'grid' ? undefined : main?.item?.key;
    this.#arrangement = arrange({
      layout,
      keys: items.map(({ key }) => key),
      main: mainKey,
      floating,
      width: this.#size.width,
      height: this.#size.height,
      page: this.wantedPage,
      most: this.maxTiles > 0 ? this.maxTiles : Number.POSITIVE_INFINITY,
      paged: !this.noPages,
      inset: this.program ? PROGRAM_INSET : 0,
    });
    const { boxes, bleed, pages } = this.#arrangement;
    this.#setStates({ empty: items.length === 0, [layout]: items.length > 0, bleed, paged: pages > 1 });
    const shown = items.filter(({ key }) => boxes.has(key));
    if (pages > 1) this.#pager.need();
    const pager = this.#pager.value;
    return html`<section
      part="base"
      class="base ${bleed ? 'bleed' : ''}"
      aria-label=${msg('Stage')}
      @keydown=${this.#handleKeydown}
    >
      <div
        part="tiles"
        class="tiles"
        @pointerdown=${pager?.swipe.handlePointerdown}
        @pointerup=${pager?.swipe.handlePointerup}
        @pointercancel=${pager?.swipe.handlePointercancel}
      >
        ${repeat(
          store === undefined ? shown : this.#readyPlace.among(shown, store),
          ({ key }) => this.#readyPlace.keyOf(key),
          (item) => this.#renderTile(item, item.key === mainKey, item.key === floating && item.key !== mainKey),
        )}
      </div>
      ${pager?.render(this.#arrangement, items.length - (mainKey === undefined ? 0 : 1)) ?? nothing}
      ${items.length === 0 && !this.noMessages ? this.#renderEmpty(store) : nothing}
      ${store === undefined || this.noMessages ? nothing : this.#renderSoundButton(store)}
      ${store !== undefined && this.hideSelf && selfIsOnStage(store) ? this.#renderShowSelfButton() : nothing}
      ${this.#announcer.renderRegion()}
    </section>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const tiles = this.renderRoot.querySelectorAll<IlsTile>('ils-tile');
    // Whoever comes first is there at once; those who come later move in.
    const moving = !this.#resized && this.#peopled;
    this.#resized = false;
    this.#peopled = (this.#arrangement?.boxes.size ?? 0) > 0;
    const rtl = this.matches(':dir(rtl)');
    const { width } = this.#size;
    for (const tile of tiles) {
      const box = this.#arrangement?.boxes.get(`${tile.participant} ${tile.source}`);
      if (box === undefined) continue;
      const edges = [
        box.y < EDGE_PIXELS ? 'top' : '',
        box.y + box.height > this.#size.height - EDGE_PIXELS ? 'bottom' : '',
      ];
      tile.dataset['edge'] = edges.join(' ').trim();
      this.#motion.place(tile, rtl ? { ...box, x: width - box.x - box.width } : box, moving);
    }
    this.#pager.value?.place(this.renderRoot, this.#arrangement);
    this.#listen();
  }

  #renderEmpty(store: Store | undefined): TemplateResult {
    this.#empty.need();
    const words = this.#empty.value?.renderEmptyStage(this, store, this.#failures);
    // Without the network the rest of the words cannot be loaded, and why is what is to be said.
    const title = (store && connectionMessage(store)?.title) ?? msg('The show has not started');
    const fallback = this.#empty.hasFailed ? html`<p class="title" part="empty-title">${title}</p>` : nothing;
    return html`<div class="empty"><slot name="empty">${words ?? fallback}</slot></div>`;
  }

  #renderTile(item: StageItem, isMain: boolean, isFloating: boolean): TemplateResult {
    const place = isMain ? 'main' : isFloating ? 'floating' : '';
    return html`<ils-tile
      part="tile ${place}"
      class=${item.key === READY_KEY ? 'ready' : place}
      exportparts=${TILE_PARTS}
      .for=${this.for}
      .participant=${item.participantId}
      .source=${item.source}
      .noMenu=${this.noMenus}
    ></ils-tile>`;
  }

  #renderSoundButton(store: Store): TemplateResult | typeof nothing {
    if (!store.playback.blocked.value || !hasShow(store)) return nothing;
    return html`<button
      type="button"
      part="sound-button"
      class="button sound"
      @click=${() => this.dispatchEvent(new IlsResumePlaybackRequestEvent())}
    >
      ${icon(volumeOffIcon)} ${msg('Tap for sound')}
    </button>`;
  }

  #renderShowSelfButton(): TemplateResult {
    return html`<button
      type="button"
      part="show-self-button"
      class="button small show-self"
      @click=${() => {
        this.hideSelf = false;
      }}
    >
      ${icon(participantIcon)} ${msg('Show my picture')}
    </button>`;
  }

  #mainOf(store: Store, items: readonly StageItem[]) {
    const speaker = store.stage.activeSpeaker.value;
    // In a pause, who spoke last keeps the place; nobody is promoted for listening.
    if (speaker !== null && speaker !== store.participants.selfId.value) this.#speaker = speaker;
    return mainItem(store, items, this.#speaker);
  }

  #turn(pages: number): void {
    const { page = 0, pages: count = 1 } = this.#arrangement ?? {};
    const wanted = Math.min(Math.max(0, page + pages), count - 1);
    if (wanted === page) return;
    this.wantedPage = wanted;
    this.#announcer.announce(msg(str`Page ${wanted + 1} of ${count}`));
  }

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (step === undefined || this.pages < 2) return;
    event.preventDefault();
    this.#turn(step);
  };

  #setStates(states: Readonly<Record<string, boolean>>): void {
    for (const name of ['empty', 'grid', 'spotlight', 'sidebar', 'bleed', 'paged']) {
      if (states[name] === true) this.#internals.states.add(name);
      else this.#internals.states.delete(name);
    }
  }

  #listen(): void {
    const { room } = this;
    const here = room?.store.connection.state.peek();
    this.#listenTo(here === 'joined' || here === 'reconnecting' ? room : undefined);
  }

  #listenTo(room: typeof this.room): void {
    if (this.#listening?.room === room) return;
    this.#listening?.stop();
    this.#listening = room === undefined ? undefined : { room, stop: room.actions.listen() };
  }
}

function selfIsOnStage(store: Store): boolean {
  return hasShow(store) && (selfRole(store)?.publish.length ?? 0) > 0;
}
