import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { defineElement } from '../../src/elements/define-element.ts';
import { IlsRoom } from '../../src/elements/room/room.ts';
import { createFakeRoom, type FakeRoom, type FakeRoomOptions } from '../../src/testing/index.ts';

/** What stands inside an `<ils-room>` on a fake room, and the two of them. */
export interface RoomFixture<T extends HTMLElement> {
  readonly room: FakeRoom;
  readonly host: IlsRoom;
  readonly element: T;
}

const open: FakeRoom[] = [];

afterEach(() => {
  for (const room of open.splice(0)) room.close();
});

/** Shows `content`, whose first element is handed out. The fake room closes after the test. */
export async function roomFixture<T extends HTMLElement>(
  options: FakeRoomOptions,
  content: TemplateResult,
): Promise<RoomFixture<T>> {
  defineElement('ils-room', IlsRoom);
  const room = createFakeRoom({ moving: true, ...options });
  open.push(room);
  const host = await fixture<IlsRoom>(html`<ils-room .headless=${room}>${content}</ils-room>`);
  const element = host.firstElementChild as T | null;
  if (element === null) throw new Error('There is nothing in the room.');
  await settled(element);
  return { room, host, element };
}

/** All updates that are due have been drawn. */
export async function settled(element: HTMLElement): Promise<void> {
  if ('updateComplete' in element) await element.updateComplete;
  await nextFrame();
  if ('updateComplete' in element) await element.updateComplete;
}

/** The next animation frame. */
export const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** Long enough for a machine that has much else to do. */
const PATIENCE_MS = 10_000;

/** Waits until `condition` holds, looked at in every frame. */
export async function until(condition: () => boolean, what = 'the condition'): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited ${PATIENCE_MS} ms for ${what}.`);
    await nextFrame();
  }
}

/** The next event of that type. */
export const once = <T extends Event>(target: EventTarget, type: string): Promise<T> =>
  new Promise((resolve) => target.addEventListener(type, (event) => resolve(event as T), { once: true }));

/** The part of that name in the element's shadow root. */
export function part<T extends HTMLElement = HTMLElement>(element: Element, name: string): T | null {
  return element.shadowRoot?.querySelector<T>(`[part~="${name}"]`) ?? null;
}

/** Asserts that the part is there. */
export function present<T extends HTMLElement = HTMLElement>(element: Element, name: string): T {
  const found = part<T>(element, name);
  if (found === null) throw new Error(`There is no part "${name}".`);
  return found;
}

/** The text as the reader sees it, white space folded. */
export const textOf = (element: Element | null): string => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();

/** The actions called so far, by name. */
export const called = (room: FakeRoom): readonly string[] => room.calls.map(({ action }) => action);

/** The participant of that name. */
export function idOf(room: FakeRoom, name: string) {
  for (const { id, name: known } of room.store.participants.byId.value.values()) if (known === name) return id;
  throw new Error(`There is no ${name}.`);
}

/** The stream of that participant and source. */
export function streamIdOf(room: FakeRoom, name: string, source: string) {
  const id = idOf(room, name);
  for (const stream of room.store.stage.streams.value.values())
    if (stream.participantId === id && stream.source === source) return stream.id;
  throw new Error(`${name} has no ${source}.`);
}

/** Everything that moves and ends has come to rest. */
export async function still(element: Element): Promise<void> {
  const ending = (element.shadowRoot?.getAnimations() ?? []).filter(({ effect }) =>
    Number.isFinite(Number(effect?.getComputedTiming().endTime ?? 0)),
  );
  await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
}
