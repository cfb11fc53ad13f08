import { createRecording, type Recording } from '../../create-recording.ts';
import { IlsSourceExpiredEvent } from '../../events/source-expired.ts';
import { IlsRequestEvent } from '../../events/request-event.ts';
import { REQUEST_TYPES } from '../../events/request-types.ts';

/** Plays the host's `src`, and does for the host what a room would: performs its uncancelled requests. */
export function openRecording(host: HTMLElement & { readonly src: string }): Recording {
  const recording = createRecording({
    src: host.src,
    sourceExpired: () => host.dispatchEvent(new IlsSourceExpiredEvent()),
  });
  for (const type of REQUEST_TYPES)
    host.addEventListener(type, (event) => {
      if (!(event instanceof IlsRequestEvent) || host.src === '') return;
      queueMicrotask(() => {
        if (event.defaultPrevented) return;
        Promise.resolve(event.perform(recording.actions)).catch(() => undefined);
        // A room around the player has no part in it.
        event.preventDefault();
      });
    });
  return recording;
}
