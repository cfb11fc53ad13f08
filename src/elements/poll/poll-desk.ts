import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import { ConfirmationController } from '../../controllers/confirmation.ts';
import { IlsManagePollRequestEvent } from '../../events/poll-desk-requests.ts';
import { addIcon } from '../../icons/add.ts';
import { copyIcon } from '../../icons/copy.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { downloadIcon } from '../../icons/download.ts';
import { editIcon } from '../../icons/edit.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
import { languageOf, msg, once, str, supported } from '../../locales/localization.ts';
import type { PollId, PollView } from '../../protocol/index.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import dialogStyles from '../../styles/dialog.styles.ts';
import { PollComposer } from './poll-composer.ts';
import styles from './poll-desk.styles.ts';
import { savePollFile } from './poll-file.ts';
import type { PollRequest, Polls } from './poll-view.ts';

const REQUESTS = { launch: 'launchPoll', close: 'closePoll', reveal: 'revealPoll', delete: 'deletePoll' } as const;

export interface PollDeskOptions {
  readonly room: () => RoomContext | undefined;
  /** Shows that poll; `null`: the latest. */
  readonly choose: (id: PollId | null) => void;
  /** A refusal of that request is said. */
  readonly expect: (request: PollRequest) => void;
}

/** What whoever manages polls has beside the poll: what to do with it, the others, and the composer. */
export class PollDesk {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: PollDeskOptions;
  readonly #confirmation: ConfirmationController;
  #composer: PollComposer | null = null;
  /** Forms that were left with something in them, by the poll they change; `null` for a new one. */
  readonly #unfinished = new Map<PollId | null, PollComposer>();

  constructor(host: ReactiveControllerHost & HTMLElement, options: PollDeskOptions) {
    this.#host = host;
    this.#options = options;
    this.#confirmation = new ConfirmationController(host);
    if (host.shadowRoot !== null) adoptStyles(host.shadowRoot, dialogStyles, styles);
  }

  get isComposing(): boolean {
    return this.#composer !== null;
  }

  renderComposer(): TemplateResult | undefined {
    return this.#composer?.render();
  }

  render(polls: Polls, shown: PollView | null): TemplateResult {
    return html`${this.isComposing ? nothing : this.#renderDesk(polls, shown)} ${this.#confirmation.render()}`;
  }

