import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { msg, str } from '../../locales/localization.ts';
import type { MediaErrorCode, Source } from '../../protocol/index.ts';
import { mayPublish, streamOf } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { LazyPart } from '../lazy-part.ts';
import { renderBanner } from './control-banner.ts';
import type * as controlFailure from './control-failure.ts';

/** What is known beside the room's store. */
export interface MessageView {
  readonly speaksMuted: boolean;
  /** In words; empty without shortcuts. */
  readonly unmuteKey: string;
}

const SHOWN: readonly Source[] = ['camera', 'microphone', 'screen'];
/** These two were the reader's own doing at the browser's own dialog, which said enough. */
const SILENT: ReadonlySet<MediaErrorCode> = new Set(['permissionDismissed', 'ended']);

const keyOf = (source: Source, code: MediaErrorCode): string => `${source} ${code}`;

/** What stands above the buttons: what failed and what helps, else that one is muted. */
export class ControlMessages {
  readonly #host: LitElement;
  /** Loaded when something has failed. */
  readonly #failures: LazyPart<typeof controlFailure>;
  /** What the reader has waved away: source and cause. */
  readonly #dismissed = new Set<string>();

  constructor(host: LitElement) {
    this.#host = host;
    this.#failures = new LazyPart(
      () => import('./control-failure.ts'),
      () => host.requestUpdate(),
    );
  }

  /** The reader tries again: what fails from now on is news. */
  reset(): void {
    this.#dismissed.clear();
    this.#host.requestUpdate();
  }

  /** The one thing most worth saying. */
  render(store: Store, view: MessageView): TemplateResult | typeof nothing {
    if (!store.localMedia.supported.value && (mayPublish(store, 'camera') || mayPublish(store, 'microphone'))) {
      return renderBanner(
        'warning',
        html`<strong>${msg('This browser cannot go live.')}</strong>
          ${msg('Use a current version of Chrome, Edge, Firefox or Safari.')}`,
      );
    }
    const sources = store.localMedia.sources.value;
    for (const source of SHOWN) {
      const { error } = sources[source];
      if (error === null || this.#dismissed.has(keyOf(source, error))) continue;
      if (source === 'screen' && SILENT.has(error)) continue;
      return this.#renderFailure(source, error);
    }
    return renderMuted(store, view);
  }

  #renderFailure(source: Source, code: MediaErrorCode): TemplateResult | typeof nothing {
    this.#failures.need();
    // Without the network the rest of the words cannot be loaded.
    if (this.#failures.hasFailed) return renderBanner('danger', msg('Something went wrong. Try again.'));
    const dismiss = () => {
      this.#dismissed.add(keyOf(source, code));
      this.#host.requestUpdate();
    };
    return this.#failures.value?.renderControlFailure(this.#host, source, code, dismiss) ?? nothing;
  }
}

function renderMuted(store: Store, { speaksMuted, unmuteKey }: MessageView): TemplateResult | typeof nothing {
  const id = store.participants.selfId.value;
  const stream = id === null ? null : streamOf(store, id, 'microphone');
  if (stream?.muted === true && stream.mutedBy === 'host') {
    return renderBanner('', msg('The host muted you. You can unmute yourself when it is your turn.'), nothing, 'muted');
  }
  if (!speaksMuted) return nothing;
  const words = unmuteKey === '' ? msg('You are muted.') : msg(str`You are muted. Press ${unmuteKey} to be heard.`);
  return renderBanner('', words, nothing, 'muted');
}
