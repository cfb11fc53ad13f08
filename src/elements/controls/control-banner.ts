import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../icons/icon.ts';
import { errorIcon } from '../../icons/error.ts';
import { infoIcon } from '../../icons/info.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';

/** A message above the buttons. */
export function renderBanner(
  kind: '' | 'warning' | 'danger',
  words: unknown,
  actions: unknown = nothing,
  about: 'muted' | '' = '',
): TemplateResult {
  const node = about === 'muted' ? microphoneOffIcon : kind === '' ? infoIcon : errorIcon;
  return html`<div class="banner ${kind}" part="message" role=${kind === 'danger' ? 'alert' : 'status'}>
    ${icon(node)}<span class="banner-words">${words}</span>
    ${actions === nothing ? nothing : html`<span class="banner-actions">${actions}</span>`}
  </div>`;
}
