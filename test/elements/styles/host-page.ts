import '../../../src/define.ts';
import { IlsPlayer } from '../../../src/elements/player/player.ts';
import type { IlsRoom } from '../../../src/elements/room/room.ts';
import { createRichRoom } from '../rich-room.ts';

/** What the test asks of the page that shows every element on a host page. */
export interface HostPage {
  /** Shows one element of each kind at a place of its own, and the page's own words among them. */
  show(): Promise<void>;
  /** Every box in every shadow root: where it is, and what of its look is inherited. */
  readKit(): readonly string[];
}

declare global {
  // Read by the test from outside the page.
  var hostPage: HostPage;
}

const TAGS = [
  'stage',
  'player',
  'chat',
  'poll',
  'qa',
  'gift-tray',
  'gift-feed',
  'hand-raise',
  'hand-queue',
  'participants',
  'controls',
  'reactions',
  'overlay',
  'captions',
  'broadcast',
  'moderation',
  'breakouts',
  'preview',
];

const INHERITED = [
  'color',
  'cursor',
  'font',
  'hyphens',
  'letterSpacing',
  'lineHeight',
  'textAlign',
  'textIndent',
  'textShadow',
  'textTransform',
  'webkitTextFillColor',
  'whiteSpace',
  'wordBreak',
  'wordSpacing',
] as const satisfies readonly (keyof CSSStyleDeclaration)[];

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

function describe(element: Element, look: readonly (keyof CSSStyleDeclaration)[]): string {
  const { x, y, width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const box = [x, y, width, height].map((length) => Math.round(length * 2) / 2).join(' ');
  const name = `${element.localName}.${element.getAttribute('class') ?? ''}`;
  return `${name} [${box}] ${look.map((property) => `${String(property)}: ${String(style[property])}`).join('; ')}`;
}

function* readWithin(root: ShadowRoot, path: string): Generator<string> {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === 'style') continue;
    yield `${path} ${describe(element, ['boxSizing', ...INHERITED])}`;
    if (element.shadowRoot) yield* readWithin(element.shadowRoot, `${path} ${element.localName}`);
  }
}

globalThis.hostPage = {
  async show() {
    const room = document.querySelector<IlsRoom>('ils-room');
    const places = document.querySelector('#places');
    if (!room || !places) throw new Error('The page has no room.');
    // A caption goes by itself, in the middle of a comparison.
    room.headless = createRichRoom({ captions: [] });
    for (const tag of TAGS) {
      const element = document.createElement(`ils-${tag}`);
      // The bar stays, however long all is looked at.
      if (element instanceof IlsPlayer) element.hideAfterMs = 3_600_000;
      element.className = `place-${tag}`;
      if (tag === 'gift-tray') element.setAttribute('inline', '');
      places.append(element);
    }
    // What loads on the way has come when nothing has grown for some frames.
    let calm = 0;
    for (let before = 0; calm < 30;) {
      await nextFrame();
      const now = this.readKit().length;
      calm = now === before ? calm + 1 : 0;
      before = now;
    }
    await document.fonts.ready;
  },
  readKit: () =>
    [...document.querySelectorAll('#places > *')].flatMap(({ localName, shadowRoot }) =>
      shadowRoot ? [...readWithin(shadowRoot, localName)] : [],
    ),
};
