import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import { IlsCreatePollRequestEvent, IlsUpdatePollRequestEvent } from '../../events/poll-desk-requests.ts';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { warningIcon } from '../../icons/warning.ts';
import { describeError } from '../../locales/errors.ts';
import { msg } from '../../locales/localization.ts';
import type { PollId, PollView, RoleName } from '../../protocol/index.ts';
import { draftOf, EMPTY_DRAFT, toPoll, type PollDraft } from './poll-draft.ts';
import { FAULTY, findFaults, type PollFaults } from './poll-faults.ts';
import type { DraftForm } from './poll-fields.ts';
import { renderQuestionFields } from './poll-question-fields.ts';
import { renderSettingsFields } from './poll-settings-fields.ts';

/** Keep it, open it now, or open it when its time comes. */
type Aim = 'keep' | 'launch' | 'schedule';

export interface PollComposerOptions {
  readonly room: () => RoomContext | undefined;
  /** The form goes; what is in it stays, should it be opened again. */
  readonly close: () => void;
  /** The server keeps it, or a page has taken it over (`null`). */
  readonly finish: (id: PollId | null, launched: boolean) => void;
}

/** The form that makes a poll, or changes one that is not open yet. What is in it stays until the server has it. */
export class PollComposer {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: PollComposerOptions;
  /** The poll that is changed; `null` for a new one. */
  readonly #poll: PollView | null;
  #draft: PollDraft;
  readonly #start: PollDraft;
  /** What was tried last; its faults are said from then on. */
  #tried: Aim | null = null;
  #isSaving = false;
  #refusal = '';

