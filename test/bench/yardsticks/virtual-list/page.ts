import {
  Virtualizer,
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
} from '@tanstack/virtual-core';

/** What the source sends for a message, in so far as a list shows it. */
interface Frame {
  readonly data: {
    readonly message: {
      readonly author: { readonly name: string };
      readonly text: string;
      readonly sentAt: number;
    };
  };
}

/** A plain list of a well-known virtualiser: name, time and words, no roles, groups, menus or announcements. */
const list = document.querySelector<HTMLElement>('#list') ?? document.body;
const content = document.createElement('div');
list.append(content);

const messages: Frame['data']['message'][] = [];
const rows = new Map<number, HTMLElement>();
let frame = 0;
/** Keeps to the end until somebody reaches for the list. */
let follows = true;
for (const type of ['wheel', 'keydown', 'pointerdown'])
  list.addEventListener(type, () => (follows = false), { passive: true });

const options = () => ({
  count: messages.length,
  getScrollElement: () => list,
  estimateSize: () => 44,
  overscan: 6,
  scrollToFn: elementScroll<HTMLElement>,
  observeElementRect,
  observeElementOffset,
  measureElement,
  onChange: () => drawSoon(),
});
const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(options());
virtualizer._didMount();
virtualizer._willUpdate();

/** Once a frame, however many messages came. */
function drawSoon(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    draw();
  });
}

function draw(): void {
  if (virtualizer.options.count !== messages.length) virtualizer.setOptions(options());
  virtualizer._willUpdate();
  content.style.height = `${virtualizer.getTotalSize()}px`;
  if (follows) list.scrollTop = list.scrollHeight;
  const present = new Set<number>();
  for (const { index, start } of virtualizer.getVirtualItems()) {
    present.add(index);
    const row = rows.get(index) ?? createRow(index);
    row.style.transform = `translateY(${start}px)`;
  }
  for (const [index, row] of rows) {
    if (present.has(index)) continue;
    rows.delete(index);
    row.remove();
  }
  for (const row of rows.values()) virtualizer.measureElement(row);
}

function createRow(index: number): HTMLElement {
  const row = document.createElement('div');
  row.dataset['index'] = String(index);
  const author = document.createElement('b');
  const time = document.createElement('time');
  const text = document.createElement('div');
  const message = messages[index];
  author.textContent = message?.author.name ?? '';
  time.textContent = new Date(message?.sentAt ?? 0).toLocaleTimeString();
  text.textContent = message?.text ?? '';
  row.append(author, ' ', time, text);
  rows.set(index, row);
  content.append(row);
  return row;
}

new WebSocket(`ws://${location.host}/ws`).addEventListener('message', ({ data }) => {
  messages.push((JSON.parse(String(data)) as Frame).data.message);
  drawSoon();
});
Object.assign(window, { plainListTotal: () => messages.length });
