import { html, type TemplateResult } from 'lit';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { IlsStartSourceRequestEvent } from '../../events/media-requests.ts';
import { icon } from '../../icons/icon.ts';
import { clockIcon } from '../../icons/clock.ts';
import { endedIcon } from '../../icons/ended.ts';
import { liveIcon } from '../../icons/live.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { msg } from '../../locales/localization.ts';
import type { Source } from '../../protocol/index.ts';
import { mayPublish } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { connectionMessage } from '../connection-message.ts';
import type { LazyPart } from '../lazy-part.ts';
import type * as stageFailure from './stage-failure.ts';
import { renderState } from './stage-state.ts';

/** What is said of a device that failed; loaded when one has. */
export type StageFailures = LazyPart<typeof stageFailure>;

const GO_LIVE: readonly Source[] = ['camera', 'microphone'];

/** What stands on a stage without anybody on it: what will be here, and the one thing to do. */
export function renderEmptyStage(host: EventTarget, store: Store | undefined, failures: StageFailures): TemplateResult {
  const state = store?.connection.state.value ?? 'idle';
  if (store === undefined || state === 'connecting')
    return html`<div class="skeleton" part="skeleton" role="status">
      <span class="visually-hidden">${msg('Joining…')}</span>
    </div>`;
  const message = connectionMessage(store);
  if (message !== undefined) {
    const shown = state === 'ended' || state === 'left' ? endedIcon : offlineIcon;
    return renderState(icon(shown), message.title, message.text, message.action, () =>
      host.dispatchEvent(new IlsJoinRequestEvent()),
    );
  }
  if (state === 'idle')
    return renderState(icon(clockIcon), msg('Not joined yet'), msg('The stage opens when you join.'), msg('Join'), () =>
      host.dispatchEvent(new IlsJoinRequestEvent()),
    );
  const mine = GO_LIVE.filter((source) => mayPublish(store, source));
  if (mine.length === 0)
    return renderState(
      icon(clockIcon),
      msg('The show has not started'),
      msg('It begins here as soon as a host goes live.'),
    );
  return renderGoLive(host, store, mine, failures);
}

function renderGoLive(
  host: EventTarget,
  store: Store,
  mine: readonly Source[],
  failures: StageFailures,
): TemplateResult {
  const sources = store.localMedia.sources.value;
  const failed = mine.find((source) => sources[source].status === 'failed');
  const handleGoLive = () => {
    for (const source of mine) host.dispatchEvent(new IlsStartSourceRequestEvent(source));
  };
  if (failed !== undefined) {
    failures.need();
    const words = failures.value?.renderStageFailure(host, failed, sources[failed].error ?? 'failed', handleGoLive);
    if (words !== undefined) return words;
  }
  const busy = mine.some((source) => sources[source].status === 'starting');
  return html`${renderState(
    icon(liveIcon),
    msg('The show has not started'),
    msg('Nobody is live yet. Viewers see you as soon as you are.'),
    busy ? msg('Starting…') : msg('Go live'),
    handleGoLive,
    busy,
  )}`;
}
