import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomContext } from '../../context/room-context.ts';
import { NoticeController } from '../../controllers/notice.ts';
import { IlsOverlayRequestEvent, type OverlayCommand } from '../../events/overlay-requests.ts';
import { addIcon } from '../../icons/add.ts';
import { chevronDownIcon } from '../../icons/chevron-down.ts';
import { chevronUpIcon } from '../../icons/chevron-up.ts';
import { closeIcon } from '../../icons/close.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { editIcon } from '../../icons/edit.ts';
import { icon } from '../../icons/icon.ts';
import { layersIcon } from '../../icons/layers.ts';
import { lockIcon } from '../../icons/lock.ts';
import { msg, str } from '../../locales/localization.ts';
import type { LiveOverlay, OverlayCue, RunOfShow } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { CueForm } from './cue-form.ts';
import styles from './overlay-console.styles.ts';
import { describeKind, describeLayer, kindIcons, summarize } from './overlay-words.ts';

/** The producer's run of show: loaded when an overlay is a console. */
export class OverlayConsole {
  readonly #host: LitElement;
  readonly #room: () => RoomContext | undefined;
  readonly #notice: NoticeController;
  readonly #form: CueForm;

  constructor(host: LitElement, room: () => RoomContext | undefined) {
    this.#host = host;
    this.#room = room;
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, fieldStyles, stateStyles, styles);
    this.#notice = new NoticeController(host, room);
    this.#form = new CueForm(host, {
      room,
      save: (cue) => this.#ask({ type: 'saveCue', data: { cue } }),
      handleClosed: () => host.renderRoot.querySelector<HTMLElement>('.add')?.focus(),
    });
  }

  render(): TemplateResult {
    const store = this.#room()?.store;
    const slice = store?.features.loaded.value.overlays;
    if (store !== undefined && store.connection.state.value === 'joined' && !may(store, 'overlay.control')) {
      return html`<div class="state" part="state">
        ${icon(lockIcon)}
        <p class="title">${msg('The run of show is for producers.')}</p>
        <p class="text">${msg('A host can make you one.')}</p>
      </div>`;
    }
    const run = slice?.runOfShow.value ?? null;
    const live = slice?.screen.value.at(-1)?.value ?? [];
    return html`${this.#renderHeader(run)} ${this.#notice.render()} ${this.#renderLive(live)} ${this.#form.render()}
    ${run === null ? renderLoading() : run.cues.length === 0 ? this.#renderEmpty() : this.#renderCues(run, live)}`;
  }

  #renderHeader(run: RunOfShow | null): TemplateResult {
    const next = run && findNext(run);
    return html`<div class="console-header">
      <h2 class="heading truncate">${msg('Run of show')}</h2>
      <button
        type="button"
        class="icon-button add"
        part="add-button"
        aria-label=${msg('Add a cue')}
        ?disabled=${run === null || this.#form.isOpen}
        @click=${() => this.#form.open()}
      >
        ${icon(addIcon)}
      </button>
      <button
        type="button"
        class="button primary"
        part="next-button"
        ?disabled=${!next}
        @click=${() => next && this.#ask({ type: 'takeCue', data: { cueId: next.id } })}
      >
        ${msg('Next')}
      </button>
    </div>`;
  }

  #renderLive(live: readonly LiveOverlay[]): TemplateResult {
    return html`<section class="live" part="live" aria-label=${msg('On screen now')}>
      <div class="live-head">
        <h3 class="label">${msg('On screen')}</h3>
        ${
          live.length > 1
            ? html`<button
                type="button"
                class="button small quiet"
                part="clear-button"
                @click=${() => this.#ask({ type: 'clearOverlays', data: { layer: null } })}
              >
                ${msg('Clear all')}
              </button>`
            : nothing
        }
      </div>
      ${
        live.length === 0
          ? html`<p class="hint">${msg('Nothing')}</p>`
          : html`<ul class="live-list">
              ${repeat(
                live,
                ({ id }) => id,
                ({ layer, content }) =>
                  html`<li class="live-item">
                    <span class="dot" aria-hidden="true"></span>
                    <span class="live-words truncate" dir="auto">${summarize(content)}</span>
                    <span class="hint">${describeLayer(layer)}</span>
                    <button
                      type="button"
                      class="icon-button small"
                      part="clear-button"
                      aria-label=${msg(str`Clear ${describeLayer(layer)}`)}
                      @click=${() => this.#ask({ type: 'clearOverlays', data: { layer } })}
                    >
                      ${icon(closeIcon)}
                    </button>
                  </li>`,
              )}
            </ul>`
      }
    </section>`;
  }

  #renderEmpty(): TemplateResult | typeof nothing {
    if (this.#form.isOpen) return nothing;
    return html`<div class="state" part="state">
      ${icon(layersIcon)}
      <p class="title">${msg('Nothing is prepared yet')}</p>
      <p class="text">${msg('Names, messages, slates and links wait here until you take them on screen.')}</p>
      <button type="button" class="button outlined" @click=${() => this.#form.open()}>
        ${icon(addIcon)}${msg('Add a cue')}
      </button>
    </div>`;
  }

  #renderCues(run: RunOfShow, live: readonly LiveOverlay[]): TemplateResult {
    const next = findNext(run);
    return html`<ol class="cues scroller" tabindex="0" aria-label=${msg('Cues')}>
      ${repeat(
        run.cues,
        ({ id }) => id,
        (cue, index) =>
          this.#renderCue(run, cue, index, {
            isLive: live.some(({ cueId }) => cueId === cue.id),
            isNext: cue === next,
          }),
      )}
    </ol>`;
  }

  #renderCue(
    { cues }: RunOfShow,
    cue: OverlayCue,
    index: number,
    { isLive, isNext }: { readonly isLive: boolean; readonly isNext: boolean },
  ): TemplateResult {
    const { id, content, note } = cue;
    const words = summarize(content);
    const move = (before: OverlayCue | undefined) =>
      this.#ask({ type: 'moveCue', data: { cueId: id, before: before?.id ?? null } });
    const tool = (label: string, symbol: typeof editIcon, isOn: boolean, handleClick: () => void) =>
      html`<button
        type="button"
        class="icon-button small"
        aria-label="${label}: ${words}"
        ?disabled=${!isOn}
        @click=${handleClick}
      >
        ${icon(symbol)}
      </button>`;
    return html`<li class="cue ${isLive ? 'on' : ''} ${isNext ? 'next' : ''}" part="cue">
      <span class="kind">${icon(kindIcons[content.kind])}</span>
      <span class="words">
        <span class="cue-title truncate" dir="auto">${words}</span>
        <span class="hint truncate"
          >${describeKind(content.kind)}${note === '' ? nothing : html` · ${note}`}${isNext ? html` · <b>${msg('next')}</b>` : nothing}</span
        >
      </span>
      <span class="tools">
        ${tool(msg('Move up'), chevronUpIcon, index > 0, () => move(cues[index - 1]))}
        ${tool(msg('Move down'), chevronDownIcon, index < cues.length - 1, () => move(cues[index + 2]))}
        ${tool(msg('Edit'), editIcon, true, () => this.#form.open(cue))}
        ${tool(msg('Remove'), deleteIcon, true, () => this.#ask({ type: 'removeCue', data: { cueId: id } }))}
      </span>
      <button
        type="button"
        class="button small ${isLive ? 'live-button' : 'outlined'}"
        part="take-button"
        aria-label=${isLive ? msg(str`Live: ${words}, take again`) : msg(str`Take: ${words}`)}
        @click=${() => this.#ask({ type: 'takeCue', data: { cueId: id } })}
      >
        ${isLive ? msg('Live') : msg('Take')}
      </button>
    </li>`;
  }

  #ask(command: OverlayCommand): boolean {
    this.#notice.expect(command.type);
    return this.#host.dispatchEvent(new IlsOverlayRequestEvent(command));
  }
}

function findNext({ cues, current }: RunOfShow): OverlayCue | undefined {
  return cues[cues.findIndex(({ id }) => id === current) + 1];
}

function renderLoading(): TemplateResult {
  return html`<div class="loading" role="status" aria-label=${msg('Loading the run of show')}>
    ${[1, 2, 3].map(() => html`<div class="skeleton row-skeleton"></div>`)}
  </div>`;
}
