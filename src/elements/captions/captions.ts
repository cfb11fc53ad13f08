import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { repeat } from 'lit/directives/repeat.js';
import { alignedItems } from '../../controllers/aligned.ts';
import type { Align } from '../../controllers/playhead.ts';
import { PopoverController } from '../../controllers/popover.ts';
import { IlsCaptionRequestEvent } from '../../events/caption-requests.ts';
import { captionsIcon } from '../../icons/captions.ts';
import { icon } from '../../icons/icon.ts';
import { microphoneIcon } from '../../icons/microphone.ts';
import { languageOf, msg } from '../../locales/localization.ts';
import type { Caption, CaptionDraft } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import popoverStyles from '../../styles/popover.styles.ts';
import { RoomElement } from '../room-element.ts';
import { rememberedSettings, rememberSettings, type CaptionSettings } from './caption-settings.ts';
import styles from './captions.styles.ts';
import { canRecogniseSpeech, recogniseSpeech } from './speech-source.ts';

/** How long the last words stay. Milliseconds. */
const SHOWN_MS = 8_000;
const LINES = 2;

/**
 * @summary Live captions: what is said in the room as text, in the viewer's own size and place.
 *
 * Lay it over a picture. Any speech-to-text feeds it, by REST or by `room.actions.sendCaption`; with `speech`, who may
 * send captions can have the browser recognise their own speech.
 *
 * @csspart base - Everything.
 * @csspart lines - The box around the words.
 * @csspart line - One piece of speech.
 * @csspart draft - One that is still being said, besides `line`.
 * @csspart speaker - Who says it.
 * @csspart settings-button - Opens the settings.
 * @csspart settings - The settings.
 * @csspart speech-button - Starts and stops recognising one's own speech.
 * @csspart icon - Any icon.
 *
 * @cssproperty [--ils-captions-size] - Size of the words; by default as the viewer chose, by the width.
 * @cssproperty [--ils-captions-inset=12px] - Distance from the edges.
 *
 * @cssstate empty - Nothing is said.
 * @cssstate off - The viewer has hidden them.
 * @cssstate listening - One's own speech is being recognised.
 *
 * @event {IlsCaptionRequestEvent} ils-caption-request - Tell the room what was recognised.
 */
