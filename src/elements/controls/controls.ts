import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import type { ConfirmationController } from '../../controllers/confirmation.ts';
import { loadConfirmation, loadMenu } from '../../controllers/load-overlays.ts';
import type { MenuController } from '../../controllers/menu.ts';
import { NoticeController } from '../../controllers/notice.ts';
import { TooltipController } from '../../controllers/tooltip.ts';
import { IlsEndRoomRequestEvent, IlsJoinRequestEvent, IlsLeaveRequestEvent } from '../../events/connection-requests.ts';
import {
  IlsMuteSourceRequestEvent,
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
} from '../../events/media-requests.ts';
import { icon } from '../../icons/icon.ts';
import { cameraIcon } from '../../icons/camera.ts';
import { cameraOffIcon } from '../../icons/camera-off.ts';
import { endedIcon } from '../../icons/ended.ts';
import { leaveIcon } from '../../icons/leave.ts';
import { liveIcon } from '../../icons/live.ts';
import { microphoneIcon } from '../../icons/microphone.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { moreIcon } from '../../icons/more.ts';
import { screenIcon } from '../../icons/screen.ts';
import { screenOffIcon } from '../../icons/screen-off.ts';
import { volumeHighIcon } from '../../icons/volume-high.ts';
import { msg } from '../../locales/localization.ts';
import { may, mayPublish } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { connectionMessage } from '../connection-message.ts';
import { findRoomElement } from '../find-room-element.ts';
import { RoomElement } from '../room-element.ts';
import { renderSourceButton, type DeviceMenuView } from './control-buttons.ts';
import type { MenuName } from './control-menus.ts';
import { ControlMessages } from './control-messages.ts';
import styles from './controls.styles.ts';
import { mayShareScreen } from './may-share-screen.ts';
import { MicrophoneLevelController } from './microphone-level.ts';
import { createShortcut, matchesShortcut } from './shortcuts.ts';

type Toggled = 'camera' | 'microphone' | 'screen';

const MICROPHONE_KEY = createShortcut.bind(null, 'd');
const CAMERA_KEY = createShortcut.bind(null, 'e');

/**
 * @summary Microphone, camera, screen and their devices; going live; leaving, and ending the room.
 *
 * Shows what one's role may publish. Control+D (Command+D) turns the microphone on and off and Control+E the camera, while the
 * keyboard's focus is within the room. In a narrow place the screen and the devices move into one menu.
 *
 * @slot start - Stands before the buttons.
 * @slot end - Stands after the buttons.
 * @slot go-live-label - Replaces the words on the button that opens camera and microphone.
 * @slot go-live-icon - Replaces its icon.
 * @slot join-label - Replaces the words on the button that joins.
 * @slot microphone-on-icon - Replaces the icon of an open microphone.
 * @slot microphone-off-icon - Replaces the icon of a silent microphone.
 * @slot camera-on-icon - Replaces the icon of an open camera.
 * @slot camera-off-icon - Replaces the icon of a camera that is off.
 * @slot screen-on-icon - Replaces the icon while the screen is shared.
 * @slot screen-off-icon - Replaces the icon while it is not.
 * @slot speaker-icon - Replaces the icon of the choice of a speaker.
 * @slot more-icon - Replaces the icon of the menu that the rest moves into.
 * @slot leave-icon - Replaces the icon of the button that leaves.
 * @slot leave-label - Words on the button that leaves; none by default.
 *
 * @csspart base - Everything.
 * @csspart bar - The row of buttons.
 * @csspart message - Says what failed and what helps, or that one is muted.
 * @csspart retry-button - Opens the device again.
 * @csspart test-media-button - Uses a generated picture and tone.
 * @csspart dismiss-button - Waves the message away.
 * @csspart notice - Says what the server refused.
 * @csspart join-button - Joins.
 * @csspart go-live-button - Opens camera and microphone.
 * @csspart microphone - The microphone's buttons.
 * @csspart microphone-button - Turns the microphone on and off.
 * @csspart microphone-menu-button - Opens the choice of microphones and speakers.
 * @csspart camera - The camera's buttons.
 * @csspart camera-button - Turns the camera on and off.
 * @csspart camera-menu-button - Opens the choice of cameras.
 * @csspart screen - The screen's button.
 * @csspart screen-button - Shares the screen and stops it.
 * @csspart speaker-button - Opens the choice of speakers.
 * @csspart more-button - Opens the menu that the rest moves into.
 * @csspart leave-button - Leaves, or opens the choice of leaving and ending.
 * @csspart menu - The menu.
 * @csspart menu-item - One line of it.
 * @csspart tooltip - Says what the button under the pointer does.
 * @csspart dialog - Asks before the room is ended.
 * @csspart confirm-button - Ends it.
 * @csspart cancel-button - Does not.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssproperty [--ils-controls-justify=center] - Where the buttons stand in the row, as `justify-content`.
 *
 * @cssstate microphone-live - One can be heard.
 * @cssstate camera-live - One can be seen.
 * @cssstate screen-live - The screen is shared.
 * @cssstate on-air - Something is sent to the room.
 * @cssstate reconnecting - The connection is interrupted.
 *
 * @event {IlsStartSourceRequestEvent} ils-start-source-request - Go live with camera, microphone or screen.
 * @event {IlsStopSourceRequestEvent} ils-stop-source-request - Stop sharing the screen.
 * @event {IlsMuteSourceRequestEvent} ils-mute-source-request - Silence a source or let it be heard or seen again.
 * @event {IlsSelectDeviceRequestEvent} ils-select-device-request - Use another camera, microphone or speaker.
 * @event {IlsTestMediaRequestEvent} ils-test-media-request - Use a generated picture and tone in place of devices.
 * @event {IlsLeaveRequestEvent} ils-leave-request - Leave the room.
 * @event {IlsEndRoomRequestEvent} ils-end-room-request - End the room for everyone, after one confirmed.
 * @event {IlsJoinRequestEvent} ils-join-request - Join the room, again or for the first time.
 */
