import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { msg } from '../../locales/localization.ts';
import { formatRelativeDay, formatTime } from '../../locales/times.ts';
import { describeRole } from '../../locales/roles.ts';
import type { ChatMessage, ParticipantId, RepliedMessage, RoleDefinition } from '../../protocol/index.ts';
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
  /** The message under the pointer or the keyboard. */
  readonly activeIndex: number | null;
  /** What that message offers. */
  readonly renderOptions: (message: ChatMessage) => unknown;
  /** What stands over a message that answers another. */
  readonly renderQuote: (replied: RepliedMessage) => unknown;
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
  const own = author.id === context.selfId;
  const time = formatTime(sentAt, context.language);
  const text = message.deleted ? msg('Message deleted') : message.text;
  const role = isMarked(context.roles[author.role]) ? describeRole(author.role) : '';
  const mention = context.selfName !== '' && !own && message.text.includes(`@${context.selfName}`);
  const classes = `row message${first ? ' first' : ''}${active ? ' active' : ''}${mention ? ' mention' : ''}`;
  return html`<div
    class=${classes}
    part="message ${own ? 'own-message' : ''}"
    data-index=${message.index}
    role="article"
    tabindex="-1"
    aria-label=${[author.name, role, time, text].filter((words) => words !== '').join(', ')}
  >
    ${day ? html`<div class="day" part="day">${formatRelativeDay(sentAt, context.nowMs, context.language)}</div>` : nothing}
    <div class="body">
      ${
        first
          ? html`<div class="head" part="message-head">
              ${renderAuthor(author.id, author.name)}
              ${role === '' ? nothing : html`<span class="role role-${author.role}" part="message-badge">${role}</span>`}
              <time class="time tabular" part="message-time">${time}</time>
            </div>`
          : html`<time class="time aside tabular" part="message-time">${time}</time>`
      }
      ${message.replyTo === undefined || message.deleted ? nothing : context.renderQuote(message.replyTo)}
      ${
        message.deleted
          ? html`<span class="text deleted" part="message-text">${icon(deleteIcon)}${text}</span>`
          : renderMessageText(message, text)
      }
    </div>
    ${active && !message.deleted ? context.renderOptions(message) : nothing}
  </div>`;
}

/** The name in the author's own colour. */
export function renderAuthor(id: string, name: string): TemplateResult {
  return html`<bdi class="author" part="message-author" ${styleProperties({ '--_author-hue': String(hueOf(id)) })}
    >${name}</bdi
  >`;
}

/** `message` is what the text's links are remembered by. */
export function renderMessageText(message: object, text: string): TemplateResult {
  return html`<span class="text ${isJumbo(text) ? 'jumbo' : ''}" part="message-text" dir="auto"
    >${renderText(message, text)}</span
  >`;
}
