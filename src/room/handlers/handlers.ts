import type { EventData, EventName, SignalData, SignalName } from '../../protocol/index.ts';

/** What the room does on each event and signal, by name. Names that are absent are ignored ([N5]). */
export type EventHandlers = { readonly [N in EventName]: (data: EventData<N>) => void };
export type SignalHandlers = { readonly [N in SignalName]: (data: SignalData<N>) => void };
