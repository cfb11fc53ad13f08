import { fixture, html, waitUntil } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import { defineElement } from '../../src/elements/define-element.ts';
import { IlsRoom } from '../../src/elements/room/room.ts';
import { createFakeRoom, type FakeRoom, type FakeRoomOptions } from '../../src/testing/index.ts';

type Tag = keyof HTMLElementTagNameMap & `ils-${string}`;

/** An element in a fake room, drawn once. */
export interface Shown<E> {
  readonly element: E;
  readonly host: IlsRoom;
  /** Every request and fact that passed the room, oldest first. */
  readonly events: readonly Event[];
  /** What in the element's shadow root a selector finds; fails where there is nothing. */
  find<T extends HTMLElement = HTMLElement>(selector: string): T;
  findAll<T extends HTMLElement = HTMLElement>(selector: string): T[];
  part<T extends HTMLElement = HTMLElement>(name: string): T;
  text(selector: string): string;
}

const rooms: FakeRoom[] = [];

afterEach(() => rooms.splice(0).forEach((room) => room.close()));

/** A fake room that is closed after the test. */
export function createRoom(options: FakeRoomOptions = {}): FakeRoom {
  const room = createFakeRoom(options);
  rooms.push(room);
  return room;
}

/** Light or dark, for the page and for whoever asks the browser. */
export async function useColorScheme(colorScheme: 'light' | 'dark'): Promise<void> {
  document.documentElement.style.colorScheme = colorScheme;
  document.documentElement.style.background = 'Canvas';
  await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

const REQUESTS = [
  'join',
  'leave',
  'end-room',
  'start-source',
  'stop-source',
  'mute-source',
  'select-device',
  'test-media',
  'change-role',
  'answer-role-offer',
  'withdraw-role-offer',
  'remove-participant',
  'mute-participant',
  'spotlight',
  'pin',
  'send-chat',
  'retry-chat',
  'discard-chat',
  'load-chat',
  'delete-chat',
  'start-broadcast',
  'stop-broadcast',
  'start-recording',
  'stop-recording',
  'broadcast-layout',
];

/** Puts `<ils-room><tag></ils-room>` of `room` into a box of the given size in CSS pixels. */
export async function showElement<T extends Tag>(
  tag: T,
  room: FakeRoom,
  { width = 360, height = 560, attributes = {} as Readonly<Record<string, string>> } = {},
): Promise<Shown<HTMLElementTagNameMap[T] & LitElement>> {
  defineElement('ils-room', IlsRoom);
  const element = document.createElement(tag) as HTMLElementTagNameMap[T] & LitElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const box = document.createElement('div');
  box.style.width = `${width}px`;
  box.style.height = `${height}px`;
  box.append(element);
  const host = await fixture<IlsRoom>(html`<ils-room no-banner .headless=${room}>${box}</ils-room>`);
  const events: Event[] = [];
  for (const name of REQUESTS) host.addEventListener(`ils-${name}-request`, (event) => events.push(event));
  await host.updateComplete;
  await drawn(element);
  const find = <E extends HTMLElement>(selector: string): E => {
    const found = element.shadowRoot!.querySelector<E>(selector);
    if (found === null) throw new Error(`<${tag}> shows no ${selector}`);
    return found;
  };
  return {
    element,
    host,
    events,
    find,
    findAll: <E extends HTMLElement>(selector: string) => [...element.shadowRoot!.querySelectorAll<E>(selector)],
    part: <E extends HTMLElement>(name: string) => find<E>(`[part~="${name}"]`),
    text: (selector) => find(selector).textContent!.trim().replaceAll(/\s+/g, ' '),
  };
}

/** Waits until the element has drawn itself, measured, and drawn itself again where that was needed. */
export async function drawn(element: LitElement): Promise<void> {
  for (let frame = 0; frame < 4; frame++) {
    await element.updateComplete;
    await new Promise(requestAnimationFrame);
  }
  await element.updateComplete;
}

/** Waits until whatever fades or moves in the element has come to its end, so that contrast is measured on the picture at rest. */
export async function atRest(element: LitElement): Promise<void> {
  await new Promise(requestAnimationFrame);
  const ending = element
    .shadowRoot!.getAnimations()
    .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime ?? 0)));
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
}

/** Waits for a condition, long enough for a machine that has much else to do. */
export function until(condition: () => unknown, message?: string): Promise<void> {
  return waitUntil(condition, message, { timeout: 10_000, interval: 20 });
}
