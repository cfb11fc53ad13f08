import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { IlsDeleteChatRequestEvent } from '../../events/chat-requests.ts';
import {
  IlsAdmitRequestEvent,
  IlsReviewChatRequestEvent,
  IlsTurnAwayRequestEvent,
} from '../../events/moderation-desk-requests.ts';
import { IlsBanParticipantRequestEvent, IlsTimeOutParticipantRequestEvent } from '../../events/moderation-requests.ts';
import { formatDuration } from '../../locales/duration.ts';
import { msg, str } from '../../locales/localization.ts';
import type { HeldMessage, ModerationEntry, RequestName, WaitingParticipant } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { describeHold } from './moderation-words.ts';

const TIME_OUT_MS = 600_000;

/** What a card asks of its element. */
export interface CardHost {
  readonly store: Store;
  ask(event: Event, request: RequestName): void;
  /** Takes a report off the list. */
  dismiss(number: number): void;
}

export function renderHeld(host: CardHost, held: readonly HeldMessage[]): TemplateResult {
  return html`<ol>
    ${repeat(
      held,
      ({ id }) => id,
      ({ id, author: { name }, text, sentAt, reason }) =>
        html`<li class="card" part="item">
          <div class="head">
            <span class="name truncate" part="name">${name}</span>
            <span class="badge warning">${describeHold(reason)}</span>
            ${renderAge(sentAt, host.store)}
          </div>
          <p class="text" part="text" dir="auto">${text}</p>
          <div class="actions" part="actions">
            ${renderButton(
              'approve-button',
              msg('Approve'),
              msg(str`Approve the message of ${name}`),
              () => host.ask(new IlsReviewChatRequestEvent(id, true), 'approveChat'),
              'primary',
            )}
            ${renderButton('reject-button', msg('Reject'), msg(str`Reject the message of ${name}`), () =>
              host.ask(new IlsReviewChatRequestEvent(id, false), 'rejectChat'),
            )}
          </div>
        </li>`,
    )}
  </ol>`;
}

export function renderLobby(host: CardHost, waiting: readonly WaitingParticipant[]): TemplateResult {
  return html`<button
      type="button"
      class="button small outlined all"
      part="admit-all-button"
      @click=${() => host.ask(new IlsAdmitRequestEvent(null), 'admit')}
    >
      ${msg('Let everyone in')}
    </button>
    <ol>
      ${repeat(
        waiting,
        ({ id }) => id,
        ({ id, name, waitingSince }) =>
          html`<li class="card" part="item">
            <div class="head">
              <span class="name truncate" part="name">${name}</span>${renderAge(waitingSince, host.store)}
            </div>
            <div class="actions" part="actions">
              ${renderButton(
                'approve-button',
                msg('Let in'),
                msg(str`Let in: ${name}`),
                () => host.ask(new IlsAdmitRequestEvent(id), 'admit'),
                'primary',
              )}
              ${renderButton('reject-button', msg('Turn away'), msg(str`Turn away: ${name}`), () =>
                host.ask(new IlsTurnAwayRequestEvent(id), 'turnAway'),
              )}
            </div>
          </li>`,
      )}
    </ol>`;
}

/** `textOf` finds what was written, where that is loaded. */
export function renderReports(
  host: CardHost,
  reports: readonly ModerationEntry[],
  textOf: (report: ModerationEntry) => string | undefined,
): TemplateResult {
  return html`<ol>
    ${repeat(
      reports,
      ({ number }) => number,
      (report) => renderReport(host, report, textOf(report)),
    )}
  </ol>`;
}

function renderReport(host: CardHost, report: ModerationEntry, text: string | undefined): TemplateResult {
  const { number, at, actor, target, messageId, reason } = report;
  const name = target?.name ?? '';
  const by = actor?.name ?? msg('the site');
  return html`<li class="card" part="item">
    <div class="head"><span class="name truncate" part="name">${name}</span>${renderAge(at, host.store)}</div>
    ${text === undefined ? nothing : html`<p class="text" part="text" dir="auto">${text}</p>`}
    <p class="detail" part="detail">
      ${reason === '' ? msg(str`Reported by ${by}`) : msg(str`Reported by ${by}: ${reason}`)}
    </p>
    <div class="actions" part="actions">
      ${
        messageId === null
          ? nothing
          : renderButton('delete-button', msg('Delete'), msg(str`Delete the message of ${name}`), () =>
              host.ask(new IlsDeleteChatRequestEvent(messageId), 'deleteChat'),
            )
      }
      ${
        target === null
          ? nothing
          : renderButton('time-out-button', msg('Time out'), msg(str`Time out for 10 minutes: ${name}`), () =>
              host.ask(new IlsTimeOutParticipantRequestEvent(target.id, TIME_OUT_MS), 'timeOutParticipant'),
            )
      }
      ${
        target === null || !may(host.store, 'participant.remove')
          ? nothing
          : renderButton('ban-button', msg('Ban'), msg(str`Ban for good: ${name}`), () =>
              host.ask(new IlsBanParticipantRequestEvent(target.id), 'banParticipant'),
            )
      }
      ${renderButton(
        'dismiss-button',
        msg('Dismiss', { id: 'Dismiss (set aside)' }),
        msg(str`Dismiss the report of ${name}`),
        () => host.dismiss(number),
      )}
    </div>
  </li>`;
}

function renderAge(at: number, store: Store): TemplateResult {
  const ageMs = Math.max(0, Date.now() + store.connection.serverOffsetMs.value - at);
  return html`<time class="tabular" datetime=${new Date(at).toISOString()}>${formatDuration(ageMs)}</time>`;
}

function renderButton(
  part: string,
  label: string,
  title: string,
  handleClick: () => void,
  look = 'outlined',
): TemplateResult {
  return html`<button type="button" class="button small ${look}" part=${part} aria-label=${title} @click=${handleClick}>
    ${label}
  </button>`;
}
