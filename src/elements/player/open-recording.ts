import { ContextProvider } from '@lit/context';
import type { LitElement } from 'lit';
import { roomContext } from '../../context/room-context.ts';
import { createRecording, type Recording } from '../../create-recording.ts';
import { IlsSourceExpiredEvent } from '../../events/source-expired.ts';
import { IlsRequestEvent, listenToRequests } from '../../events/request-event.ts';

type RecordingPlayer = LitElement & { readonly src: string };

/** Performs the uncancelled requests that `target` fires, until the signal aborts. */
type Listen = (target: EventTarget, signal: AbortSignal) => void;

interface Opening {
  readonly listen: Promise<Listen>;
  readonly settle: (listen: Listen) => void;
}

/** By their players: others may wait for one before it is there. */
const openings = new WeakMap<HTMLElement, Opening>();

function openingOf(player: HTMLElement): Opening {
  const known = openings.get(player);
  if (known) return known;
  let settle: Opening['settle'] = () => {};
  const listen = new Promise<Listen>((resolve) => (settle = resolve));
  const opening = { listen, settle };
  openings.set(player, opening);
  return opening;
}

/** Does for `target` what a room would, once the player has a recording. */
export async function joinRecording(player: HTMLElement, target: EventTarget, signal: AbortSignal): Promise<void> {
  (await openingOf(player).listen)(target, signal);
}

/** Plays the player's `src`, and does for it, and for elements that name it, what a room would. */
export function openRecording(player: RecordingPlayer): Recording {
  const recording = createRecording({
    sourceExpired: () => player.dispatchEvent(new IlsSourceExpiredEvent()),
  });
  const showSource = () => {
    if (player.src !== '') recording.setSource(player.src);
  };
  const replayEvents = () => recording.setEvents(player.getAttribute('events') ?? '');
  showSource();
  replayEvents();
  player.addController({ hostUpdate: showSource });
  new MutationObserver(replayEvents).observe(player, { attributeFilter: ['events'] });
  const handleRequest = (event: Event): void => {
    if (!(event instanceof IlsRequestEvent) || player.src === '') return;
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      Promise.resolve(event.perform(recording.actions)).catch(() => undefined);
      // A room around the player has no part in it.
      event.preventDefault();
    });
  };
  const listen: Listen = (target, signal) => listenToRequests(target, handleRequest, signal);
  let scope = new AbortController();
  player.addController({
    hostConnected() {
      scope = new AbortController();
      listen(player, scope.signal);
    },
    hostDisconnected: () => scope.abort(),
  });
  new ContextProvider(player, { context: roomContext, initialValue: recording });
  openingOf(player).settle(listen);
  return recording;
}
