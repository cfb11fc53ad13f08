import { html, nothing, type TemplateResult } from 'lit';
import { errorIcon } from '../../icons/error.ts';
import { icon } from '../../icons/icon.ts';
import { warningIcon } from '../../icons/warning.ts';
import { msg } from '../../locales/localization.ts';
import type { BroadcastView, RecordingStatus } from '../../protocol/index.ts';
import { adviseOn, describeFailure, describeRecordingFailure } from './trouble-words.ts';

/** Why nothing comes of it at the moment, or at all. */
export function renderFailure({ reason, retrying, options }: BroadcastView, mayControl: boolean): TemplateResult {
  const code = reason?.code ?? 'internal';
  const comfort =
    options.recordOnly === true
      ? msg('Trying again. The recording goes on where it can.')
      : msg('Trying again. Viewers wait and come back by themselves.');
  const advice = mayControl ? adviseOn(code) : nothing;
  return html`<div part="failure" class="banner ${retrying ? 'warning' : 'danger'}" role="alert">
    ${icon(retrying ? warningIcon : errorIcon)}
    <div class="banner-words">
      <strong>${describeFailure(code)}</strong>
      <p>${retrying ? comfort : advice}</p>
    </div>
  </div>`;
}

/** The broadcast goes on whatever the storage does: whoever controls it is told what is at stake. */
export function renderRecordingTrouble(recording: RecordingStatus | null): TemplateResult | typeof nothing {
  if (recording?.state !== 'blocked') return nothing;
  return html`<div part="failure" class="banner warning" role="alert">
    ${icon(warningIcon)}
    <div class="banner-words">
      <strong>${describeRecordingFailure(recording.reason?.code ?? 'internal')}</strong>
      <p>
        ${msg('Viewers notice nothing. What waits is recorded once there is room again; minutes from now it is lost.')}
      </p>
    </div>
  </div>`;
}
