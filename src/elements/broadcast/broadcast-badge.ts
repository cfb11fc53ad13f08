import { html, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon.ts';
import { liveIcon } from '../../icons/live.ts';
import { recordIcon } from '../../icons/record.ts';
import { msg } from '../../locales/localization.ts';

/** Says that the room is on the air, or recorded. */
export function renderBadge(recordOnly: boolean): TemplateResult {
  return recordOnly
    ? html`<span part="badge" class="badge">${icon(recordIcon)}${msg('Recording')}</span>`
    : html`<span part="badge" class="badge live">${icon(liveIcon)}${msg('Live')}</span>`;
}
