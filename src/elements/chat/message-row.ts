import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon.ts';
import { deleteIcon } from '../../icons/delete.ts';
import { msg } from '../../locales/localization.ts';
import { formatRelativeDay, formatTime } from '../../locales/times.ts';
import { describeRole } from '../../locales/roles.ts';
import type { ParticipantId, RoleDefinition } from '../../protocol/index.ts';
import { styleProperties } from '../../styles/style-properties.ts';
import { hueOf } from './author-color.ts';
import { isJumbo, renderText } from './message-text.ts';
import type { RowExtras, ShownMessage } from './shown-log.ts';

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
  readonly renderOptions: (message: ShownMessage) => unknown;
  /** What a row may have besides; loaded once `needExtras` was called. */
  readonly extras: RowExtras | undefined;
  readonly needExtras: () => void;
  readonly at: (row: number) => ShownMessage | undefined;
}

const dayOf = (timeMs: number): string => new Date(timeMs).toDateString();

function beginsGroup(message: ShownMessage, before: ShownMessage | undefined): boolean {
  return (
    before === undefined ||
    before.author.id !== message.author.id ||
    before.author.role !== message.author.role ||
    before.to !== message.to ||
    message.sentAt - before.sentAt > GROUP_MS
  );
}

function beginsDay(row: number, message: ShownMessage, before: ShownMessage | undefined, nowMs: number): boolean {
  if (before === undefined) return row === 0 && dayOf(message.sentAt) !== dayOf(nowMs);
  return dayOf(before.sentAt) !== dayOf(message.sentAt);
}

/** Roles that speak for the event carry a badge; those who only watch do not. */
function isMarked(role: RoleDefinition | undefined): boolean {
  return role !== undefined && (role.publish.length > 0 || role.permissions.includes('chat.moderate'));
}

/** A message, or the place of one that is not loaded. */
export function renderRow(row: number, context: RowContext): TemplateResult {
  const message = context.at(row);
  return message === undefined
    ? renderHole(row)
    : (context.extras?.renderFold(row, message) ?? renderMessage(row, message, context));
}

function renderHole(row: number): TemplateResult {
  return html`<div class="row hole" part="placeholder" data-index=${row} aria-hidden="true">
    <div class="skeleton head-skeleton"></div>
    <div class="skeleton text-skeleton ${row % 3 === 0 ? 'long' : ''}"></div>
  </div>`;
}

function renderMessage(row: number, message: ShownMessage, context: RowContext): TemplateResult {
  const { extras } = context;
  if (message.replyTo !== undefined || message.text.includes('@')) context.needExtras();
  const before = context.at(row - 1);
  const day = beginsDay(row, message, before, context.nowMs);
  const first = day || !context.grouped || beginsGroup(message, before);
  const active = context.activeIndex === row;
  const { author, sentAt } = message;
  const own = author.id === context.selfId;
  const time = formatTime(sentAt, context.language);
  const gone = message.deleted || extras?.isHidden(author.id) === true;
  const text = message.deleted ? msg('Message deleted') : gone ? msg('Hidden by you') : message.text;
  const role = isMarked(context.roles[author.role]) ? describeRole(author.role) : '';
  const mention = !gone && extras?.mentionsReader(message) === true;
  const target = message.to && extras?.describeTarget(message);
  const marks = `${first ? ' first' : ''}${active ? ' active' : ''}${mention ? ' mention' : ''}${target ? ' direct' : ''}`;
  return html`<div
    class=${`row message${marks}`}
    part="message ${own ? 'own-message' : ''} ${target ? 'direct-message' : ''}"
    data-index=${row}
    role="article"
    tabindex="-1"
    aria-label=${[author.name, role, target, time, text].filter(Boolean).join(', ')}
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
      ${gone ? nothing : extras?.renderOver(message)}
      ${
        gone
          ? html`<span class="text deleted" part="message-text">${icon(deleteIcon)}${text}</span>`
          : renderMessageText(message, text, extras?.renderWords(message))
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
export function renderMessageText(message: object, text: string, words: unknown = undefined): TemplateResult {
  return html`<span class="text ${isJumbo(text) ? 'jumbo' : ''}" part="message-text" dir="auto"
    >${words ?? renderText(message, text)}</span
  >`;
}