export class IlsCaptions extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, fieldStyles, popoverStyles, styles];

  /** `playhead` shows captions when the viewer's own picture of a broadcast gets there, `live` as soon as they come. */
  @property({ reflect: true })
  get align(): Align {
    return this.#align.value;
  }
  set align(align: Align) {
    this.#align.value = align;
  }
  /** Offers those who may send captions to have the browser recognise their speech; where it does so is the browser's affair. */
  @property({ type: Boolean, reflect: true }) speech = false;
  /** What is spoken, as in BCP 47; by default the page's language. */
  @property({ attribute: 'speech-language' }) speechLanguage = '';

  @state() private settings: CaptionSettings = rememberedSettings();
  @state() private problem = '';

  readonly #align = signal<Align>('playhead');
  readonly #internals = this.attachInternals();
  readonly #popover = new PopoverController(this, { placement: 'top-end' });
  #listening: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#stopListening();
  }

  protected override render(): TemplateResult {
    const { room, settings } = this;
    room?.use('captions');
    const store = room?.store;
    const lines = store === undefined || settings.hidden ? [] : this.#findLines(store);
    const set = (name: string, holds: boolean) => this.#internals.states[holds ? 'add' : 'delete'](name);
    set('empty', lines.length === 0);
    set('off', settings.hidden);
    set('listening', this.#listening !== undefined);
    const hasSpeech = store !== undefined && this.speech && may(store, 'caption.send') && canRecogniseSpeech();
    return html`<div class="base ${settings.position} ${settings.size} on-${settings.background}" part="base">
      <div class="lines" part="lines" role="log" aria-label=${msg('Captions')} ?hidden=${lines.length === 0}>
        ${repeat(
          lines,
          ({ id }) => id,
          (line, index) => renderLine(line, lines[index - 1]),
        )}
      </div>
      <div class="buttons">
        ${
          hasSpeech
            ? html`<button
                type="button"
                class="icon-button speech"
                part="speech-button"
                aria-pressed=${this.#listening !== undefined}
                aria-label=${msg('Caption my speech')}
                @click=${this.#handleSpeech}
              >
                ${icon(microphoneIcon)}
              </button>`
            : nothing
        }
        <button
          type="button"
          class="icon-button"
          part="settings-button"
          aria-label=${msg('Caption settings')}
          aria-haspopup="dialog"
          aria-expanded=${this.#popover.isOpen}
          @click=${this.#handleSettings}
        >
          ${icon(captionsIcon)}
        </button>
      </div>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${this.#renderSettings(store)}
    </div>`;
  }

  #findLines(store: Store): readonly (Caption | CaptionDraft)[] {
    const slice = store.features.loaded.value.captions;
    if (slice === undefined) return [];
    const wanted = this.settings.language;
    const spoken = slice.spoken.value.filter(({ language }) => wanted === '' || language === wanted);
    const shown = alignedItems(store, this.align, spoken, ({ endedAt }) => endedAt);
    // A draft belongs to now: over a picture that is behind there is none.
    const isBehind = this.align === 'playhead' && store.playback.showing.value === 'program';
    const drafts = isBehind ? [] : slice.drafts.value.filter(({ language }) => wanted === '' || language === wanted);
    const lines = [...shown.slice(-LINES), ...drafts].slice(-LINES);
    this.#forgetLater(lines.at(-1));
    return lines.at(-1) === this.#forgotten ? [] : lines;
  }

  #forgotten: Caption | CaptionDraft | undefined;
  #lastLine: Caption | CaptionDraft | undefined;

  /** What nothing follows leaves the picture after a while. */
  #forgetLater(line: Caption | CaptionDraft | undefined): void {
    if (line === this.#lastLine) return;
    this.#lastLine = line;
    clearTimeout(this.#timer);
    if (line === undefined) return;
    this.#timer = setTimeout(() => {
      this.#forgotten = line;
      this.requestUpdate();
    }, SHOWN_MS);
  }

  #renderSettings(store: Store | undefined): TemplateResult {
    const { settings } = this;
    const slice = store?.features.loaded.value.captions;
    const languages = new Set(
      [...(slice?.spoken.value ?? []), ...(slice?.drafts.value ?? [])].map((each) => each.language),
    );
    if (settings.language !== '') languages.add(settings.language);
    const names = new Intl.DisplayNames([languageOf(this)], { type: 'language' });
    const choice = <K extends keyof CaptionSettings>(
      key: K,
      label: string,
      options: readonly (readonly [CaptionSettings[K] & string, string])[],
    ) =>
      html`<label class="field"
        ><span class="label">${label}</span>
        <select
          class="input"
          @change=${({ currentTarget }: Event) =>
            this.#choose({ [key]: (currentTarget as HTMLSelectElement).value } as Partial<CaptionSettings>)}
        >
          ${options.map(([value, words]) => html`<option value=${value} ?selected=${settings[key] === value}>${words}</option>`)}
        </select>
      </label>`;
    return html`<div
      class="popover settings"
      part="settings"
      popover="auto"
      role="dialog"
      aria-label=${msg('Caption settings')}
    >
      <label class="switch">
        <input
          type="checkbox"
          .checked=${!settings.hidden}
          @change=${({ currentTarget }: Event) => this.#choose({ hidden: !(currentTarget as HTMLInputElement).checked })}
        />
        ${msg('Show captions')}
      </label>
      ${choice('size', msg('Size'), [
        ['small', msg('Small')],
        ['medium', msg('Medium')],
        ['large', msg('Large')],
      ])}
      ${choice('background', msg('Background'), [
        ['dark', msg('Dark')],
        ['light', msg('Light')],
        ['none', msg('None')],
      ])}
      ${choice('position', msg('Position'), [
        ['bottom', msg('Bottom')],
        ['top', msg('Top')],
      ])}
      ${
        languages.size > 1
          ? choice('language', msg('Language'), [
              ['', msg('As spoken')],
              ...[...languages].map((language) => [language, names.of(language) ?? language] as const),
            ])
          : nothing
      }
    </div>`;
  }

  #choose(change: Partial<CaptionSettings>): void {
    this.settings = { ...this.settings, ...change };
    rememberSettings(this.settings);
  }

  readonly #handleSettings = ({ currentTarget }: Event): void => {
    const popover = this.renderRoot.querySelector<HTMLElement>('.settings');
    if (popover === null || !(currentTarget instanceof HTMLElement)) return;
    if (this.#popover.isOpen) this.#popover.hide();
    else this.#popover.show(currentTarget, popover);
  };

  readonly #handleSpeech = (): void => {
    if (this.#listening) {
      this.#stopListening();
      return;
    }
    this.problem = '';
    this.#listening = new AbortController();
    const language = this.speechLanguage === '' ? languageOf(this) : this.speechLanguage;
    recogniseSpeech(
      language,
      this.#listening.signal,
      (caption) => this.dispatchEvent(new IlsCaptionRequestEvent(caption)),
      (reason) => {
        this.#stopListening();
        this.problem =
          reason === 'not-allowed'
            ? msg('The browser may not use the microphone.')
            : msg('Speech is not recognised here.');
      },
    );
    this.requestUpdate();
  };

  #stopListening(): void {
    this.#listening?.abort();
    this.#listening = undefined;
    this.requestUpdate();
  }
}

function renderLine(line: Caption | CaptionDraft, before: Caption | CaptionDraft | undefined): TemplateResult {
  const name = line.speaker?.name;
  const isDraft = !('endedAt' in line);
  return html`<p class="line" part=${isDraft ? 'line draft' : 'line'} lang=${line.language} dir="auto">
    ${
      name === undefined || name === before?.speaker?.name
        ? nothing
        : html`<span class="speaker" part="speaker">${name}</span> `
    }<span class="words">${line.text}</span>
  </p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-captions': IlsCaptions;
  }
}
