import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { IlsEndRoomRequestEvent } from '../../events/connection-requests.ts';
import { IlsEndWithSlateRequestEvent } from '../../events/moderation-desk-requests.ts';
import { IlsBanParticipantRequestEvent } from '../../events/moderation-requests.ts';
import { IlsRemoveParticipantRequestEvent } from '../../events/participant-requests.ts';
import { endedIcon } from '../../icons/ended.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
import { removeIcon } from '../../icons/remove.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ParticipantView, RequestName } from '../../protocol/index.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import dialogStyles from '../../styles/dialog.styles.ts';
import styles from './participant-dialogs.styles.ts';

const HOUR_MS = 3_600_000;

interface Form {
  readonly title: string;
  readonly text: string;
  readonly icon: IconNode;
  readonly confirm: string;
  readonly body: () => TemplateResult | typeof nothing;
  /** Carries out what was filled in. */
  readonly submit: (field: (name: string) => string) => void;
}

export type Ask = (event: Event, request: RequestName) => void;

/** What a host fills in before somebody is removed, or the room ends for everyone. Loaded when it is first asked. */
export class ParticipantDialogs implements ReactiveController {
  readonly #host: LitElement;
  readonly #ask: Ask;
  readonly #dialog = createRef<HTMLDialogElement>();
  #form: Form | undefined;

  constructor(host: LitElement, ask: Ask) {
    this.#host = host;
    this.#ask = ask;
    adoptStyles(host.renderRoot as ShadowRoot, dialogStyles, styles);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#dialog.value?.close();
  }

  remove({ id, name }: ParticipantView): Promise<void> {
    return this.#open({
      title: msg(str`Remove ${name}?`),
      text: msg('They leave at once, and what they publish ends.'),
      icon: removeIcon,
      confirm: msg('Remove'),
      body: renderRemoval,
      submit: (field) => {
        const how = field('how');
        const reason = field('reason');
        if (how === 'once') return this.#ask(new IlsRemoveParticipantRequestEvent(id, reason), 'removeParticipant');
        const durationMs = how === 'ever' ? undefined : Number(how);
        this.#ask(new IlsBanParticipantRequestEvent(id, { durationMs, reason }), 'banParticipant');
      },
    });
  }

  /** `showsSlate`: who asks may put something on everyone's screen. */
  end(showsSlate: boolean): Promise<void> {
    return this.#open({
      title: msg('End the room for everyone?'),
      text: msg('Everyone is sent out at once, broadcast and recording stop, and nobody can come back.'),
      icon: endedIcon,
      confirm: msg('End for everyone'),
      body: () => (showsSlate ? renderSlate() : nothing),
      submit: (field) => {
        const title = showsSlate ? field('title') : '';
        if (title === '') return this.#ask(new IlsEndRoomRequestEvent(), 'endRoom');
        this.#ask(new IlsEndWithSlateRequestEvent(title, field('text')), 'endRoom');
      },
    });
  }

  render(): TemplateResult | typeof nothing {
    const form = this.#form;
    if (form === undefined) return nothing;
    return html`<dialog
      ${ref(this.#dialog)}
      class="dialog"
      part="dialog"
      aria-labelledby="form-title"
      aria-describedby="form-text"
      @click=${(event: Event) => event.target === this.#dialog.value && this.#close()}
      @keydown=${(event: Event) => event.stopPropagation()}
    >
      <form class="dialog-body" method="dialog" @submit=${(event: SubmitEvent) => this.#handleSubmit(event, form)}>
        <h2 id="form-title" class="dialog-title">${icon(form.icon)} ${form.title}</h2>
        <p id="form-text" class="dialog-text">${form.text}</p>
        ${form.body()}
        <div class="dialog-actions">
          <button type="button" class="button" part="cancel-button" autofocus @click=${() => this.#close()}>
            ${msg('Cancel')}
          </button>
          <button type="submit" class="button danger" part="confirm-button">${form.confirm}</button>
        </div>
      </form>
    </dialog>`;
  }

  async #open(form: Form): Promise<void> {
    this.#form = form;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const dialog = this.#dialog.value;
    if (this.#form !== form || dialog === undefined || dialog.open) return;
    // What was filled in and given up is gone.
    dialog.querySelector('form')?.reset();
    dialog.showModal();
  }

  #close(): void {
    this.#dialog.value?.close();
  }

  #handleSubmit(event: SubmitEvent, form: Form): void {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    form.submit((name) => {
      const value = data.get(name);
      return typeof value === 'string' ? value.trim() : '';
    });
    this.#close();
  }
}

function renderRemoval(): TemplateResult {
  const choices: readonly (readonly [string, string, string])[] = [
    ['once', msg('Just now'), msg('They need a new invitation to come back.')],
    [String(HOUR_MS), msg('Ban for 1 hour'), msg('No invitation lets them in meanwhile.')],
    [String(24 * HOUR_MS), msg('Ban for 24 hours'), msg('No invitation lets them in meanwhile.')],
    ['ever', msg('Ban for good'), msg('No invitation lets them in again.')],
  ];
  return html`<fieldset class="choices">
      <legend class="visually-hidden">${msg('For how long')}</legend>
      ${choices.map(
        ([value, label, note], index) =>
          html`<label class="choice" part="choice">
            <input type="radio" name="how" value=${value} ?checked=${index === 0} />
            <span>${label}</span><small>${note}</small>
          </label>`,
      )}
    </fieldset>
    <label class="field reason">
      <span class="label">${msg('Reason, for the moderation log')}</span>
      <input class="input" part="field" name="reason" maxlength="300" autocomplete="off" />
    </label>`;
}

function renderSlate(): TemplateResult {
  return html`<label class="field">
      <span class="label">${msg('Last words on everyone’s screen')}</span>
      <input
        class="input"
        part="field"
        name="title"
        maxlength="80"
        autocomplete="off"
        value=${msg('Thank you for being there.')}
      />
    </label>
    <label class="field">
      <span class="label">${msg('Text below (optional)')}</span>
      <textarea class="input" part="field" name="text" maxlength="200" rows="2"></textarea>
    </label>`;
}
