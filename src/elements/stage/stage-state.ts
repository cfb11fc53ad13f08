import { html, nothing, type TemplateResult } from 'lit';

/** One state of the empty stage: a picture, what it is, and the one thing to do. */
export function renderState(
  picture: unknown,
  title: string,
  text?: string,
  action?: string,
  handleClick?: () => void,
  busy = false,
): TemplateResult {
  return html`<div class="state" part="empty" role="status">
    <slot name="empty-icon">${picture}</slot>
    <p class="title" part="empty-title">${title}</p>
    ${text === undefined ? nothing : html`<p class="text" part="empty-text">${text}</p>`}
    ${
      action === undefined
        ? nothing
        : html`<button type="button" part="empty-action" class="button primary" ?disabled=${busy} @click=${handleClick}>
            ${action}
          </button>`
    }
  </div>`;
}
