import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { icon, type IconNode } from '../icons/icon.ts';
import { msg } from '../locales/localization.ts';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** The word on the button that does it. */
  readonly confirm: string;
  readonly icon?: IconNode;
}

/** Asks before something is done for good, in a modal dialog. Put `render()` once into the host's template; its styles take `dialog.styles.ts`. */
export class ConfirmationController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #dialog = createRef<HTMLDialogElement>();
  #question: Question | undefined;
  /** The question that the dialog was last opened for. */
  #shown: Question | undefined;
  #settle: ((confirmed: boolean) => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#answer(false);
  }

  /** True once the reader has confirmed; false when they cancel, press Escape or the host leaves the page. */
  async ask(question: Question): Promise<boolean> {
    this.#answer(false);
    this.#question = question;
    const answered = new Promise<boolean>((resolve) => {
      this.#settle = resolve;
    });
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (this.#question === question && this.#dialog.value?.open === false) {
      this.#dialog.value.showModal();
      this.#shown = question;
    }
    return answered;
  }

  render(): TemplateResult | typeof nothing {
    const question = this.#question;
    if (question === undefined) return nothing;
    return html`<dialog
      ${ref(this.#dialog)}
      class="dialog"
      part="dialog"
      role="alertdialog"
      aria-labelledby="confirmation-title"
      aria-describedby="confirmation-text"
      @close=${this.#handleClose}
      @click=${this.#handleClick}
      @keydown=${(event: Event) => event.stopPropagation()}
    >
      <div class="dialog-body">
        <h2 id="confirmation-title" class="dialog-title">
          ${question.icon === undefined ? nothing : icon(question.icon)} ${question.title}
        </h2>
        <p id="confirmation-text" class="dialog-text">${question.text}</p>
        <div class="dialog-actions">
          <button type="button" class="button" part="cancel-button" autofocus @click=${() => this.#answer(false)}>
            ${msg('Cancel')}
          </button>
          <button type="button" class="button danger" part="confirm-button" @click=${() => this.#answer(true)}>
            ${question.confirm}
          </button>
        </div>
      </div>
    </dialog>`;
  }

  /** The browser tells of a closing late: it may be about the question before. */
  readonly #handleClose = (): void => {
    if (this.#shown === this.#question && this.#dialog.value?.open === false) this.#answer(false);
  };

  readonly #handleClick = (event: Event): void => {
    if (event.target === this.#dialog.value) this.#answer(false);
  };

  #answer(confirmed: boolean): void {
    const settle = this.#settle;
    if (settle === undefined) return;
    this.#settle = undefined;
    const dialog = this.#dialog.value;
    if (dialog?.open === true) dialog.close();
    settle(confirmed);
  }
}
