import type { EventData, EventFrame, EventName, SignalData, SignalFrame, SignalName } from '../../protocol/index.ts';

/** What the room does on each event and signal, by name. */
export type EventHandlers = { readonly [N in EventName]: (data: EventData<N>) => void };
export type SignalHandlers = { readonly [N in SignalName]: (data: SignalData<N>) => void };

/** Names that nobody handles are ignored ([N5]). */
export function handleEvent<N extends EventName>(
  handlers: Partial<EventHandlers>,
  { name, data }: EventFrame<N>,
): void {
  if (Object.hasOwn(handlers, name)) handlers[name]?.(data);
}

export function handleSignal<N extends SignalName>(
  handlers: Partial<SignalHandlers>,
  { name, data }: SignalFrame<N>,
): void {
  if (Object.hasOwn(handlers, name)) handlers[name]?.(data);
}
