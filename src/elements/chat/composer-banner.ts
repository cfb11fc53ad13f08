import { html, nothing, type TemplateResult } from 'lit';
import { announcementIcon } from '../../icons/announcement.ts';
import { closeIcon } from '../../icons/close.ts';
import { icon } from '../../icons/icon.ts';
import { lockIcon } from '../../icons/lock.ts';
import { replyIcon } from '../../icons/reply.ts';
import { msg, str } from '../../locales/localization.ts';
import type { DirectTarget } from '../../protocol/index.ts';
import type { ShownMessage } from './shown-log.ts';

/** Whom or what a message that is written is for. */
export type Audience =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'reply'; readonly message: ShownMessage }
  /** `name` in the reader's language. */
  | { readonly kind: 'some'; readonly to: DirectTarget; readonly name: string }
  /** Milliseconds; without it until it is taken down. */
  | { readonly kind: 'announcement'; readonly expiresInMs: number | undefined };

/** Over the field: says what is special about the next message, and lets it be. */
export function renderBanner(
  audience: Audience,
  quoted: string | undefined,
  handleCancel: () => void,
): TemplateResult | typeof nothing {
  switch (audience.kind) {
    case 'everyone':
      return nothing;
    case 'reply': {
      const { name } = audience.message.author;
      const words = html`${msg(str`Replying to ${name}`)}${quoted === undefined ? nothing : ` · ${quoted}`}`;
      return renderLine('reply-banner', replyIcon, words, msg('Do not reply'), 'cancel-reply-button', handleCancel);
    }
    case 'some': {
      const words = msg(str`Only for: ${audience.name}`);
      return renderLine(
        'target-banner',
        lockIcon,
        words,
        msg('Write to everyone'),
        'cancel-target-button',
        handleCancel,
      );
    }
    case 'announcement': {
      const words =
        audience.expiresInMs === undefined
          ? msg('An announcement, until it is taken down')
          : msg(str`An announcement, for ${Math.round(audience.expiresInMs / 60_000)} minutes`);
      const label = msg('Write a message instead');
      return renderLine('target-banner', announcementIcon, words, label, 'cancel-target-button', handleCancel);
    }
  }
}

function renderLine(
  part: string,
  lineIcon: Parameters<typeof icon>[0],
  words: unknown,
  label: string,
  buttonPart: string,
  handleCancel: () => void,
): TemplateResult {
  return html`<div class="banner-line" part=${part}>
    ${icon(lineIcon)}<span class="truncate">${words}</span>
    <button type="button" class="icon-button small" part=${buttonPart} aria-label=${label} @click=${handleCancel}>
      ${icon(closeIcon)}
    </button>
  </div>`;
}
