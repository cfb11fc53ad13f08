import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { addIcon } from '../../icons/add.ts';
import { closeIcon } from '../../icons/close.ts';
import { icon } from '../../icons/icon.ts';
import { msg, str } from '../../locales/localization.ts';
import type { PollAnswer, PollInput, PollKind } from '../../protocol/index.ts';

const MOST_OPTIONS = 12;
const SECONDS = [0, 10, 20, 30, 60, 120, 300] as const;

export interface PollComposerOptions {
  readonly create: (poll: PollInput, launch: boolean) => void;
  readonly cancel: () => void;
}

type ResultsShown = NonNullable<PollInput['results']>;

const hasOptions = (kind: PollKind): boolean => kind === 'single' || kind === 'multiple' || kind === 'ranking';

/** The form that makes a poll. */
export class PollComposer {
  readonly #host: ReactiveControllerHost;
  readonly #options: PollComposerOptions;
  #kind: PollKind = 'single';
  #question = '';
  #answers: readonly string[] = ['', ''];
  #isQuiz = false;
  /** Places of what is right. */
  #right: readonly number[] = [];
  /** What is right where there are no options. */
  #rightText = '';
  #seconds = 0;
  #minutes = 0;
  #results: ResultsShown = 'live';
  #isNamed = false;
  #isChangeable = false;

  constructor(host: ReactiveControllerHost, options: PollComposerOptions) {
    this.#host = host;
    this.#options = options;
  }

