import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { arrowDownIcon } from '../../icons/arrow-down.ts';
import { icon } from '../../icons/icon.ts';
import { counted } from '../../locales/counted.ts';
import { languageOf, msg, str } from '../../locales/localization.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import styles from './jump-button.styles.ts';

/** Brings its styles to the host. */
export function prepareJumpButton(host: LitElement): typeof renderJumpButton {
  if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, styles);
  return renderJumpButton;
}

/** Leads to the newest message. `unseen`: how many came meanwhile. */
export function renderJumpButton(host: LitElement, unseen: number, handleClick: () => void): TemplateResult {
  const count = counted(unseen, languageOf(host));
  const words = unseen === 1 ? msg('1 new message') : msg(str`${count} new messages`);
  return html`<button
    type="button"
    class="button jump tabular ${unseen > 0 ? 'primary' : ''}"
    part="jump-button"
    aria-label=${unseen > 0 ? nothing : msg('Jump to the newest message')}
    @click=${handleClick}
  >
    <slot name="jump-icon">${icon(arrowDownIcon)}</slot>
    ${unseen > 0 ? words : nothing}
  </button>`;
}