  #renderDesk(polls: Polls, shown: PollView | null): TemplateResult {
    const others = [...polls.byId.value.values()].filter(({ id }) => id !== shown?.id).reverse();
    return html`<div class="desk" part="desk">
      ${shown === null ? nothing : this.#renderControls(shown)}
      <button type="button" class="button outlined wide" part="new-button" @click=${() => this.#compose(null)}>
        ${icon(addIcon)}${this.#unfinished.has(null) ? msg('Go on with the new poll') : msg('New poll')}
      </button>
      ${this.#renderList(msg('Drafts and scheduled'), others.filter(isPlanned))}
      ${this.#renderList(
        msg('Other polls'),
        others.filter((poll) => !isPlanned(poll)),
      )}
    </div>`;
  }

  #renderControls(poll: PollView): TemplateResult {
    const { state, revealedAt, quiz, results, watchers } = poll;
    const canReveal =
      state === 'closed' && revealedAt === null && (quiz !== null || results === 'hosts' || watchers !== null);
    return html`<div class="controls">
      ${isPlanned(poll) ? this.#renderButton(poll, 'launch', msg('Launch')) : nothing}
      ${state === 'open' ? this.#renderButton(poll, 'close', msg('Close the poll')) : nothing}
      ${
        canReveal
          ? this.#renderButton(poll, 'reveal', quiz === null ? msg('Show the result') : msg('Reveal the answer'))
          : nothing
      }
      <div class="tools">
        ${
          isPlanned(poll)
            ? this.#renderIconButton(msg('Change the poll'), editIcon, () => this.#compose(poll))
            : html`${this.#renderExport(poll, 'csv', 'CSV')} ${this.#renderExport(poll, 'json', 'JSON')}
              ${this.#renderIconButton(msg('Ask it again'), copyIcon, () => this.#compose(null, poll))}`
        }
        ${this.#renderIconButton(msg('Delete the poll'), deleteIcon, () => void this.#delete(poll))}
      </div>
    </div>`;
  }

  #renderButton({ id }: PollView, change: keyof typeof REQUESTS, words: string): TemplateResult {
    return html`<button type="button" class="button primary" @click=${() => this.#manage(id, change)}>
      ${words}
    </button>`;
  }

  #renderIconButton(words: string, image: IconNode, handleClick: () => void): TemplateResult {
    return html`<button type="button" class="icon-button" aria-label=${words} title=${words} @click=${handleClick}>
      ${icon(image)}
    </button>`;
  }

  #renderExport({ id }: PollView, format: 'csv' | 'json', words: string): TemplateResult {
    return html`<button
      type="button"
      class="button quiet small"
      part="export-button"
      aria-label=${msg(str`Download the answers as ${words}`)}
      title=${msg(str`Download the answers as ${words}`)}
      @click=${() => void this.#export(id, format)}
    >
      ${icon(downloadIcon)}${words}
    </button>`;
  }

  #renderList(title: string, polls: readonly PollView[]): TemplateResult | typeof nothing {
    if (polls.length === 0) return nothing;
    return html`<h3 class="label">${title}</h3>
      <ul class="polls">
        ${polls.map((poll) => this.#renderRow(poll))}
      </ul>`;
  }

  #renderRow(poll: PollView): TemplateResult {
    const { id, question, state, launchAt } = poll;
    const words = {
      draft: msg('Draft'),
      scheduled: launchAt === null ? msg('Scheduled') : formatMoment(launchAt, languageOf(this.#host)),
      open: msg('Open'),
      closed: msg('Closed'),
    }[state];
    return html`<li class="poll-row">
      <button type="button" class="poll-choice" @click=${() => this.#options.choose(id)}>
        <span class="poll-question" dir="auto">${question}</span>
        <span class="badge ${state === 'open' ? 'accent' : ''}">${words}</span>
      </button>
      ${
        isPlanned(poll)
          ? html`${this.#renderIconButton(msg(str`Change: ${question}`), editIcon, () => this.#compose(poll))}
              ${this.#renderIconButton(msg(str`Delete: ${question}`), deleteIcon, () => void this.#delete(poll))}
              <button
                type="button"
                class="button outlined small"
                aria-label=${msg(str`Launch: ${question}`)}
                @click=${() => this.#manage(id, 'launch')}
              >
                ${msg('Launch')}
              </button>`
          : nothing
      }
    </li>`;
  }

  /** `like`: a new poll that asks the same. */
  #compose(poll: PollView | null, like: PollView | null = poll): void {
    const key = poll?.id ?? null;
    const kept = like === poll ? this.#unfinished.get(key) : undefined;
    const composer: PollComposer =
      kept ??
      new PollComposer(
        this.#host,
        {
          room: this.#options.room,
          close: () => {
            if (composer.isTouched) this.#unfinished.set(key, composer);
            else this.#unfinished.delete(key);
            this.#endComposing();
          },
          finish: (id, launched) => {
            this.#unfinished.delete(key);
            this.#options.choose(launched ? null : id);
            // Where it was made but could not be opened, the draft is there, and it is said why.
            if (launched) this.#options.expect('launchPoll');
            if (this.#composer === composer) this.#endComposing();
          },
        },
        poll,
        like,
      );
    this.#composer = composer;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => composer.focus());
  }

  #endComposing(): void {
    this.#composer = null;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#host.shadowRoot?.querySelector<HTMLElement>('[part="new-button"]')?.focus(),
    );
  }

  async #delete({ id, question, state }: PollView): Promise<void> {
    const isAsked = state === 'open' || state === 'closed';
    const confirmed = await this.#confirmation.ask({
      title: msg('Delete the poll?'),
      text: isAsked
        ? msg(str`“${question}” goes with all its answers and points.`)
        : msg(str`“${question}” goes for good.`),
      confirm: msg('Delete'),
      icon: deleteIcon,
    });
    if (confirmed) this.#manage(id, 'delete');
  }

  async #export(pollId: PollId, format: 'csv' | 'json'): Promise<void> {
    this.#options.expect('exportPoll');
    try {
      const file = await this.#options.room()?.actions.exportPoll({ pollId, format });
      if (file !== undefined) savePollFile(file);
    } catch {
      // Why stands in the store's notices, and is said from there.
    }
  }

  #manage(id: PollId, change: keyof typeof REQUESTS): void {
    this.#options.expect(REQUESTS[change]);
    if (change === 'launch' || change === 'delete') this.#options.choose(null);
    this.#host.dispatchEvent(new IlsManagePollRequestEvent(id, change));
  }
}

const isPlanned = ({ state }: PollView): boolean => state === 'draft' || state === 'scheduled';

/** 3 Mar, 18:30, for milliseconds since the epoch. */
function formatMoment(timeMs: number, language: string): string {
  return once(
    `moment ${language}`,
    () =>
      new Intl.DateTimeFormat(supported(language), {
        day: 'numeric',
        month: 'short',
        hour: 'numeric',
        minute: '2-digit',
      }),
  ).format(timeMs);
}
