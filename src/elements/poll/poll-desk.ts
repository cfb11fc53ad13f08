import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { IlsCreatePollRequestEvent, IlsManagePollRequestEvent } from '../../events/poll-requests.ts';
import { addIcon } from '../../icons/add.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { icon } from '../../icons/icon.ts';
import { msg, str } from '../../locales/localization.ts';
import type { PollId, PollInput, PollView } from '../../protocol/index.ts';
import { PollComposer } from './poll-composer.ts';
import type { PollRequest, Polls } from './poll-view.ts';

const REQUESTS = { launch: 'launchPoll', close: 'closePoll', reveal: 'revealPoll', delete: 'deletePoll' } as const;

export interface PollDeskOptions {
  /** Shows that poll; `null`: the latest. */
  readonly choose: (id: PollId | null) => void;
  /** A refusal of that request is said. */
  readonly expect: (request: PollRequest) => void;
}

/** What whoever manages polls has beside the poll: what to do with it, the others, and the composer. */
export class PollDesk {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: PollDeskOptions;
  #composer: PollComposer | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, options: PollDeskOptions) {
    this.#host = host;
    this.#options = options;
  }

  get isComposing(): boolean {
    return this.#composer !== null;
  }

  renderComposer(): TemplateResult | undefined {
    return this.#composer?.render();
  }

  render(polls: Polls, shown: PollView | null): TemplateResult {
    const others = [...polls.byId.value.values()].filter(({ id }) => id !== shown?.id).reverse();
    return html`<div class="desk" part="desk">
      ${shown === null ? nothing : this.#renderControls(shown)}
      <button type="button" class="button outlined wide" @click=${() => this.#compose()}>
        ${icon(addIcon)}${msg('New poll')}
      </button>
      ${
        others.length === 0
          ? nothing
          : html`<h3 class="label">${msg('Other polls')}</h3>
              <ul class="polls">
                ${others.map((poll) => this.#renderRow(poll))}
              </ul>`
      }
    </div>`;
  }

  #renderControls(poll: PollView): TemplateResult {
    const { state, revealedAt, quiz, results, watchers } = poll;
    const canReveal =
      state === 'closed' && revealedAt === null && (quiz !== null || results === 'hosts' || watchers !== null);
    return html`<div class="actions">
      ${
        state === 'draft' || state === 'scheduled'
          ? this.#renderButton(poll, 'launch', msg('Launch'), 'primary')
          : nothing
      }
      ${state === 'open' ? this.#renderButton(poll, 'close', msg('Close the poll'), 'primary') : nothing}
      ${
        canReveal
          ? this.#renderButton(
              poll,
              'reveal',
              quiz === null ? msg('Show the result') : msg('Reveal the answer'),
              'primary',
            )
          : nothing
      }
      <button
        type="button"
        class="icon-button"
        aria-label=${msg('Delete the poll')}
        title=${msg('Delete the poll')}
        @click=${() => this.#manage(poll.id, 'delete')}
      >
        ${icon(deleteIcon)}
      </button>
    </div>`;
  }

  #renderButton(
    { id }: PollView,
    change: keyof typeof REQUESTS,
    words: string,
    kind: 'primary' | 'outlined',
  ): TemplateResult {
    return html`<button type="button" class="button ${kind}" @click=${() => this.#manage(id, change)}>
      ${words}
    </button>`;
  }

  #renderRow({ id, question, state }: PollView): TemplateResult {
    const words = {
      draft: msg('Draft'),
      scheduled: msg('Scheduled'),
      open: msg('Open'),
      closed: msg('Closed'),
    }[state];
    return html`<li class="poll-row">
      <button type="button" class="poll-choice" @click=${() => this.#options.choose(id)}>
        <span class="truncate" dir="auto">${question}</span>
        <span class="badge ${state === 'open' ? 'accent' : ''}">${words}</span>
      </button>
      ${
        state === 'draft' || state === 'scheduled'
          ? html`<button
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

  #compose(): void {
    this.#composer = new PollComposer(this.#host, {
      create: (poll, launch) => this.#create(poll, launch),
      cancel: () => this.#endComposing(),
    });
    this.#host.requestUpdate();
  }

  #create(poll: PollInput, launch: boolean): void {
    this.#options.expect('createPoll');
    this.#host.dispatchEvent(new IlsCreatePollRequestEvent(poll, launch));
    this.#options.choose(null);
    this.#endComposing();
  }

  #endComposing(): void {
    this.#composer = null;
    this.#host.requestUpdate();
  }

  #manage(id: PollId, change: keyof typeof REQUESTS): void {
    this.#options.expect(REQUESTS[change]);
    if (change === 'launch' || change === 'delete') this.#options.choose(null);
    this.#host.dispatchEvent(new IlsManagePollRequestEvent(id, change));
  }
}
