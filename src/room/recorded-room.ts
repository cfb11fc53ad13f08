import { batch, effect, untracked } from '@preact/signals-core';
import { LATEST_GIFTS, rankGifter } from '../protocol/gift-rules.ts';
import {
  ProtocolError,
  type EventData,
  type EventFrame,
  type EventName,
  type Gifter,
  type PollView,
  type ReplyData,
  type RequestName,
} from '../protocol/index.ts';
import type { FeatureName } from '../store/features.ts';
import type { WritableStore } from '../store/store.ts';
import type { ChatLedger } from './chat-ledger.ts';
import { Features } from './features.ts';
import { Replay } from './replay.ts';
import type { Request } from './rpc.ts';

/** A room whose events come from a file, as far as the viewer has got. */
export interface RecordedRoom {
  /** `url`: JSON lines; empty for none. The same again changes nothing. */
  load(url: string): void;
  use(feature: FeatureName): void;
  /** Any number of times. */
  close(): void;
}

export function openRecordedRoom(store: WritableStore, ledger: ChatLedger): RecordedRoom {
  const features = new Features({ store, request: answerFrom(() => replay.past) });
  const replay: Replay = new Replay({
    handle: (event) =>
      batch(() => {
        if (isNamed(event, 'chatSent')) ledger.receive(event.data.message);
        features.handleEvent(event);
      }),
    restart: (past) =>
      batch(() => {
        const said = dataOf(past, 'chatSent').map(({ message }) => message);
        ledger.restart(said.length, said);
        forgetFeatures(store);
        features.restore(true);
      }),
  });
  const stop = effect(() => {
    const timeline = store.playback.timeline.value;
    if (timeline) untracked(() => replay.moveTo((timeline.position - timeline.start) * 1_000));
  });
  let address = '';
  let loading = new AbortController();
  const fetchEvents = async (url: string, { signal }: AbortController): Promise<void> => {
    const response = await fetch(new URL(url, document.baseURI), { signal });
    const lines = response.ok ? await response.text() : '';
    if (!signal.aborted) replay.load(lines);
  };
  return {
    load(url) {
      if (url === address) return;
      address = url;
      loading.abort();
      loading = new AbortController();
      replay.load('');
      // Its readers are in the room as it was, and may say nothing there.
      store.connection.state.value = url === '' ? 'idle' : 'joined';
      // Without its events the recording plays all the same.
      if (url !== '') fetchEvents(url, loading).catch(() => undefined);
    },
    use: (feature) => features.use(feature),
    close() {
      loading.abort();
      stop();
    },
  };
}

/** What the server would have said at that moment; of what is not recorded it says nothing. */
function answerFrom(past: () => readonly EventFrame[]): Request {
  const answers: { readonly [N in RequestName]?: () => ReplyData<N> } = {
    getPolls: () => ({ polls: pollsOf(past()), votes: [], tallies: [], scores: [], standing: null }),
    getGifts: () => giftsOf(past()),
    getCaptions: () => ({ captions: dataOf(past(), 'captionSpoken').map(({ caption }) => caption), drafts: [] }),
  };
  return async (name) => {
    const answer = answers[name];
    if (!answer) throw new ProtocolError('disconnected', 'a recording has no room');
    return answer();
  };
}

function pollsOf(past: readonly EventFrame[]): PollView[] {
  return [...new Map(dataOf(past, 'pollChanged').map(({ poll }) => [poll.id, poll])).values()];
}

function giftsOf(past: readonly EventFrame[]): ReplyData<'getGifts'> {
  const sent = dataOf(past, 'giftSent');
  return {
    catalogue: { unit: '', items: [] },
    balance: null,
    totals: sent.at(-1)?.totals ?? { gifts: 0, amount: 0 },
    goal: null,
    top: sent.reduce<Gifter[]>((top, { gifter }) => rankGifter(top, gifter), []),
    latest: sent.slice(-LATEST_GIFTS).map(({ gift }) => gift),
  };
}

/** What a feature keeps beside what it is given anew. */
function forgetFeatures({ features }: WritableStore): void {
  const { polls, captions } = features.loaded.peek();
  if (polls) polls.byId.value = new Map();
  if (captions) captions.spoken.value = [];
}

function dataOf<N extends EventName>(events: readonly EventFrame[], name: N): EventData<N>[] {
  return events.flatMap((event) => (isNamed(event, name) ? [event.data] : []));
}

const isNamed = <N extends EventName>(event: EventFrame, name: N): event is EventFrame<N> => event.name === name;
