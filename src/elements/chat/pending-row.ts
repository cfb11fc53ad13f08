import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { IlsDiscardChatRequestEvent, IlsRetryChatRequestEvent } from '../../events/chat-requests.ts';
import { clockIcon } from '../../icons/clock.ts';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { describeError } from '../../locales/errors.ts';
import { msg } from '../../locales/localization.ts';
import type { PendingMessage } from '../../store/chat.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import { renderAuthor, renderMessageText, type RowContext } from './message-row.ts';
import styles from './pending-row.styles.ts';

export type RenderPending = (pending: PendingMessage, context: RowContext) => TemplateResult;

/** Draws one's own messages on their way, and those that did not get through. Loaded with the first word that is written. */
export function createPendingRows(host: LitElement): RenderPending {
  if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, styles);
  return (pending, context) => renderPending(host, pending, context);
}

function renderPending(host: EventTarget, pending: PendingMessage, context: RowContext): TemplateResult {
  const failed = pending.state === 'failed';
  const name = context.selfName === '' ? msg('You') : context.selfName;
  return html`<div
    class="row message first pending ${failed ? 'failed' : ''}"
    part="message own-message pending-message"
  >
    <div class="body">
      <div class="head" part="message-head">
        ${renderAuthor(context.selfId ?? '', name)}
        ${failed ? nothing : html`<span class="sending" role="img" aria-label=${msg('Sending')}>${icon(clockIcon)}</span>`}
      </div>
      ${renderMessageText(pending, pending.text)} ${failed ? renderFailure(host, pending) : nothing}
    </div>
  </div>`;
}

function renderFailure(host: EventTarget, { key, error }: PendingMessage): TemplateResult {
  return html`<div class="failure" part="failure" role="group" aria-label=${msg('Message not sent')}>
    <span class="failure-words">
      ${icon(errorIcon)}<span>${msg('Not sent.')} ${error === null ? nothing : describeError(error)}</span>
    </span>
    <button
      type="button"
      class="button small outlined"
      part="retry-button"
      @click=${() => host.dispatchEvent(new IlsRetryChatRequestEvent(key))}
    >
      ${msg('Retry')}
    </button>
    <button
      type="button"
      class="button small quiet"
      part="discard-button"
      @click=${() => host.dispatchEvent(new IlsDiscardChatRequestEvent(key))}
    >
      ${msg('Discard')}
    </button>
  </div>`;
}
