import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { icon } from '../../icons/icon.ts';
import { clockIcon } from '../../icons/clock.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { errorIcon } from '../../icons/error.ts';
import { moreIcon } from '../../icons/more.ts';
import { describeError } from '../../locales/errors.ts';
import { formatRelativeDay, formatTime, msg, str } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { ChatMessage, ParticipantId, RoleDefinition } from '../../protocol/index.ts';
import type { PendingMessage } from '../../store/chat.ts';
import { styleProperties } from '../../styles/style-properties.ts';
import { hueOf } from './author-color.ts';
import { isJumbo, renderText } from './message-text.ts';

/** Later than this, the same author is named again. Milliseconds. */
const GROUP_MS = 5 * 60_000;

/** What all rows of one drawing share. */
export interface RowContext {
  readonly language: string;
  readonly nowMs: number;
  readonly selfId: ParticipantId | null;
  readonly selfName: string;
  readonly roles: Readonly<Record<string, RoleDefinition>>;
  /** An author's messages in a row name them once. */
  readonly grouped: boolean;
  /** The row under the pointer or the keyboard: it shows its menu's button. */
  readonly activeIndex: number | null;
  readonly menuOpen: boolean;
  readonly at: (index: number) => ChatMessage | undefined;
}

const dayOf = (timeMs: number): string => new Date(timeMs).toDateString();

function beginsGroup(message: ChatMessage, before: ChatMessage | undefined): boolean {
  return (
    before === undefined ||
    before.author.id !== message.author.id ||
    before.author.role !== message.author.role ||
    message.sentAt - before.sentAt > GROUP_MS
  );
}

function beginsDay(message: ChatMessage, before: ChatMessage | undefined, nowMs: number): boolean {
  if (before === undefined) return message.index === 0 && dayOf(message.sentAt) !== dayOf(nowMs);
  return dayOf(before.sentAt) !== dayOf(message.sentAt);
}

/** Roles that speak for the event carry a badge; those who only watch do not. */
function isMarked(role: RoleDefinition | undefined): boolean {
  return role !== undefined && (role.publish.length > 0 || role.permissions.includes('chat.moderate'));
}

/** A message, or the place of one that is not loaded. */
export function renderRow(index: number, context: RowContext): TemplateResult {
  const message = context.at(index);
  return message === undefined ? renderHole(index) : renderMessage(message, context);
}

function renderHole(index: number): TemplateResult {
  return html`<div class="row hole" part="placeholder" data-index=${index} aria-hidden="true">
    <div class="skeleton head-skeleton"></div>
    <div class="skeleton text-skeleton ${index % 3 === 0 ? 'long' : ''}"></div>
  </div>`;
}

function renderMessage(message: ChatMessage, context: RowContext): TemplateResult {
  const before = message.index === 0 ? undefined : context.at(message.index - 1);
  const day = beginsDay(message, before, context.nowMs);
  const first = day || !context.grouped || beginsGroup(message, before);
  const active = context.activeIndex === message.index;
  const { author, sentAt } = message;
  const role = context.roles[author.role];
  const time = formatTime(sentAt, context.language);
  const text = message.deleted ? msg('Message deleted') : message.text;
  const roleWords = isMarked(role) ? describeRole(author.role) : '';
  const mention =
    context.selfName !== '' && author.id !== context.selfId && message.text.includes(`@${context.selfName}`);
  const classes = { row: true, message: true, first, active, mention, own: author.id === context.selfId };
  return html`<div
    class=${classMap(classes)}
    part="message ${author.id === context.selfId ? 'own-message' : ''}"
    data-index=${message.index}
    role="article"
    tabindex="-1"
    aria-label=${[author.name, roleWords, time, text].filter((words) => words !== '').join(', ')}
  >
    ${day ? html`<div class="day" part="day">${formatRelativeDay(sentAt, context.nowMs, context.language)}</div>` : nothing}
    <div class="body">
      ${
        first
          ? html`<div class="head" part="message-head">
              <bdi
                class="author"
                part="message-author"
                ${styleProperties({ '--_author-hue': String(hueOf(author.id)) })}
                >${author.name}</bdi
              >
              ${roleWords === '' ? nothing : html`<span class="badge role role-${author.role}" part="message-badge">${roleWords}</span>`}
              <time class="time tabular" part="message-time">${time}</time>
            </div>`
          : html`<time class="time aside tabular" part="message-time">${time}</time>`
      }
      ${
        message.deleted
          ? html`<span class="text deleted" part="message-text">${icon(deleteIcon)}${text}</span>`
          : html`<span class="text ${isJumbo(text) ? 'jumbo' : ''}" part="message-text" dir="auto"
              >${renderText(message, text)}</span
            >`
      }
    </div>
    ${active && !message.deleted ? renderOptionsButton(author.name, context.menuOpen) : nothing}
  </div>`;
}

function renderOptionsButton(name: string, open: boolean): TemplateResult {
  return html`<button
    type="button"
    class="icon-button small options"
    part="message-options-button"
    data-options
    aria-label=${msg(str`Options for the message by ${name}`)}
    aria-haspopup="menu"
    aria-expanded=${String(open)}
  >
    ${icon(moreIcon)}
  </button>`;
}

/** One's own message on its way, or one that did not get through. */
export function renderPending(pending: PendingMessage, { selfId, selfName }: RowContext): TemplateResult {
  const failed = pending.state === 'failed';
  return html`<div
    class="row message first pending ${failed ? 'failed' : ''}"
    part="message own-message pending-message"
  >
    <div class="body">
      <div class="head" part="message-head">
        <bdi class="author" part="message-author" ${styleProperties({ '--_author-hue': String(hueOf(selfId ?? '')) })}
          >${selfName === '' ? msg('You') : selfName}</bdi
        >
        ${failed ? nothing : html`<span class="sending" role="img" aria-label=${msg('Sending')}>${icon(clockIcon)}</span>`}
      </div>
      <span class="text ${isJumbo(pending.text) ? 'jumbo' : ''}" part="message-text" dir="auto"
        >${renderText(pending, pending.text)}</span
      >
      ${failed ? renderFailure(pending) : nothing}
    </div>
  </div>`;
}

function renderFailure({ key, error }: PendingMessage): TemplateResult {
  return html`<div class="failure" part="failure" role="group" aria-label=${msg('Message not sent')}>
    <span class="failure-words">
      ${icon(errorIcon)}<span>${msg('Not sent.')} ${error === null ? nothing : describeError(error)}</span>
    </span>
    <button type="button" class="button small outlined" part="retry-button" data-retry=${key}>${msg('Retry')}</button>
    <button type="button" class="button small quiet" part="discard-button" data-discard=${key}>
      ${msg('Discard')}
    </button>
  </div>`;
}
