import { html, nothing, type TemplateResult } from 'lit';
import { chevronLeftIcon } from '../../icons/chevron-left.ts';
import { chevronRightIcon } from '../../icons/chevron-right.ts';
import { icon } from '../../icons/icon.ts';
import { participantIcon } from '../../icons/participant.ts';
import { msg } from '../../locales/localization.ts';
import type { Arrangement } from './arrange.ts';
import { Swipe } from './swipe.ts';

/** Turns the pages of a stage, by buttons and by a finger. Loaded with the second page. */
export class Pager {
  readonly swipe: Swipe;
  readonly #turn: (pages: number) => void;

  constructor(turn: (pages: number) => void) {
    this.#turn = turn;
    this.swipe = new Swipe(turn);
  }

  /** `paged`: how many tiles the pages share. */
  render({ page, pages, pager, boxes }: Arrangement, paged: number): TemplateResult | typeof nothing {
    if (pager === undefined) return nothing;
    const size = Math.ceil(paged / pages);
    const first = page * size + 1;
    const last = Math.min(paged, first + size - 1);
    return html`<div part="pager" class="pager" role="group" aria-label=${msg('Pages')} ?hidden=${boxes.size === 0}>
      ${this.#renderButton(-1, page === 0, msg('Previous page'))}
      <span part="pager-text" class="pager-text tabular">${icon(participantIcon)}${first}–${last} / ${paged}</span>
      ${this.#renderButton(1, page === pages - 1, msg('Next page'))}
    </div>`;
  }

  /** Where the arrangement left room for it. */
  place(root: ParentNode, arrangement: Arrangement | undefined): void {
    const box = arrangement?.pager;
    const style = root.querySelector<HTMLElement>('.pager')?.style;
    if (box === undefined || style === undefined) return;
    style.setProperty('inset-inline-start', `${box.x}px`);
    style.setProperty('top', `${box.y}px`);
    style.setProperty('width', `${box.width}px`);
    style.setProperty('height', `${box.height}px`);
  }

  #renderButton(step: 1 | -1, end: boolean, label: string): TemplateResult {
    return html`<button
      type="button"
      part="pager-button"
      class="icon-button small"
      aria-label=${label}
      aria-disabled=${end ? 'true' : nothing}
      @click=${() => this.#turn(step)}
    >
      ${
        step < 0
          ? html`<slot name="previous-icon">${icon(chevronLeftIcon)}</slot>`
          : html`<slot name="next-icon">${icon(chevronRightIcon)}</slot>`
      }
    </button>`;
  }
}
