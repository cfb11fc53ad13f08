import type { ParticipantId } from '../../protocol/index.ts';
import type { ConnectionState } from '../../store/connection.ts';
import type { Store } from '../../store/store.ts';
import type { StageItem } from './stage-items.ts';

export const READY_KEY = '';
const AHEAD: ReadonlySet<ConnectionState> = new Set(['idle', 'connecting']);

/**
 * Before one joins, a place stands ready out of sight, and whoever is on takes it: making one takes long, just when the first
 * picture is to come.
 */
export class ReadyPlace {
  #heir: string | undefined;

  /** The places to draw. */
  among(shown: readonly StageItem[], { connection }: Pick<Store, 'connection'>): readonly StageItem[] {
    const [first] = shown;
    if (first !== undefined) {
      if (this.#heir === READY_KEY) this.#heir = first.key;
      return shown;
    }
    // Until somebody takes it, it stays: the stage may not have been measured when the room is there.
    if (this.#heir !== READY_KEY && !(connection.aboutToWatch.value && AHEAD.has(connection.state.value))) return shown;
    this.#heir = READY_KEY;
    return [{ key: READY_KEY, participantId: '' as ParticipantId, source: 'camera', isSelf: false }];
  }

  /** By what a place is known: the one who took it over keeps its element. */
  keyOf(key: string): string {
    return key === this.#heir ? READY_KEY : key;
  }
}
