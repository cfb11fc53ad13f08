import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { IlsChatPoliciesRequestEvent, IlsLobbyRequestEvent } from '../../events/moderation-desk-requests.ts';
import { IlsChatWritersRequestEvent, IlsSlowModeRequestEvent } from '../../events/pin-requests.ts';
import { formatDuration } from '../../locales/duration.ts';
import { msg, str } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { ChatPolicies, LinkPolicy, RequestName, RoleName, WordAction } from '../../protocol/index.ts';
import { may, reaches } from '../../store/selectors.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';

const SLOW_MODES_MS = [0, 5_000, 10_000, 30_000, 60_000, 300_000];

/** What the rules ask of their element. */
export interface RulesHost {
  readonly store: Store;
  ask(event: Event, request: RequestName): void;
}

/** What holds in the room: how fast and what one may write, and who waits at the door. Each change counts at once. */
export function renderRules(
  { store, ask }: RulesHost,
  slice: ReadonlyFeature<'moderationDesk'>,
): TemplateResult | typeof nothing {
  const policies = slice.policies.value;
  if (policies === null) return nothing;
  const change = (changed: Partial<ChatPolicies>): void =>
    ask(new IlsChatPoliciesRequestEvent(changed), 'setChatPolicies');
  const isIn = store.connection.state.value === 'joined';
  return html`<fieldset class="rules" part="rules" ?disabled=${!isIn}>
    <legend class="visually-hidden">${msg('Rules of the room')}</legend>
    ${renderWriters(store, ask)} ${renderSlowMode(store, ask)}
    <label class="rule switch" part="rule">
      <span>
        ${msg('First messages wait')}
        <small>${msg('The first message of each person is read by a moderator before others see it.')}</small>
      </span>
      <input
        type="checkbox"
        name="holdsFirstMessages"
        .checked=${policies.holdsFirstMessages}
        @change=${(event: Event) => change({ holdsFirstMessages: isChecked(event) })}
      />
    </label>
    ${renderLinks(policies, change)} ${renderWords(policies, change)}
    ${may(store, 'participant.remove') ? renderLobbyRule(store, slice, ask) : nothing}
  </fieldset>`;
}

/** Everyone, those of some roles, or nobody but those who moderate. */
function renderWriters(store: Store, ask: RulesHost['ask']): TemplateResult {
  const slice = store.features.loaded.value.moderation;
  const writers = slice?.writers.value ?? null;
  const roles = Object.values(store.connection.roles.value)
    .filter(({ permissions }) => permissions.includes('chat.send') && !permissions.includes('chat.moderate'))
    .map(({ name }) => name as RoleName);
  const chosen = writers ?? roles;
  const change = (names: readonly RoleName[]): void =>
    ask(new IlsChatWritersRequestEvent(names.length === roles.length ? null : names), 'setChatWriters');
  return html`<fieldset class="rule" part="rule">
    <legend>${msg('Who may chat')}</legend>
    <small>${msg('Those who moderate may always. Nobody chosen: the chat is closed.')}</small>
    ${roles.map(
      (name) =>
        html`<label class="choice"
          ><input
            type="checkbox"
            name="writers"
            value=${name}
            .checked=${live(chosen.includes(name))}
            @change=${(event: Event) =>
              change(roles.filter((each) => (each === name ? isChecked(event) : chosen.includes(each))))}
          />${describeRole(name)}</label
        >`,
    )}
  </fieldset>`;
}

function renderSlowMode(store: Store, ask: RulesHost['ask']): TemplateResult {
  const now = store.features.loaded.value.moderation?.slowModeMs.value ?? 0;
  const choices = [...new Set([...SLOW_MODES_MS, now])].sort((a, b) => a - b);
  return renderSelect({
    name: 'slowMode',
    label: msg('Slow mode'),
    note: msg('How long each waits between two messages.'),
    value: String(now),
    choices: choices.map((ms) => [String(ms), ms === 0 ? msg('Off') : formatDuration(ms)]),
    handleChange: (value) => ask(new IlsSlowModeRequestEvent(Number(value)), 'setSlowMode'),
  });
}