export class IlsControls extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, stateStyles, styles];

  /** Leaves the keyboard's shortcuts to the page. */
  @property({ type: Boolean, attribute: 'no-shortcuts' }) noShortcuts = false;
  /** Draws no button that leaves. */
  @property({ type: Boolean, attribute: 'no-leave', reflect: true }) noLeave = false;

  private get microphone(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.split.microphone') ?? null;
  }

  readonly #internals = this.attachInternals();
  readonly #messages = new ControlMessages(this);
  readonly #tooltip = new TooltipController(this);
  readonly #notices = new NoticeController(this, () => this.room);
  readonly #level = new MicrophoneLevelController(this, {
    room: () => this.room,
    target: () => this.microphone,
  });
  #menu: MenuController | undefined;
  #confirmation: ConfirmationController | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#handleShortcut, { signal: this.scope });
  }

  protected override updated(): void {
    const store = this.room?.store;
    const sources = store?.localMedia.sources.peek();
    const conditions: Readonly<Record<string, boolean>> = {
      'microphone-live': sources?.microphone.status === 'live',
      'camera-live': sources?.camera.status === 'live',
      'screen-live': sources?.screen.status === 'live',
      'on-air': sources !== undefined && Object.values(sources).some(({ published }) => published),
      reconnecting: store?.connection.state.peek() === 'reconnecting',
    };
    for (const [name, holds] of Object.entries(conditions)) this.#internals.states[holds ? 'add' : 'delete'](name);
  }

  protected override render(): TemplateResult {
    const store = this.room?.store;
    const state = store?.connection.state.value ?? 'idle';
    const isIn = state === 'joined' || state === 'reconnecting';
    return html`<div class="base" part="base">
      ${
        store === undefined || !isIn
          ? nothing
          : this.#messages.render(store, {
              speaksMuted: this.#level.speaksMuted,
              unmuteKey: this.noShortcuts ? '' : MICROPHONE_KEY().words,
            })
      }
      ${this.#notices.render()}
      <div class="bar" part="bar" role="group" aria-label=${msg('Controls')}>
        <slot name="start"></slot>
        ${store === undefined || !isIn ? this.#renderOut(store) : this.#renderIn(store)}
        <slot name="end"></slot>
      </div>
      ${this.#menu?.render()} ${this.#tooltip.render()} ${this.#confirmation?.render()}
    </div>`;
  }

  #renderOut(store: Store | undefined): TemplateResult | typeof nothing {
    const joining = store?.connection.state.value === 'connecting';
    const over = store === undefined ? undefined : connectionMessage(store);
    const words = joining ? msg('Joining…') : over === undefined ? msg('Join') : over.action;
    if (words === undefined) return html`<span class="over">${over?.title}</span>`;
    return html`<button
      type="button"
      class="button primary large"
      part="join-button"
      ?disabled=${joining || store === undefined}
      @click=${() => this.dispatchEvent(new IlsJoinRequestEvent())}
    >
      <slot name="join-label">${words}</slot>
    </button>`;
  }

  #renderIn(store: Store): TemplateResult {
    const publishes = store.localMedia.supported.value;
    const microphone = publishes && mayPublish(store, 'microphone');
    const camera = publishes && mayPublish(store, 'camera');
    const screen = publishes && mayShareScreen(store);
    const speakers = !microphone && store.localMedia.devices.value.speaker.length > 0;
    return html`
      ${microphone || camera ? this.#renderGoLive(store) : nothing}
      ${microphone ? this.#renderMicrophone(store) : nothing} ${camera ? this.#renderCamera(store) : nothing}
      ${screen ? this.#renderScreen(store) : nothing}
      ${speakers ? this.#renderMenuButton('speaker', msg('Choose speakers'), volumeHighIcon) : nothing}
      ${microphone || camera ? this.#renderMenuButton('more', msg('More'), moreIcon) : nothing}
      ${this.noLeave ? nothing : this.#renderLeave(store)}
    `;
  }

  /** One button for the first time on air; afterwards each source has its own. */
  #renderGoLive(store: Store): TemplateResult | typeof nothing {
    const sources = store.localMedia.sources.value;
    const untouched = sources.camera.status === 'off' && sources.microphone.status === 'off';
    if (!untouched) return nothing;
    return html`<button
      type="button"
      class="button primary large go-live"
      part="go-live-button"
      @click=${this.#handleGoLive}
    >
      <slot name="go-live-icon">${icon(liveIcon)}</slot>
      <slot name="go-live-label">${msg('Go live')}</slot>
    </button>`;
  }

  #renderMicrophone(store: Store): TemplateResult {
    const source = store.localMedia.sources.value.microphone;
    return renderSourceButton(
      {
        source: 'microphone',
        state: source,
        icon: microphoneIcon,
        offIcon: microphoneOffIcon,
        label: source.status === 'live' ? msg('Mute microphone') : msg('Turn microphone on'),
        shortcut: this.noShortcuts ? null : MICROPHONE_KEY(),
        handleToggle: () => this.#toggle('microphone'),
      },
      this.#deviceMenu('microphone', msg('Choose microphone and speakers')),
    );
  }

  #renderCamera(store: Store): TemplateResult {
    const source = store.localMedia.sources.value.camera;
    return renderSourceButton(
      {
        source: 'camera',
        state: source,
        icon: cameraIcon,
        offIcon: cameraOffIcon,
        label: source.status === 'live' ? msg('Turn camera off') : msg('Turn camera on'),
        shortcut: this.noShortcuts ? null : CAMERA_KEY(),
        handleToggle: () => this.#toggle('camera'),
      },
      this.#deviceMenu('camera', msg('Choose camera')),
    );
  }

  #renderScreen(store: Store): TemplateResult {
    const source = store.localMedia.sources.value.screen;
    const on = source.status === 'live' || source.status === 'starting';
    return renderSourceButton(
      {
        source: 'screen',
        state: source,
        icon: screenOffIcon,
        offIcon: screenIcon,
        label: on ? msg('Stop sharing the screen') : msg('Share the screen'),
        shortcut: null,
        handleToggle: () => this.#toggle('screen'),
      },
      null,
    );
  }

  #renderMenuButton(name: MenuName, label: string, node: typeof moreIcon): TemplateResult {
    return html`<button
      type="button"
      class="icon-button large ${name}"
      part="${name}-button"
      aria-label=${label}
      aria-haspopup="menu"
      aria-expanded=${String(this.#isOpenFor(name))}
      data-tooltip=${label}
      @click=${(event: Event) => this.#openMenu(event.currentTarget, name, label)}
    >
      <slot name="${name}-icon">${icon(node)}</slot>
    </button>`;
  }

  #renderLeave(store: Store): TemplateResult {
    const mayEnd = may(store, 'room.end');
    const label = mayEnd ? msg('Leave or end') : msg('Leave');
    return html`<button
      type="button"
      class="button danger large leave"
      part="leave-button"
      aria-label=${label}
      aria-haspopup=${mayEnd ? 'menu' : nothing}
      aria-expanded=${mayEnd ? String(this.#isOpenFor('leave')) : nothing}
      data-tooltip=${label}
      @click=${mayEnd ? this.#handleLeaveMenu : this.#handleLeave}
    >
      <slot name="leave-icon">${icon(leaveIcon)}</slot>
      <slot name="leave-label"></slot>
    </button>`;
  }

  #deviceMenu(name: MenuName, label: string): DeviceMenuView {
    return {
      label,
      isOpen: this.#isOpenFor(name),
      handleOpen: (button) => void this.#openMenu(button, name, label),
    };
  }

  #isOpenFor(name: MenuName): boolean {
    return this.#menu?.isOpenFor(name) ?? false;
  }

  async #openMenu(button: EventTarget | null, name: MenuName, label: string): Promise<void> {
    this.#tooltip.hide();
    const [menu, { controlMenu }] = await Promise.all([
      this.#menu ?? loadMenu(this, 'top'),
      import('./control-menus.ts'),
    ]);
    this.#menu ??= menu;
    const store = this.room?.store;
    if (!(button instanceof HTMLElement) || store === undefined) return;
    await this.#menu.toggle(name, button, label, () =>
      controlMenu(name, { host: this, store, end: () => void this.#end() }),
    );
  }

  #toggle(source: Toggled): void {
    const status = this.room?.store.localMedia.sources.peek()[source].status;
    this.#messages.reset();
    if (status === 'starting' || status === undefined) return;
    if (source === 'screen' && status === 'live') this.dispatchEvent(new IlsStopSourceRequestEvent(source));
    else if (status === 'live') this.dispatchEvent(new IlsMuteSourceRequestEvent(source, true));
    else if (status === 'muted') this.dispatchEvent(new IlsMuteSourceRequestEvent(source, false));
    else this.dispatchEvent(new IlsStartSourceRequestEvent(source));
  }

  readonly #handleGoLive = (): void => {
    const store = this.room?.store;
    if (store === undefined) return;
    for (const source of ['camera', 'microphone'] as const) {
      if (mayPublish(store, source)) this.dispatchEvent(new IlsStartSourceRequestEvent(source));
    }
  };

  readonly #handleLeave = (): void => {
    this.dispatchEvent(new IlsLeaveRequestEvent());
  };

  readonly #handleLeaveMenu = (event: Event): void => {
    void this.#openMenu(event.currentTarget, 'leave', msg('Leave or end'));
  };

  async #end(): Promise<void> {
    this.#confirmation ??= await loadConfirmation(this);
    const confirmed = await this.#confirmation.ask({
      title: msg('End the room for everyone?'),
      text: msg('Everyone is sent out at once, and nobody can come back.'),
      confirm: msg('End for everyone'),
      icon: endedIcon,
    });
    if (!confirmed) return;
    this.#notices.expect('endRoom');
    this.dispatchEvent(new IlsEndRoomRequestEvent());
  }

  readonly #handleShortcut = (event: KeyboardEvent): void => {
    if (this.noShortcuts || event.defaultPrevented || event.repeat) return;
    const source = matchesShortcut(event, MICROPHONE_KEY())
      ? 'microphone'
      : matchesShortcut(event, CAMERA_KEY())
        ? 'camera'
        : undefined;
    const store = this.room?.store;
    if (source === undefined || store === undefined || !mayPublish(store, source)) return;
    const room = findRoomElement(this, this.for);
    if (room === null || !(event.composedPath().includes(room) || event.composedPath().includes(this))) return;
    event.preventDefault();
    this.#toggle(source);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-controls': IlsControls;
  }
}
