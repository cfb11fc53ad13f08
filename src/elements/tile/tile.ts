import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import type { MenuController } from '../../controllers/menu.ts';
import { icon } from '../../icons/icon.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { moreIcon } from '../../icons/more.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { pinIcon } from '../../icons/pin.ts';
import { screenIcon } from '../../icons/screen.ts';
import { signalHighIcon } from '../../icons/signal-high.ts';
import { spinnerIcon } from '../../icons/spinner.ts';
import { spotlightIcon } from '../../icons/spotlight.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ParticipantId } from '../../protocol/index.ts';
import { hueOf } from '../chat/author-color.ts';
import type { Store } from '../../store/store.ts';
import { LazyPart } from '../lazy-part.ts';
import { RoomElement } from '../room-element.ts';
import { initialsOf } from './initials.ts';
import { watchLevel } from './tile-level.ts';
import { TilePicture } from './tile-picture.ts';
import { viewTile, type DarkReason, type DescribeFailure, type TileSource, type TileView } from './tile-view.ts';
import styles from './tile.styles.ts';

/** A blank, so that the fonts are there before the name is. */
const NO_NAME = '\u00a0';

/**
 * @summary One participant's camera or screen: picture, name and marks, and where there is no picture, why.
 *
 * @slot - Lies over the picture: the page's own badges.
 * @slot avatar - Stands where there is no picture, in place of the initials.
 * @slot muted-icon - Marks a silent microphone.
 * @slot pin-icon - Marks the tile that the reader has pinned.
 * @slot spotlight-icon - Marks the tile in the spotlight.
 * @slot menu-icon - On the button of the menu.
 *
 * @csspart base - The whole tile.
 * @csspart video - The picture.
 * @csspart avatar - The initials.
 * @csspart reason - Why there is no picture.
 * @csspart ring - Drawn around who speaks.
 * @csspart label - Name and marks at the bottom.
 * @csspart name - The name.
 * @csspart microphone - The mark of a silent microphone.
 * @csspart marks - Pin, spotlight and a weak connection.
 * @csspart menu-button - Opens the menu.
 * @csspart menu - The menu.
 * @csspart menu-item - One line of it.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssproperty [--ils-tile-radius=14px] - Its corners.
 * @cssproperty [--ils-tile-fit=cover] - `object-fit` of a camera.
 * @cssproperty [--ils-tile-ring-color] - Around who speaks; the accent by default.
 *
 * @cssstate self - It shows oneself.
 * @cssstate screen - It shows a screen.
 * @cssstate dark - There is no picture.
 * @cssstate speaking - They speak.
 * @cssstate muted - Their microphone is silent or absent.
 * @cssstate pinned - The reader has pinned it.
 * @cssstate spotlit - It is in the spotlight for everyone.
 * @cssstate lost - Their connection is broken and may come back.
 *
 * @event {IlsPinRequestEvent} ils-pin-request - The reader wants it in their main place, or no longer.
 * @event {IlsSpotlightRequestEvent} ils-spotlight-request - The reader wants it in everyone's main place, or no longer.
 * @event {IlsMuteParticipantRequestEvent} ils-mute-participant-request - The reader wants it silent for everyone.
 * @event {IlsHideSelfEvent} ils-hide-self - The reader wants their own picture off their screen.
 */
export class IlsTile extends RoomElement {
  static override styles = styles;

  /** Id of the participant. */
  @property() participant = '';
  /** `camera` or `screen`. */
  @property() source: TileSource = 'camera';
  /** Draws no menu. */
  @property({ type: Boolean, attribute: 'no-menu' }) noMenu = false;
  /** Shows one's own camera as others see it, not as a mirror does. */
  @property({ type: Boolean, attribute: 'no-mirror' }) noMirror = false;

  private get videoElement(): HTMLVideoElement | null {
    return this.shadowRoot?.querySelector<HTMLVideoElement>('video') ?? null;
  }