function renderLinks(policies: ChatPolicies, change: (changed: Partial<ChatPolicies>) => void): TemplateResult {
  const choices: readonly (readonly [LinkPolicy, string])[] = [
    ['allow', msg('Anyone may post them')],
    ['hold', msg('They wait for a moderator')],
    ['moderators', msg('Moderators alone post them')],
    ['refuse', msg('Nobody posts them')],
  ];
  return renderSelect({
    name: 'links',
    label: msg('Links'),
    value: policies.links,
    choices,
    handleChange: (links) => change({ links }),
  });
}

function renderWords(policies: ChatPolicies, change: (changed: Partial<ChatPolicies>) => void): TemplateResult {
  const choices: readonly (readonly [WordAction, string])[] = [
    ['block', msg('The message is refused')],
    ['mask', msg('The words become stars')],
    ['hold', msg('The message waits for a moderator')],
  ];
  return html`<form
    class="rule"
    part="rule"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const field = event.target instanceof HTMLFormElement ? event.target.elements.namedItem('words') : null;
      if (field instanceof HTMLTextAreaElement) change({ words: wordsOf(field.value) });
    }}
  >
    <label>
      ${msg('Filtered words')}
      <small>${msg('One on each line; only those who moderate see the list.')}</small>
      <textarea
        class="input"
        part="words"
        name="words"
        rows="3"
        autocomplete="off"
        spellcheck="false"
        .defaultValue=${policies.words.join('\n')}
      ></textarea>
    </label>
    ${renderSelect({
      name: 'wordAction',
      label: msg('What becomes of a message with one'),
      value: policies.wordAction,
      choices,
      handleChange: (wordAction) => change({ wordAction }),
    })}
    <button type="submit" class="button small outlined" part="save-words-button">${msg('Save the words')}</button>
  </form>`;
}

function renderLobbyRule(
  store: Store,
  slice: ReadonlyFeature<'moderationDesk'>,
  ask: RulesHost['ask'],
): TemplateResult {
  const waitBelow = slice.lobby.value?.waitBelow ?? null;
  const roles = Object.values(store.connection.roles.value).filter(
    ({ name, permissions }) => reaches(store, name) && permissions.includes('participant.list'),
  );
  return renderSelect({
    name: 'lobby',
    label: msg('Lobby'),
    note: msg('Newcomers wait until somebody lets them in. To end it lets everyone in who waits.'),
    value: waitBelow ?? '',
    choices: [
      ['', msg('Off')],
      ...roles.map(({ name }): [string, string] => [name, msg(str`For those below: ${describeRole(name)}`)]),
    ],
    handleChange: (role) => ask(new IlsLobbyRequestEvent(role === '' ? null : (role as RoleName)), 'setLobby'),
  });
}

interface Select<T extends string> {
  readonly name: string;
  readonly label: string;
  readonly note?: string;
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly handleChange: (value: T) => void;
}

function renderSelect<T extends string>({
  name,
  label,
  note,
  value,
  choices,
  handleChange,
}: Select<T>): TemplateResult {
  return html`<label class="rule" part="rule">
    ${label}${note === undefined ? nothing : html`<small>${note}</small>`}
    <select
      class="input"
      name=${name}
      .value=${value}
      @change=${({ target }: Event) => {
        const chosen = target instanceof HTMLSelectElement ? choices[target.selectedIndex]?.[0] : undefined;
        if (chosen !== undefined) handleChange(chosen);
      }}
    >
      ${choices.map(([each, words]) => html`<option value=${each} ?selected=${each === value}>${words}</option>`)}
    </select>
  </label>`;
}

function isChecked({ target }: Event): boolean {
  return target instanceof HTMLInputElement && target.checked;
}

function wordsOf(text: string): string[] {
  return [...new Set(text.split('\n').map((word) => word.trim()))].filter((word) => word !== '');
}
