import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import { msg } from '../../locales/localization.ts';
import type { ChatMessage, CueId, OverlayContent, OverlayCue, OverlayKind } from '../../protocol/index.ts';
import { describeKind, describeSlate, KINDS, SLATES, type SlateKind } from './overlay-words.ts';

/** Messages to choose from. */
const CHOICE = 30;

export interface CueFormOptions {
  readonly room: () => RoomContext | undefined;
  readonly save: (cue: OverlayCue) => boolean;
  readonly handleClosed: () => void;
}

interface FieldOptions {
  readonly value?: string;
  readonly maximum?: number;
  readonly required?: boolean;
  readonly type?: 'text' | 'url' | 'number';
  readonly placeholder?: string;
}

/** The form of one cue, a new one or one that is there. */
export class CueForm {
  readonly #host: LitElement;
  readonly #options: CueFormOptions;
  #cue: OverlayCue | undefined;
  #kind: OverlayKind | undefined;
  #quoted: ChatMessage | undefined;
  #slate: SlateKind = 'startingSoon';

  constructor(host: LitElement, options: CueFormOptions) {
    this.#host = host;
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#kind !== undefined;
  }

  open(cue?: OverlayCue): void {
    this.#cue = cue;
    this.#quoted = undefined;
    this.#kind = cue?.content.kind ?? 'lowerThird';
    this.#slate = cue?.content.kind === 'slate' ? cue.content.slate : 'startingSoon';
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      this.#host.renderRoot.querySelector<HTMLElement>('.form select, .form input')?.focus();
    });
  }

  close(): void {
    this.#kind = undefined;
    this.#options.handleClosed();
    this.#host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const kind = this.#kind;
    if (kind === undefined) return nothing;
    return html`<form
      class="form"
      part="form"
      aria-label=${this.#cue ? msg('Edit cue') : msg('New cue')}
      @submit=${this.#handleSubmit}
      @keydown=${this.#handleKeydown}
    >
      ${
        this.#cue
          ? nothing
          : html`<label class="field"
              ><span class="label">${msg('Kind')}</span>
              <select class="input" name="kind" @change=${this.#handleKind}>
                ${KINDS.map((each) => html`<option value=${each} ?selected=${each === kind}>${describeKind(each)}</option>`)}
              </select>
            </label>`
      }
      ${this.#renderFields(kind)}
      <div class="form-actions">
        <button type="button" class="button quiet" @click=${() => this.close()}>${msg('Cancel')}</button>
        <button type="submit" class="button primary">${this.#cue ? msg('Save') : msg('Add')}</button>
      </div>
    </form>`;
  }

  #renderFields(kind: OverlayKind): TemplateResult {
    const content = this.#cue?.content;
    switch (kind) {
      case 'lowerThird': {
        const given = content?.kind === kind ? content : undefined;
        return html`${field('title', msg('Name'), { value: given?.title ?? '', maximum: 80, required: true })}
        ${field('subtitle', msg('Title or place'), { value: given?.subtitle ?? '', maximum: 120 })}`;
      }
      case 'message': {
        const given = content?.kind === kind ? content : undefined;
        const author = this.#quoted?.author.name ?? given?.author ?? '';
        const text = this.#quoted?.text.slice(0, 500) ?? given?.text ?? '';
        return html`${this.#renderChoice()}
        ${field('author', msg('Who wrote it'), { value: author, maximum: 80, required: true })}
        ${area('text', msg('Words'), text, 500)}`;
      }
      case 'poll': {
        const given = content?.kind === kind ? content : undefined;
        const options = given?.options.map(({ label, votes }) => `${label} = ${votes}`).join('\n') ?? '';
        return html`${field('question', msg('Question'), { value: given?.question ?? '', maximum: 200, required: true })}
        ${area('options', msg('Answers and votes, one a line'), options, 1_100, msg('Yes = 12'))}`;
      }
      case 'link': {
        const given = content?.kind === kind ? content : undefined;
        return html`${field('label', msg('Words on the button'), { value: given?.label ?? '', maximum: 40, required: true })}
        ${field('url', msg('Address'), { value: given?.url ?? '', maximum: 500, required: true, type: 'url', placeholder: 'https://' })}
        ${field('text', msg('Words beside it'), { value: given?.text ?? '', maximum: 120 })}`;
      }
      case 'slate': {
        const given = content?.kind === kind ? content : undefined;
        return html`${this.#renderSlates()}
        ${field('title', msg('Words'), { value: given?.title ?? describeSlate('startingSoon'), maximum: 80, required: true })}
        ${field('text', msg('Smaller words'), { value: given?.text ?? '', maximum: 200 })} ${minutes(given?.afterMs)}`;
      }
      case 'countdown': {
        const given = content?.kind === kind ? content : undefined;
        return html`${field('title', msg('Words'), { value: given?.title ?? '', maximum: 80, required: true })}
        ${minutes(given?.afterMs ?? 5 * 60_000)}`;
      }
      case 'qrCode': {
        const given = content?.kind === kind ? content : undefined;
        return html`${field('url', msg('Address'), { value: given?.url ?? '', maximum: 500, required: true, type: 'url', placeholder: 'https://' })}
        ${field('title', msg('Words below it'), { value: given?.title ?? '', maximum: 80 })}`;
      }
      case 'ticker': {
        const given = content?.kind === kind ? content : undefined;
        return area('items', msg('News, one a line'), given?.items.join('\n') ?? '', 4_000);
      }
      case 'logo': {
        const given = content?.kind === kind ? content : undefined;
        return html`${field('name', msg('Whose logo it is'), { value: given?.name ?? '', maximum: 80, required: true })}
        ${field('url', msg('Address of the picture'), { value: given?.url ?? '', maximum: 500, required: true, placeholder: 'https://' })}`;
      }
    }
  }

  #renderChoice(): TemplateResult | typeof nothing {
    const log = this.#options.room()?.store.chat.log;
    void log?.revision.value;
    const messages: ChatMessage[] = [];
    for (let index = (log?.total ?? 0) - 1; index >= 0 && messages.length < CHOICE; index -= 1) {
      const message = log?.at(index);
      if (message && !message.deleted) messages.push(message);
    }
    if (messages.length === 0) return nothing;
    const handleChange = ({ currentTarget }: Event) => {
      const { value } = currentTarget as HTMLSelectElement;
      this.#quoted = messages.find(({ id }) => id === value);
      this.#host.requestUpdate();
    };
    return html`<label class="field"
      ><span class="label">${msg('From the chat')}</span>
      <select class="input" @change=${handleChange}>
        <option value="">${msg('Choose a message')}</option>
        ${messages.map(
          ({ id, author, text }) =>
            html`<option value=${id} ?selected=${id === this.#quoted?.id}>
              ${author.name}: ${text.slice(0, 60)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  /** Words that nobody has changed are those of the slate that is chosen. */
  #renderSlates(): TemplateResult {
    const handleChange = ({ currentTarget }: Event) => {
      const select = currentTarget as HTMLSelectElement;
      const title = select.form?.elements.namedItem('title');
      const isUnchanged = title instanceof HTMLInputElement && title.value === describeSlate(this.#slate);
      this.#slate = select.value as SlateKind;
      if (isUnchanged) title.value = describeSlate(this.#slate);
      this.#host.requestUpdate();
    };
    return html`<label class="field"
      ><span class="label">${msg('Which slate')}</span>
      <select class="input" name="slate" @change=${handleChange}>
        ${SLATES.map((each) => html`<option value=${each} ?selected=${each === this.#slate}>${describeSlate(each)}</option>`)}
      </select>
    </label>`;
  }

  readonly #handleKind = ({ currentTarget }: Event): void => {
    this.#kind = (currentTarget as HTMLSelectElement).value as OverlayKind;
    this.#host.requestUpdate();
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.close();
  };

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const kind = this.#kind;
    if (kind === undefined || !(event.currentTarget instanceof HTMLFormElement)) return;
    const content = this.#read(kind, new FormData(event.currentTarget));
    if (content === undefined) return;
    const id = this.#cue?.id ?? (crypto.randomUUID() as string as CueId);
    const cue: OverlayCue = { note: '', staysMs: null, ...this.#cue, id, content };
    if (this.#options.save(cue)) this.close();
  };

  #read(kind: OverlayKind, data: FormData): OverlayContent | undefined {
    const words = (name: string) => String(data.get(name) ?? '').trim();
    const lines = (name: string) =>
      words(name)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const begins = () => {
      const value = Number(words('minutes'));
      return { at: null, afterMs: value > 0 ? Math.round(value * 60_000) : null };
    };
    switch (kind) {
      case 'lowerThird':
        return { kind, title: words('title'), subtitle: words('subtitle') };
      case 'message': {
        const before = this.#cue?.content;
        const messageId = this.#quoted?.id ?? (before?.kind === kind ? before.messageId : null);
        return { kind, from: 'chat', author: words('author'), text: words('text'), messageId };
      }
      case 'poll': {
        const options = lines('options').map((line) => {
          const [, label = line, votes = '0'] = /^(.*?)\s*=\s*(\d+)$/.exec(line) ?? [];
          return { label: label.slice(0, 100), votes: Number(votes) };
        });
        return options.length === 0 ? undefined : { kind, question: words('question'), options: options.slice(0, 10) };
      }
      case 'link':
        return { kind, text: words('text'), label: words('label'), url: words('url') };
      case 'slate': {
        return { kind, slate: this.#slate, title: words('title'), text: words('text'), ...begins() };
      }
      case 'countdown':
        return { kind, title: words('title'), ...begins() };
      case 'qrCode':
        return { kind, title: words('title'), url: words('url') };
      case 'ticker': {
        const items = lines('items').map((line) => line.slice(0, 200));
        return items.length === 0 ? undefined : { kind, items: items.slice(0, 20) };
      }
      case 'logo':
        return { kind, url: words('url'), name: words('name') };
    }
  }
}

function field(
  name: string,
  label: string,
  { value = '', maximum = 500, required = false, type = 'text', placeholder = '' }: FieldOptions,
): TemplateResult {
  return html`<label class="field"
    ><span class="label">${label}</span>
    <input
      class="input"
      autocomplete="off"
      dir="auto"
      name=${name}
      type=${type}
      maxlength=${maximum}
      placeholder=${placeholder}
      ?required=${required}
      .value=${value}
    />
  </label>`;
}

function area(name: string, label: string, value: string, maximum: number, placeholder = ''): TemplateResult {
  return html`<label class="field"
    ><span class="label">${label}</span>
    <textarea
      class="input"
      rows="3"
      dir="auto"
      required
      name=${name}
      maxlength=${maximum}
      placeholder=${placeholder}
      .value=${value}
    ></textarea>
  </label>`;
}

function minutes(afterMs: number | null | undefined): TemplateResult {
  const value = afterMs ? String(afterMs / 60_000) : '';
  return html`<label class="field"
    ><span class="label">${msg('Counts down, in minutes')}</span>
    <input
      class="input"
      name="minutes"
      type="number"
      min="0.1"
      max="1440"
      step="any"
      inputmode="decimal"
      .value=${value}
    />
  </label>`;
}