  readonly #internals = this.attachInternals();
  readonly #picture = new TilePicture(this, () => this.videoElement);
  readonly #failures = new LazyPart<DescribeFailure>(
    async () => (await import('../../locales/media-errors.ts')).describeMediaError,
    () => this.requestUpdate(),
  );
  #menu: MenuController | undefined;
  #watched: { readonly store: unknown; readonly id: string } | undefined;
  #stopLevel: (() => void) | undefined;
  #wasMuted = false;

  /** The picture as it plays here, for picture-in-picture; `null` while there is none. */
  get video(): HTMLVideoElement | null {
    return this.#picture.hasFrame ? this.videoElement : null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopLevel?.();
    this.#watched = undefined;
  }

  protected override render(): TemplateResult {
    const store = this.room?.store;
    const view = store === undefined ? null : this.#viewOf(store);
    this.#show(view);
    const name = view?.label ?? NO_NAME;
    const dark = this.#darkOf(view);
    const shown = this.#isShown(view);
    const mirrored = view?.isSelf === true && this.source === 'camera' && !this.noMirror;
    return html`<div
      part="base"
      class="base ${this.source} ${shown ? 'shown' : ''} ${mirrored ? 'mirrored' : ''}"
      role="group"
      aria-label=${view === null ? msg('Empty place') : spokenLabel(view, dark)}
    >
      <div class="backdrop">
        ${
          this.source === 'screen'
            ? html`<span class="avatar" part="avatar">${icon(screenIcon)}</span>`
            : html`<slot name="avatar"
                ><span class="avatar" part="avatar" aria-hidden="true"
                  >${view === null ? NO_NAME : initialsOf(view.participant.name)}</span
                ></slot
              >`
        }
      </div>
      <video part="video" class="video" muted playsinline autoplay tabindex="-1" aria-hidden="true"></video>
      ${this.#renderReason(dark, shown)}
      <div class="label" part="label" aria-hidden="true">
        <span class="name truncate" part="name">${name}</span>
        ${
          this.source === 'camera'
            ? html`<span class="microphone" part="microphone"
                ><slot name="muted-icon">${icon(microphoneOffIcon)}</slot></span
              >`
            : nothing
        }
      </div>
      <div class="marks" part="marks" aria-hidden="true">${view === null ? nothing : this.#renderMarks(view)}</div>
      <div class="ring" part="ring"></div>
      <div class="overlay"><slot></slot></div>
      ${view === null || this.noMenu ? nothing : this.#renderMenu(name)}
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const room = this.room;
    const view = room === undefined ? null : this.#viewOf(room.store);
    this.style.setProperty('--_tile-hue', String(hueOf(this.participant)));
    this.#watchLevel();
    if (room === undefined || view === null || view.picture === null) {
      this.#picture.clear();
      return;
    }
    const { source } = this;
    const { stream } = view;
    if (view.picture === 'own') {
      const track = room.store.localMedia.sources.peek()[source].track;
      this.#picture.show(`own ${source} ${track?.id ?? ''}`, room, (video) => room.actions.attachSource(source, video));
    } else if (stream !== null) {
      this.#picture.show(`stream ${stream.id}`, room, (video) => room.actions.attachStream(stream.id, video));
    }
    const muted = stream?.muted ?? false;
    if (muted !== this.#wasMuted) this.#picture.hide();
    this.#wasMuted = muted;
  }

  #viewOf(store: Store): TileView | null {
    const id = this.participant as ParticipantId;
    const own = store.participants.selfId.value === id;
    if (own && store.localMedia.sources.value[this.source].status === 'failed') this.#failures.need();
    return viewTile(store, id, this.source, this.#failures.value);
  }

  #show(view: TileView | null): void {
    const present: Readonly<Record<string, boolean>> = {
      self: view?.isSelf === true,
      screen: this.source === 'screen',
      dark: !this.#isShown(view),
      muted: view !== null && view.microphone !== 'live',
      pinned: view?.pinned === true,
      spotlit: view?.spotlit === true,
      lost: view?.participant.lost === true,
    };
    for (const [name, on] of Object.entries(present)) {
      if (on) this.#internals.states.add(name);
      else this.#internals.states.delete(name);
    }
  }

  /** A picture that came stays while it falters; one that was turned off goes at once. */
  #isShown(view: TileView | null): boolean {
    if (view === null || view.picture === null || !this.#picture.hasFrame) return false;
    return view.dark === null || view.dark.passing;
  }

  #darkOf(view: TileView | null): DarkReason | null {
    if (view === null) return null;
    if (view.dark !== null) return view.dark;
    return this.#isShown(view) ? null : { text: msg('Connecting…'), passing: true };
  }

  #renderReason(dark: DarkReason | null, shown: boolean): TemplateResult | typeof nothing {
    if (dark === null) return nothing;
    return html`<div
      class="reason ${shown ? 'veil' : ''} ${dark.passing ? 'passing' : ''}"
      part="reason"
      aria-hidden="true"
    >
      <span class="reason-text">${dark.passing ? icon(spinnerIcon) : nothing}<span>${dark.text}</span></span>
    </div>`;
  }

  /** Signal, spotlight and pin: in a corner of their own, where nothing has to make room for them. */
  #renderMarks(view: TileView): TemplateResult {
    return html`${view.pinned ? html`<span class="mark"><slot name="pin-icon">${icon(pinIcon)}</slot></span>` : nothing}${
      view.spotlit ? html`<span class="mark"><slot name="spotlight-icon">${icon(spotlightIcon)}</slot></span>` : nothing
    }${view.quality <= 2 ? renderQuality(view.quality) : nothing}`;
  }

  #renderMenu(name: string): TemplateResult {
    return html`<button
        type="button"
        part="menu-button"
        class="menu-button icon-button small"
        aria-label=${msg(str`More for ${name}`)}
        aria-haspopup="menu"
        aria-expanded=${String(this.#menu?.isOpenFor('tile') ?? false)}
        @click=${this.#handleMenuClick}
      >
        <slot name="menu-icon">${icon(moreIcon)}</slot>
      </button>
      ${this.#menu?.render() ?? nothing}`;
  }

  readonly #handleMenuClick = async (event: Event): Promise<void> => {
    const button = event.currentTarget as HTMLElement;
    const { createTileMenu, tileMenu } = await import('./tile-menu.ts');
    this.#menu ??= createTileMenu(this);
    await this.#menu.toggle('tile', button, msg('Tile'), () => {
      const store = this.room?.store;
      const view = store === undefined ? null : this.#viewOf(store);
      return store === undefined || view === null ? [] : tileMenu(this, store, view);
    });
  };

  #watchLevel(): void {
    const store = this.source === 'camera' ? this.room?.store : undefined;
    const id = this.participant;
    if (this.#watched?.store === store && this.#watched?.id === id) return;
    this.#stopLevel?.();
    this.#watched = { store, id };
    this.#showLevel(0, false);
    if (store !== undefined)
      this.#stopLevel = watchLevel(store, id as ParticipantId, (...now) => this.#showLevel(...now));
  }

  #showLevel(level: number, speaking: boolean): void {
    this.style.setProperty('--_level', String(level));
    if (speaking) this.#internals.states.add('speaking');
    else this.#internals.states.delete('speaking');
  }
}

/** Bars that are there, over all that there might be. */
function renderQuality(quality: number): TemplateResult {
  if (quality <= 0) return html`<span class="mark quality">${icon(offlineIcon)}</span>`;
  return html`<span class="mark quality">
    <span class="ghost">${icon(signalHighIcon)}</span>${icon(signalHighIcon.slice(0, quality === 1 ? 2 : 3))}
  </span>`;
}

/** All that the marks say, in words. */
function spokenLabel(view: TileView, dark: DarkReason | null): string {
  const words = [view.label];
  if (view.microphone === 'mutedByHost') words.push(msg('muted by a host'));
  else if (view.microphone === 'muted') words.push(msg('microphone off'));
  if (dark !== null) words.push(dark.text);
  if (view.quality === 0) words.push(msg('no connection'));
  else if (view.quality <= 2) words.push(msg('weak connection'));
  if (view.spotlit) words.push(msg('in the spotlight'));
  if (view.pinned) words.push(msg('pinned'));
  return words.join(', ');
}