  /** `like`: begins with what another poll asks. */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    options: PollComposerOptions,
    poll: PollView | null = null,
    like: PollView | null = poll,
  ) {
    this.#host = host;
    this.#options = options;
    this.#poll = poll;
    this.#start =
      like === null ? EMPTY_DRAFT : { ...draftOf(like), launchAt: poll === null ? null : draftOf(like).launchAt };
    this.#draft = this.#start;
  }

  /** Whether there is something in it that is kept nowhere else. */
  get isTouched(): boolean {
    return this.#draft !== this.#start;
  }

  render(): TemplateResult {
    const draft = this.#draft;
    const now = this.#now();
    const store = this.#options.room()?.store;
    const isIn = store?.connection.state.value === 'joined';
    const busy = this.#isSaving || !isIn ? 'true' : nothing;
    const isScheduled = draft.launchAt !== null;
    const form: DraftForm = {
      draft,
      faults: this.#tried === null ? {} : this.#faults(this.#tried, now),
      element: this.#host,
      roles: Object.values(store?.connection.roles.value ?? {})
        .filter(({ permissions }) => permissions.includes('poll.vote'))
        .map(({ name, permissions }) => ({ name: name as RoleName, isManager: permissions.includes('poll.manage') })),
      change: (changed) => this.#change(changed),
    };
    return html`<form
      class="composer"
      part="composer"
      novalidate
      aria-label=${this.#poll === null ? msg('New poll') : msg('Change the poll')}
      aria-busy=${this.#isSaving ? 'true' : nothing}
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#save(isScheduled ? 'schedule' : 'launch');
      }}
    >
      <h2 class="composer-title">${this.#poll === null ? msg('New poll') : msg('Change the poll')}</h2>
      ${this.#renderMeanwhile()} ${renderQuestionFields(form)}
      <hr />
      ${renderSettingsFields(form)}
      <div role="alert" class="refusal">
        ${
          this.#refusal === ''
            ? nothing
            : html`<div class="banner danger" part="notice">
                ${icon(errorIcon)}<span class="banner-words"
                  >${this.#refusal} ${msg('Nothing you wrote is lost.')}</span
                >
              </div>`
        }
      </div>
      <div class="actions">
        <button type="button" class="button quiet" part="cancel-button" @click=${() => this.#options.close()}>
          ${msg('Cancel')}
        </button>
        ${
          !this.isTouched
            ? nothing
            : html`<button type="button" class="button quiet" part="reset-button" @click=${() => this.#reset()}>
                ${msg('Start over')}
              </button>`
        }
        <span class="space"></span>
        <button
          type="button"
          class="button outlined"
          part="save-button"
          aria-disabled=${busy}
          @click=${() => void this.#save('keep')}
        >
          ${msg('Save draft')}
        </button>
        <button type="submit" class="button primary" part="launch-button" aria-disabled=${busy}>
          ${isScheduled ? msg('Schedule') : msg('Launch')}
        </button>
      </div>
    </form>`;
  }

  focus(): void {
    this.#host.shadowRoot?.querySelector<HTMLElement>('.composer textarea')?.focus();
  }

  /** What another host did with the poll while this one was writing. */
  #renderMeanwhile(): TemplateResult | typeof nothing {
    const poll = this.#poll;
    if (poll === null || this.#isSaving) return nothing;
    const now = this.#known(poll.id);
    const words = !isPlanned(now)
      ? msg('This poll was opened or deleted meanwhile. What you save becomes a new one.')
      : now.revision > poll.revision
        ? msg('Somebody else has changed this poll meanwhile. Saving replaces their change.')
        : '';
    return words === ''
      ? nothing
      : html`<div class="banner warning" part="notice" role="status">
          ${icon(warningIcon)}<span class="banner-words">${words}</span>
        </div>`;
  }

  async #save(aim: Aim): Promise<void> {
    if (this.#isSaving || this.#options.room()?.store.connection.state.peek() !== 'joined') return;
    this.#tried = aim;
    this.#refusal = '';
    const faults = this.#faults(aim, this.#now());
    if (Object.keys(faults).length > 0) return this.#showFaults(faults);
    const draft = aim === 'schedule' ? this.#draft : { ...this.#draft, launchAt: null };
    const input = toPoll(draft);
    const id = this.#poll !== null && isPlanned(this.#known(this.#poll.id)) ? this.#poll.id : null;
    const launch = aim === 'launch';
    const request =
      id === null ? new IlsCreatePollRequestEvent(input, launch) : new IlsUpdatePollRequestEvent(id, input, launch);
    if (!this.#host.dispatchEvent(request)) return this.#options.finish(null, launch);
    this.#isSaving = true;
    this.#host.requestUpdate();
    try {
      const saved = await request.saved;
      this.#options.finish(saved, launch);
    } catch {
      // Why stands in the store's notices.
      const notice = this.#options.room()?.store.notices.latest.peek();
      const isOurs = notice?.request === 'createPoll' || notice?.request === 'updatePoll';
      this.#refusal = isOurs ? describeError(notice.error) : msg('Something went wrong. Try again.');
    }
    this.#isSaving = false;
    this.#host.requestUpdate();
  }

  #faults(aim: Aim, now: number): PollFaults {
    return findFaults(aim === 'schedule' ? this.#draft : { ...this.#draft, launchAt: null }, now);
  }

  async #showFaults(faults: PollFaults): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const first = FAULTY.find((part) => faults[part] !== undefined);
    const around = this.#host.shadowRoot?.querySelector(`#fault-${first}`)?.closest('.field, fieldset');
    (around?.querySelector<HTMLElement>('[aria-invalid]') ?? around?.querySelector('input'))?.focus();
  }

  #known(id: PollId): PollView | undefined {
    return this.#options.room()?.store.features.loaded.value.polls?.byId.value.get(id);
  }

  /** The server's time. Milliseconds since the epoch. */
  #now(): number {
    return Date.now() + (this.#options.room()?.store.connection.serverOffsetMs.peek() ?? 0);
  }

  #reset(): void {
    this.#draft = this.#start;
    this.#tried = null;
    this.#refusal = '';
    this.#host.requestUpdate();
    this.focus();
  }

  #change(changed: Parameters<DraftForm['change']>[0]): void {
    this.#draft = { ...this.#draft, ...(typeof changed === 'function' ? changed(this.#draft) : changed) };
    this.#refusal = '';
    this.#host.requestUpdate();
  }
}

const isPlanned = (poll: PollView | undefined): poll is PollView =>
  poll?.state === 'draft' || poll?.state === 'scheduled';
