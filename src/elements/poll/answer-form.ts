import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../icons/icon.ts';
import { chevronDownIcon } from '../../icons/chevron-down.ts';
import { chevronUpIcon } from '../../icons/chevron-up.ts';
import { starIcon } from '../../icons/star.ts';
import { msg, str } from '../../locales/localization.ts';
import type { PollAnswer, PollView } from '../../protocol/index.ts';

/** Where an answer is put together: one form for each kind of poll. */
export class AnswerForm implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #pollId = '';
  #choices: readonly number[] = [];
  #number: number | null = null;
  #words: readonly string[] = [];
  #text = '';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Begins with that answer, or with none, unless this poll is being answered already. */
  begin(poll: PollView, answer: PollAnswer | undefined): void {
    if (poll.id === this.#pollId) return;
    this.reset(poll, answer);
  }

  reset(poll: PollView, answer: PollAnswer | undefined): void {
    this.#pollId = poll.id;
    this.#choices =
      answer?.type === 'choices'
        ? answer.choices
        : poll.kind === 'ranking'
          ? poll.options.map((_, place) => place)
          : [];
    this.#number = answer?.type === 'number' ? answer.number : null;
    this.#words = answer?.type === 'words' ? answer.words : [];
    this.#text = answer?.type === 'text' ? answer.text : '';
  }

  /** The answer as it stands, once it is one. */
  answerTo(poll: PollView): PollAnswer | null {
    switch (poll.kind) {
      case 'single':
      case 'multiple':
      case 'ranking':
        return this.#choices.length === 0 ? null : { type: 'choices', choices: [...this.#choices] };
      case 'rating':
        return this.#number === null ? null : { type: 'number', number: this.#number };
      case 'number': {
        if (this.#number === null || !Number.isFinite(this.#number)) return null;
        const { least = -1e12, most = 1e12 } = poll.range ?? {};
        return this.#number >= least && this.#number <= most ? { type: 'number', number: this.#number } : null;
      }
      case 'words': {
        const words = this.#words.map((word) => word.trim()).filter((word) => word !== '');
        return words.length === 0 ? null : { type: 'words', words };
      }
      case 'text': {
        const text = this.#text.trim();
        return text === '' ? null : { type: 'text', text };
      }
    }
  }

  render(poll: PollView): TemplateResult {
    switch (poll.kind) {
      case 'single':
      case 'multiple':
        return this.#renderOptions(poll);
      case 'ranking':
        return this.#renderRanking(poll);
      case 'rating':
        return this.#renderRating(poll);
      case 'number':
        return this.#renderNumber(poll);
      case 'words':
        return this.#renderWords(poll);
      case 'text':
        return html`<textarea
          class="input"
          part="field"
          rows="3"
          maxlength="280"
          aria-label=${msg('Your answer')}
          placeholder=${msg('Your answer')}
          .value=${this.#text}
          @input=${(event: Event) => this.#change(() => (this.#text = valueOf(event)))}
        ></textarea>`;
    }
  }

  #renderOptions({ kind, options, maxChoices }: PollView): TemplateResult {
    const isFull = kind === 'multiple' && this.#choices.length >= maxChoices;
    return html`${
        kind === 'multiple' && maxChoices < options.length
          ? html`<p class="hint">${msg(str`Choose up to ${maxChoices}.`)}</p>`
          : nothing
      }
      <div class="options">
        ${options.map((option, place) => {
          const isChosen = this.#choices.includes(place);
          return html`<label class="option ${isChosen ? 'chosen' : ''}" part="option">
            <input
              type=${kind === 'single' ? 'radio' : 'checkbox'}
              name="choice"
              .checked=${isChosen}
              ?disabled=${isFull && !isChosen}
              @change=${() => this.#choose(kind === 'single', place)}
            />
            <span class="option-words">${option}</span>
          </label>`;
        })}
      </div>`;
  }

  #renderRanking({ options }: PollView): TemplateResult {
    return html`<p class="hint">${msg('Put them in your order, the best first.')}</p>
      <ol class="options">
        ${repeat(
          this.#choices,
          (choice) => choice,
          (choice, place) => {
            const name = options[choice] ?? '';
            return html`<li class="option" part="option">
              <span class="place tabular">${place + 1}</span><span class="option-words">${name}</span>
              <button
                type="button"
                class="icon-button small"
                aria-label=${msg(str`Move ${name} up`)}
                aria-disabled=${place === 0 ? 'true' : nothing}
                @click=${(event: Event) => void this.#move(place, -1, event)}
              >
                ${icon(chevronUpIcon)}
              </button>
              <button
                type="button"
                class="icon-button small"
                aria-label=${msg(str`Move ${name} down`)}
                aria-disabled=${place === this.#choices.length - 1 ? 'true' : nothing}
                @click=${(event: Event) => void this.#move(place, 1, event)}
              >
                ${icon(chevronDownIcon)}
              </button>
            </li>`;
          },
        )}
      </ol>`;
  }

  #renderRating({ scale }: PollView): TemplateResult {
    const steps = Array.from({ length: scale }, (_, index) => index + 1);
    return html`<div class="stars">
      ${steps.map(
        (step) =>
          html`<label class="star ${step <= (this.#number ?? 0) ? 'chosen' : ''}">
            <input
              type="radio"
              name="rating"
              class="visually-hidden"
              aria-label=${msg(str`${step} of ${scale}`)}
              .checked=${step === this.#number}
              @change=${() => this.#change(() => (this.#number = step))}
            />${icon(starIcon)}
          </label>`,
      )}
    </div>`;
  }

  #renderNumber({ range, unit }: PollView): TemplateResult {
    return html`<div class="guess">
        <input
          class="input"
          part="field"
          type="number"
          step="any"
          inputmode="decimal"
          min=${range?.least ?? nothing}
          max=${range?.most ?? nothing}
          aria-label=${msg('Your guess')}
          placeholder=${msg('Your guess')}
          .value=${this.#number === null ? '' : String(this.#number)}
          @input=${(event: Event) => this.#change(() => (this.#number = toNumber(valueOf(event))))}
        />
        ${unit === '' ? nothing : html`<span class="unit">${unit}</span>`}
      </div>
      ${range === null ? nothing : html`<p class="hint tabular">${msg(str`From ${range.least} to ${range.most}.`)}</p>`}`;
  }

  #renderWords({ maxChoices }: PollView): TemplateResult {
    return html`<div class="options">
      ${Array.from(
        { length: maxChoices },
        (_, place) =>
          html`<input
            class="input"
            part="field"
            maxlength="32"
            aria-label=${msg(str`Word ${place + 1}`)}
            placeholder=${msg(str`Word ${place + 1}`)}
            .value=${this.#words[place] ?? ''}
            @input=${(event: Event) =>
              this.#change(() => {
                this.#words = Array.from({ length: maxChoices }, (__, each) =>
                  each === place ? valueOf(event) : (this.#words[each] ?? ''),
                );
              })}
          />`,
      )}
    </div>`;
  }

  #choose(only: boolean, place: number): void {
    this.#change(() => {
      if (only) this.#choices = [place];
      else if (this.#choices.includes(place)) this.#choices = this.#choices.filter((choice) => choice !== place);
      else this.#choices = [...this.#choices, place];
    });
  }

  async #move(place: number, by: 1 | -1, { currentTarget }: Event): Promise<void> {
    const choices = [...this.#choices];
    const [moved] = choices.splice(place, 1);
    if (moved === undefined || place + by < 0 || place + by > choices.length) return;
    choices.splice(place + by, 0, moved);
    this.#change(() => (this.#choices = choices));
    await this.#host.updateComplete;
    // The row moved in the page, which takes the focus away from it.
    if (currentTarget instanceof HTMLElement) currentTarget.focus();
  }

  #change(change: () => void): void {
    change();
    this.#host.requestUpdate();
  }
}

const valueOf = ({ target }: Event): string =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : '';

const toNumber = (text: string): number | null => (text.trim() === '' ? null : Number(text));