  render(): TemplateResult {
    const poll = this.#compose();
    const mayQuiz = this.#kind !== 'rating' && this.#kind !== 'words';
    return html`<form
      class="composer"
      part="composer"
      aria-label=${msg('New poll')}
      @submit=${(event: Event) => {
        event.preventDefault();
        if (poll !== null) this.#options.create(poll, this.#minutes === 0);
      }}
    >
      <label class="field"
        ><span class="label">${msg('Kind')}</span>
        <select class="input" @change=${(event: Event) => this.#set(() => (this.#kind = valueOf(event) as PollKind))}>
          ${kinds().map(
            ([kind, words]) => html`<option value=${kind} ?selected=${kind === this.#kind}>${words}</option>`,
          )}
        </select></label
      >
      <label class="field"
        ><span class="label">${msg('Question')}</span>
        <textarea
          class="input"
          rows="2"
          maxlength="300"
          required
          .value=${this.#question}
          @input=${(event: Event) => this.#set(() => (this.#question = valueOf(event)))}
        ></textarea>
      </label>
      ${hasOptions(this.#kind) ? this.#renderOptions(mayQuiz && this.#isQuiz) : nothing}
      ${mayQuiz ? this.#renderSwitch(msg('Quiz question, with points'), this.#isQuiz, (on) => (this.#isQuiz = on)) : nothing}
      ${
        mayQuiz && this.#isQuiz && !hasOptions(this.#kind)
          ? html`<label class="field"
              ><span class="label">${msg('Right answer')}</span>
              <input
                class="input"
                type=${this.#kind === 'number' ? 'number' : 'text'}
                step="any"
                maxlength="32"
                .value=${this.#rightText}
                @input=${(event: Event) => this.#set(() => (this.#rightText = valueOf(event)))}
            /></label>`
          : nothing
      }
      ${
        mayQuiz && this.#isQuiz
          ? nothing
          : html`${this.#renderSwitch(msg('Show who answered what'), this.#isNamed, (on) => (this.#isNamed = on))}
            ${this.#renderSwitch(msg('Answers may be changed'), this.#isChangeable, (on) => (this.#isChangeable = on))}`
      }
      <div class="field-row">
        <label class="field"
          ><span class="label">${msg('Result')}</span>
          <select
            class="input"
            @change=${(event: Event) => this.#set(() => (this.#results = valueOf(event) as ResultsShown))}
          >
            <option value="live" ?selected=${this.#results === 'live'}>${msg('Shown live')}</option>
            <option value="closed" ?selected=${this.#results === 'closed'}>${msg('Shown at the end')}</option>
            <option value="hosts" ?selected=${this.#results === 'hosts'}>${msg('Hosts only')}</option>
          </select></label
        >
        <label class="field"
          ><span class="label">${msg('Time')}</span>
          <select class="input" @change=${(event: Event) => this.#set(() => (this.#seconds = Number(valueOf(event))))}>
            ${SECONDS.map(
              (seconds) =>
                html`<option value=${seconds} ?selected=${seconds === this.#seconds}>
                  ${seconds === 0 ? msg('No limit') : msg(str`${seconds} seconds`)}
                </option>`,
            )}
          </select></label
        >
        <label class="field"
          ><span class="label">${msg('Opens')}</span>
          <select class="input" @change=${(event: Event) => this.#set(() => (this.#minutes = Number(valueOf(event))))}>
            ${[0, 1, 5, 15, 30].map(
              (minutes) =>
                html`<option value=${minutes} ?selected=${minutes === this.#minutes}>
                  ${minutes === 0 ? msg('At once') : msg(str`In ${minutes} min`)}
                </option>`,
            )}
          </select></label
        >
      </div>
      <div class="actions">
        <button type="button" class="button quiet" @click=${() => this.#options.cancel()}>${msg('Cancel')}</button>
        <button
          type="button"
          class="button outlined"
          aria-disabled=${poll === null ? 'true' : nothing}
          @click=${() => poll !== null && this.#options.create({ ...poll, launchAt: null }, false)}
        >
          ${msg('Save draft')}
        </button>
        <button type="submit" class="button primary" aria-disabled=${poll === null ? 'true' : nothing}>
          ${this.#minutes === 0 ? msg('Launch') : msg('Schedule')}
        </button>
      </div>
    </form>`;
  }

  #renderOptions(isQuiz: boolean): TemplateResult {
    return html`<fieldset class="field">
      <legend class="label">${msg('Options')}</legend>
      ${
        isQuiz
          ? html`<p class="hint">
              ${this.#kind === 'ranking' ? msg('Write them in the right order.') : msg('Mark what is right.')}
            </p>`
          : nothing
      }
      ${this.#answers.map(
        (answer, place) =>
          html`<div class="option-field">
            ${
              isQuiz && this.#kind !== 'ranking'
                ? html`<input
                    type=${this.#kind === 'single' ? 'radio' : 'checkbox'}
                    name="right"
                    aria-label=${msg(str`Option ${place + 1} is right`)}
                    .checked=${this.#right.includes(place)}
                    @change=${() => this.#mark(place)}
                  />`
                : nothing
            }
            <input
              class="input"
              maxlength="120"
              aria-label=${msg(str`Option ${place + 1}`)}
              placeholder=${msg(str`Option ${place + 1}`)}
              .value=${answer}
              @input=${(event: Event) => this.#set(() => (this.#answers = this.#answers.with(place, valueOf(event))))}
            />
            ${
              this.#answers.length > 2
                ? html`<button
                    type="button"
                    class="icon-button small"
                    aria-label=${msg(str`Remove option ${place + 1}`)}
                    @click=${() => this.#remove(place)}
                  >
                    ${icon(closeIcon)}
                  </button>`
                : nothing
            }
          </div>`,
      )}
      ${
        this.#answers.length < MOST_OPTIONS
          ? html`<button
              type="button"
              class="button quiet small"
              @click=${() => this.#set(() => (this.#answers = [...this.#answers, '']))}
            >
              ${icon(addIcon)}${msg('Add an option')}
            </button>`
          : nothing
      }
    </fieldset>`;
  }

  #renderSwitch(words: string, isOn: boolean, change: (on: boolean) => void): TemplateResult {
    return html`<label class="switch"
      ><input
        type="checkbox"
        .checked=${isOn}
        @change=${({ target }: Event) => this.#set(() => change(target instanceof HTMLInputElement && target.checked))}
      />${words}</label
    >`;
  }

  /** The poll as it stands, once it is one. */
  #compose(): PollInput | null {
    const question = this.#question.trim();
    const options = hasOptions(this.#kind) ? this.#answers.map((answer) => answer.trim()) : [];
    const filled = options.filter((option) => option !== '');
    if (question === '' || new Set(filled).size < filled.length) return null;
    if (hasOptions(this.#kind) && filled.length < 2) return null;
    const isQuiz = this.#isQuiz && this.#kind !== 'rating' && this.#kind !== 'words';
    const right = isQuiz ? this.#findRight(options) : null;
    if (isQuiz && right === null) return null;
    return {
      question,
      kind: this.#kind,
      options: filled,
      anonymous: !isQuiz && !this.#isNamed,
      changeable: !isQuiz && this.#isChangeable,
      results: this.#results,
      durationMs: this.#seconds === 0 ? null : this.#seconds * 1_000,
      launchAt: this.#minutes === 0 ? null : Date.now() + this.#minutes * 60_000,
      quiz: right && { right },
    };
  }

  #findRight(options: readonly string[]): PollAnswer | null {
    const text = this.#rightText.trim();
    if (this.#kind === 'number') return text === '' ? null : { type: 'number', number: Number(text) };
    if (this.#kind === 'text') return text === '' ? null : { type: 'words', words: [text] };
    // Empty options are left out, and the places after them move up.
    const filled = options.flatMap((option, place) => (option === '' ? [] : [place]));
    if (this.#kind === 'ranking') return { type: 'choices', choices: filled.map((_, place) => place) };
    const choices = filled.flatMap((place, index) => (this.#right.includes(place) ? [index] : []));
    return choices.length === 0
      ? null
      : { type: 'choices', choices: this.#kind === 'single' ? choices.slice(0, 1) : choices };
  }

  #mark(place: number): void {
    this.#set(() => {
      if (this.#kind === 'single') this.#right = [place];
      else if (this.#right.includes(place)) this.#right = this.#right.filter((each) => each !== place);
      else this.#right = [...this.#right, place];
    });
  }

  #remove(place: number): void {
    this.#set(() => {
      this.#answers = this.#answers.filter((_, each) => each !== place);
      this.#right = this.#right.filter((each) => each !== place).map((each) => (each > place ? each - 1 : each));
    });
  }

  #set(change: () => void): void {
    change();
    this.#host.requestUpdate();
  }
}

const kinds = (): readonly (readonly [PollKind, string])[] => [
  ['single', msg('One choice')],
  ['multiple', msg('Several choices')],
  ['rating', msg('Rating')],
  ['ranking', msg('Ranking')],
  ['words', msg('Word cloud')],
  ['number', msg('Guess a number')],
  ['text', msg('Open text')],
];

const valueOf = ({ target }: Event): string =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    ? target.value
    : '';
