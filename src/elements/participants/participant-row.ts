import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconNode } from '../../icons/icon.ts';
import { cameraIcon } from '../../icons/camera.ts';
import { cameraOffIcon } from '../../icons/camera-off.ts';
import { microphoneIcon } from '../../icons/microphone.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { moreIcon } from '../../icons/more.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { pinIcon } from '../../icons/pin.ts';
import { screenIcon } from '../../icons/screen.ts';
import { signalLowIcon } from '../../icons/signal-low.ts';
import { spotlightIcon } from '../../icons/spotlight.ts';
import { msg, str } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { ParticipantView, RoleName } from '../../protocol/index.ts';
import { streamOf } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { styleProperties } from '../../styles/style-properties.ts';
import { hueOf } from '../chat/author-color.ts';
import { initialsOf } from '../tile/initials.ts';

export interface RowView {
  readonly participant: ParticipantView;
  /** Shows what they publish. */
  readonly onStage: boolean;
  /** The role they are invited to. */
  readonly invitedTo: RoleName | null;
  readonly hasMenu: boolean;
  readonly menuOpen: boolean;
}

/** At and below this quality a link is worth a mark; of 0 to 4. */
const POOR_QUALITY = 1;

/** A participant in the list. With a menu the whole row opens it. */
export function renderParticipant(store: Store, view: RowView): TemplateResult {
  const { participant, hasMenu, menuOpen } = view;
  const classes = `row ${participant.lost ? 'lost' : ''}`;
  return html`<li part="participant" class="item">
    ${
      hasMenu
        ? html`<button
            type="button"
            class=${classes}
            part="participant-row"
            tabindex="-1"
            aria-haspopup="menu"
            aria-expanded=${String(menuOpen)}
            data-participant=${participant.id}
          >
            ${renderContent(store, view)}<span class="more" aria-hidden="true">${icon(moreIcon)}</span>
          </button>`
        : html`<div class=${classes} part="participant-row">${renderContent(store, view)}</div>`
    }
  </li>`;
}

function renderContent(store: Store, { participant, onStage, invitedTo }: RowView): TemplateResult {
  const { id, name, role, lost } = participant;
  const isSelf = id === store.participants.selfId.value;
  const speaking = onStage && store.stage.activeSpeaker.value === id;
  return html`<span
      class="avatar ${speaking ? 'speaking' : ''}"
      part="avatar"
      aria-hidden="true"
      ${styleProperties({ '--_avatar-hue': String(hueOf(id)) })}
      >${initialsOf(name)}</span
    >
    <span class="words">
      <span class="name-line">
        <bdi class="name truncate" part="name">${name}</bdi>
        ${isSelf ? html`<span class="you" part="self-mark">${msg('You')}</span>` : nothing}
      </span>
      <span class="role" part="role">${describeStanding(role, lost, invitedTo)}</span>
    </span>
    <span class="marks" part="marks">
      ${lost ? mark(offlineIcon, msg('Connection lost'), 'warning') : nothing}
      ${onStage && !lost ? renderStageMarks(store, participant) : nothing}
    </span>`;
}

function describeStanding(role: RoleName, lost: boolean, invitedTo: RoleName | null): string {
  if (lost) return msg('Connection lost');
  return invitedTo === null ? describeRole(role) : msg(str`Invited as ${describeRole(invitedTo)}`);
}

function renderStageMarks(store: Store, { id, role }: ParticipantView): TemplateResult {
  const publish = store.connection.roles.value[role]?.publish ?? [];
  const microphone = streamOf(store, id, 'microphone');
  const camera = streamOf(store, id, 'camera');
  const screen = streamOf(store, id, 'screen');
  const quality = store.stage.qualities.value.get(id);
  return html`
    ${quality !== undefined && quality <= POOR_QUALITY ? mark(signalLowIcon, msg('Poor connection'), 'warning') : nothing}
    ${store.stage.spotlight.value === id ? mark(spotlightIcon, msg('In the spotlight'), 'accent') : nothing}
    ${store.stage.pinned.value === id ? mark(pinIcon, msg('Pinned'), 'accent') : nothing}
    ${screen === null || screen.muted ? nothing : mark(screenIcon, msg('Shares the screen'), 'accent')}
    ${
      publish.includes('microphone')
        ? microphone === null || microphone.muted
          ? mark(microphoneOffIcon, msg('Microphone off'), 'off')
          : mark(microphoneIcon, msg('Microphone on'), '')
        : nothing
    }
    ${
      publish.includes('camera')
        ? camera === null || camera.muted
          ? mark(cameraOffIcon, msg('Camera off'), 'off')
          : mark(cameraIcon, msg('Camera on'), '')
        : nothing
    }
  `;
}

function mark(node: IconNode, label: string, kind: '' | 'off' | 'accent' | 'warning'): TemplateResult {
  return html`<span class="mark ${kind}" role="img" aria-label=${label}>${icon(node)}</span>`;
}
