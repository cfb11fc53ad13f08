import { batch } from '@preact/signals-core';
import type { BackstageView, RequestData, StreamId, StreamView, TalkbackStream } from '../../protocol/index.ts';
import { createHandsSlice } from '../../store/hands.ts';
import type { Feature, FeatureParts } from '../features.ts';

/** Stands among the streams for one's own talkback, whatever the server calls it. */
const OWN_TALKBACK = 'talkback' as StreamId;

export function createHands({ store, request }: FeatureParts): Feature<'hands'> {
  const slice = createHandsSlice();
  const { state, count, own, isBackstage, queue, backstage, talkback, talkingTo } = slice;
  /** Counts what was told, so that an answer which it overtook is asked for again. */
  let told = 0;
  /** One wants to be heard: media sends one's voice as long as it is among the streams. */
  let isTalking = false;
  /** Requests to talk, or to end it, that have not been answered. */
  let asking = 0;

  /** What is behind the stage is received like the rest, and is not on stage. */
  const showStreams = (): void => {
    const voice = { source: 'talkback', kind: 'audio', muted: false, mutedBy: null } as const;
    const selfId = store.participants.selfId.value;
    const streams: (StreamView | TalkbackStream)[] = [
      ...backstage.value.flatMap((person) => person.streams),
      ...talkback.value.map(({ streamId, participantId }) => ({ ...voice, id: streamId, participantId })),
      ...(isTalking && selfId !== null ? [{ ...voice, id: OWN_TALKBACK, participantId: selfId }] : []),
    ];
    store.stage.backstage.value = new Map(streams.map((stream) => [stream.id, stream]));
  };
  const setBackstage = (people: readonly BackstageView[]): void => {
    batch(() => {
      backstage.value = people;
      showStreams();
    });
  };
  const setTalking = (talking: boolean): void => {
    if (isTalking === talking) return;
    isTalking = talking;
    showStreams();
  };
  /** The server hears nobody for whom one talks: it ends, unless one has just asked for more. */
  const endUnheard = (): void => {
    if (asking === 0 && talkingTo.value.length === 0) setTalking(false);
  };

  const talkBack = async (data: RequestData<'talkBack'>) => {
    setTalking(data.participantIds.length > 0);
    asking += 1;
    try {
      return await request('talkBack', data);
    } finally {
      asking -= 1;
      endUnheard();
    }
  };

  const restore = async (): Promise<void> => {
    try {
      let before: number;
      do {
        before = told;
        // oxlint-disable-next-line no-await-in-loop -- each answer shows whether the next is needed
        const whole = await request('getHands', {});
        batch(() => {
          count.value = whole.count;
          own.value = whole.own;
          isBackstage.value = whole.isBackstage;
          queue.value = whole.queue;
          talkback.value = whole.talkback;
          talkingTo.value = whole.talkingTo;
          setBackstage(whole.backstage);
          endUnheard();
          state.value = 'ready';
        });
      } while (told !== before);
    } catch (error) {
      if (state.value === 'loading') state.value = 'failed';
      throw error;
    }
  };

  return {
    slice,
    restore,
    // It goes before the request of its name: the voice is on its way while the server is asked.
    verbs: { talkBack },
    signals: {
      handsCounted(data) {
        count.value = data.count;
      },
      ownHandChanged(data) {
        told += 1;
        own.value = data.own;
      },
      handQueueChanged({ raised, lowered }) {
        told += 1;
        const next = new Map(queue.value.map((hand) => [hand.participantId, hand]));
        for (const id of lowered) next.delete(id);
        for (const hand of raised) next.set(hand.participantId, hand);
        queue.value = [...next.values()];
      },
      backstageChanged(data) {
        told += 1;
        setBackstage(data.backstage);
      },
      ownBackstageChanged(data) {
        told += 1;
        isBackstage.value = data.isBackstage;
      },
      talkbackChanged(data) {
        told += 1;
        batch(() => {
          talkback.value = data.talkback;
          showStreams();
        });
      },
      ownTalkbackChanged({ participantIds }) {
        told += 1;
        talkingTo.value = participantIds;
        endUnheard();
      },
      // Told on every return and after each change of what one may know: signals in between were missed.
      permissionsChanged() {
        restore().catch(() => undefined);
      },
    },
  };
}
