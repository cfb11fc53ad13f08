import { effect } from '@preact/signals-core';
import type { RoomContext } from '../../src/context/room-context.ts';
import { defineElement } from '../../src/elements/define-element.ts';
import { IlsOverlay } from '../../src/elements/overlay/overlay.ts';
import { IlsRoom } from '../../src/elements/room/room.ts';
import { IlsStage } from '../../src/elements/stage/stage.ts';
import { DEFAULT_BROADCAST_OPTIONS, type BroadcastLayout, type ParticipantId } from '../../src/protocol/index.ts';
import { onStage } from '../../src/store/selectors.ts';
import type { Store } from '../../src/store/store.ts';
import { keepNamesInSight } from './names-in-sight.ts';

const LAYOUTS = { GRID: 'grid', SPOTLIGHT: 'spotlight', SIDEBAR: 'sidebar' } as const satisfies Record<
  BroadcastLayout['type'],
  IlsStage['layout']
>;

/** So many tiles are large enough for larger names. */
const MOST_FEW = 4;

/** Where the page is a programme it says when it can be seen; opened by itself it is a preview. */
const tellComposer = (message: object): void => parent.postMessage(message, '*');

defineElement('ils-room', IlsRoom);
defineElement('ils-stage', IlsStage);
defineElement('ils-overlay', IlsOverlay);
const room = document.querySelector<IlsRoom>('ils-room');
const overlay = document.querySelector<IlsOverlay>('ils-overlay');
const stage = document.querySelector<IlsStage>('ils-stage');
if (room && overlay && stage) void show(room, overlay, stage);

async function show(room: IlsRoom, overlay: IlsOverlay, stage: IlsStage): Promise<void> {
  const given = new URLSearchParams(location.hash.slice(1));
  room.server = given.get('ils-server') ?? '';
  room.room = given.get('ils-room') ?? '';
  room.token = given.get('ils-token') ?? '';
  await room.updateComplete;
  room.addEventListener('ils-left', ({ state }) => {
    tellComposer({ type: 'ils-template-failed', message: `The room is ${state}.` });
  });
  await room.join();
  const { context } = room;
  if (!context) return;
  effect(() => followBroadcast(context, stage));
  effect(() => makeRoomForTicker(context.store));
  keepNamesInSight(stage, overlay);
  await Promise.all([stage.updateComplete, document.fonts.ready]);
  requestAnimationFrame(() => requestAnimationFrame(() => tellComposer({ type: 'ils-template-ready' })));
}

function countTiles({ stage }: Store): number {
  const streams = [...stage.streams.value.values()];
  const people = new Set(streams.map(({ participantId }) => participantId));
  return people.size + streams.filter(({ source }) => source === 'screen').length;
}

/** A line along the bottom stays for long: the picture ends above it. */
function makeRoomForTicker({ features }: Store): void {
  const live = features.loaded.value.overlays?.screen.value.at(-1)?.value ?? [];
  document.documentElement.toggleAttribute(
    'data-ticker',
    live.some(({ layer }) => layer === 'ticker'),
  );
}

/** The room's spotlight, else the first on stage: of those who are seen or heard, as nobody else has a tile. */
function whomToPin(store: Store): ParticipantId | null {
  const { spotlight, streams } = store.stage;
  const publishing = new Set([...streams.value.values()].map(({ participantId }) => participantId));
  const inOrder = [spotlight.value, ...onStage(store).map(({ id }) => id)];
  return inOrder.find((id) => id !== null && publishing.has(id)) ?? null;
}

/** Arranges the stage as the broadcast's options say, now and whenever they change. */
function followBroadcast({ store, actions }: RoomContext, stage: IlsStage): void {
  const { layout, theme } = store.broadcast.view.value?.options ?? DEFAULT_BROADCAST_OPTIONS;
  document.documentElement.dataset['theme'] = theme === 'LIGHT' ? 'light' : 'dark';
  document.querySelector('h1')?.replaceChildren(store.connection.title.value);
  stage.layout = LAYOUTS[layout.type];
  const tiles = Math.min(countTiles(store), layout.gridSize);
  document.documentElement.toggleAttribute('data-alone', layout.type === 'SPOTLIGHT' || tiles === 1);
  document.documentElement.dataset['crowd'] = tiles <= MOST_FEW && layout.type === 'GRID' ? 'few' : 'many';
  stage.maxTiles = layout.gridSize;
  // Whoever speaks takes the main place by themselves; a pin holds it.
  actions.pin(layout.priority === 'PIN' ? whomToPin(store) : null);
}
