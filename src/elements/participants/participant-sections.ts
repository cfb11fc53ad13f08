import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount, msg, str } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { OfferId, ParticipantId, ParticipantView, RoleName } from '../../protocol/index.ts';
import { may, onStage, self, totalParticipants } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { ParticipantDirectory } from './directory.ts';
import { renderParticipant } from './participant-row.ts';
import type { RelatedPeople } from './related-people.ts';

/** What the element lends to its sections. */
export interface SectionsView {
  readonly directory: ParticipantDirectory;
  readonly language: string;
  readonly isMenuOpenFor: (id: ParticipantId) => boolean;
  readonly withdraw: (id: OfferId) => void;
  /** Friends and companions, once some are here. */
  readonly related: RelatedPeople | undefined;
}

/** Invitations, the stage and everyone else; or what was found, while a name is looked for. */
export function renderSections(store: Store, view: SectionsView): TemplateResult {
  if (view.directory.search.trim() !== '') return renderFound(store, view);
  return html`${renderOffers(store, view)}${view.related?.render(store, view)}${renderStage(store, view)}${renderWatching(store, view)}`;
}

export function renderSection(title: string, count: number, language: string, content: unknown): TemplateResult {
  return html`<section part="section" aria-label=${title}>
    <h3 class="section-title" part="section-title">
      ${title}<span class="section-count tabular">${formatCount(Math.max(0, count), language)}</span>
    </h3>
    ${content}
  </section>`;
}

function renderOffers(store: Store, view: SectionsView): TemplateResult | typeof nothing {
  const offers = [...store.participants.offers.value.values()];
  if (offers.length === 0 || !may(store, 'participant.changeRole')) return nothing;
  const nameOf = (id: ParticipantId): string =>
    store.participants.byId.value.get(id)?.name ??
    view.directory.found.find((participant) => participant.id === id)?.name ??
    msg('Someone');
  return renderSection(
    msg('Invited'),
    offers.length,
    view.language,
    html`<ul>
      ${offers.map(
        ({ id, participantId, role }) =>
          html`<li class="row offer" part="offer">
            <span class="words">
              <bdi class="name truncate" part="name">${nameOf(participantId)}</bdi>
              <span class="role" part="role">${msg(str`Asked to be ${describeRole(role)}`)}</span>
            </span>
            <button type="button" class="button small" part="withdraw-button" @click=${() => view.withdraw(id)}>
              ${msg('Withdraw')}
            </button>
          </li>`,
      )}
    </ul>`,
  );
}

function renderStage(store: Store, view: SectionsView): TemplateResult {
  const participants = onStage(store);
  return renderSection(
    msg('On stage'),
    participants.length,
    view.language,
    participants.length === 0
      ? html`<slot name="stage-empty"><p class="hint">${msg('Nobody is on stage yet.')}</p></slot>`
      : renderRows(store, view, participants),
  );
}

function renderWatching(store: Store, view: SectionsView): TemplateResult {
  const { directory } = view;
  const mayList = may(store, 'participant.list');
  const stage = new Set(onStage(store).map(({ id }) => id));
  const own = self(store);
  const listed = mayList ? directory.found : [...store.participants.byId.value.values()];
  const related = view.related?.idsIn(store);
  const others = freshen(store, listed).filter(({ id }) => !stage.has(id) && id !== own?.id && !related?.has(id));
  const rows = own === null || stage.has(own.id) || directory.role !== null ? others : [own, ...others];
  return renderSection(
    msg('Watching'),
    totalParticipants(store) - stage.size - (related?.size ?? 0),
    view.language,
    html`${mayList ? renderFilter(store, view) : nothing} ${renderRows(store, view, rows)}
    ${mayList ? renderEnd(directory, rows.length, msg('Nobody is watching yet.')) : nothing}`,
  );
}

function renderFound(store: Store, view: SectionsView): TemplateResult {
  const { directory } = view;
  const rows = freshen(store, directory.found);
  return renderSection(
    msg('Found'),
    directory.total,
    view.language,
    html`${renderRows(store, view, rows)} ${renderEnd(directory, rows.length, msg('Nobody by that name is here.'))}`,
  );
}

/** Those announced are known better than when the page was loaded. */
function freshen(store: Store, listed: readonly ParticipantView[]): readonly ParticipantView[] {
  const known = store.participants.byId.value;
  return listed.map((participant) => known.get(participant.id) ?? participant);
}

/** One button for each role that watches, where there is more than one of them. */
function renderFilter(store: Store, { directory, language }: SectionsView): TemplateResult | typeof nothing {
  const roles = store.connection.roles.value;
  const counts = Object.entries(store.participants.counts.value).filter(
    ([role, count]) => count > 0 && (roles[role]?.publish.length ?? 0) === 0,
  );
  if (counts.length < 2) return nothing;
  const chip = (role: RoleName | null, words: string) =>
    html`<button
      type="button"
      class="chip tabular"
      part="role-filter"
      aria-pressed=${String(directory.role === role)}
      @click=${() => directory.filter(role)}
    >
      ${words}
    </button>`;
  return html`<div class="chips" role="group" aria-label=${msg('By role')}>
    ${chip(null, msg('All'))}
    ${counts.map(([role, count]) => chip(role as RoleName, `${describeRole(role)} ${formatCount(count, language)}`))}
  </div>`;
}

/** Whether there is anything that the reader may do about a participant. */
function hasMenu(store: Store, { id, role }: ParticipantView): boolean {
  if ((store.connection.roles.value[role]?.publish.length ?? 0) > 0 || may(store, 'participant.changeRole'))
    return true;
  return (may(store, 'participant.remove') || may(store, 'chat.moderate')) && id !== store.participants.selfId.value;
}

export function renderRows(store: Store, view: SectionsView, participants: readonly ParticipantView[]): TemplateResult {
  const joined = store.connection.state.value === 'joined';
  const roles = store.connection.roles.value;
  const offers = [...store.participants.offers.value.values()];
  return html`<ul>
    ${repeat(
      participants,
      ({ id }) => id,
      (participant) =>
        renderParticipant(store, {
          participant,
          onStage: (roles[participant.role]?.publish.length ?? 0) > 0,
          invitedTo: offers.find(({ participantId }) => participantId === participant.id)?.role ?? null,
          hasMenu: joined && hasMenu(store, participant),
          menuOpen: view.isMenuOpenFor(participant.id),
        }),
    )}
  </ul>`;
}

const placeholder = html`<span class="skeleton avatar"></span><span class="skeleton line"></span>`;

function renderEnd(directory: ParticipantDirectory, shown: number, empty: string): TemplateResult | typeof nothing {
  const { state, hasMore, isCut } = directory;
  if (state === 'failed') {
    return html`<div class="end" role="status">
      <span class="hint">${msg('The list did not load.')}</span>
      <button type="button" class="button small" @click=${() => void directory.refresh()}>${msg('Try again')}</button>
    </div>`;
  }
  if (isCut) return html`<p class="end hint">${msg('Search to find everyone else.')}</p>`;
  if (hasMore) return html`<div class="sentinel row placeholder">${placeholder}</div>`;
  if (state !== 'loaded') return shown > 0 ? nothing : html`<div class="row placeholder">${placeholder}</div>`;
  return shown > 0 ? nothing : html`<p class="end hint" role="status">${empty}</p>`;
}
