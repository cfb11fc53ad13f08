import { enclose, open, type FrameCommand, type FrameMessage } from './messages.ts';
import styles from './facade.styles.ts';

const ALLOWS = 'autoplay; fullscreen; picture-in-picture; camera; microphone; display-capture';
/** Rooms are embedded from where this script comes from, and from nowhere else. */
const { origin } = new URL(import.meta.url);

/** Fired at the place of an embed when the room in it says something: its height, its state, one's role. */
export class IlsEmbedEvent extends Event {
  static readonly type = 'ils-embed';
  readonly message: FrameMessage;

  constructor(message: FrameMessage) {
    super(IlsEmbedEvent.type, { bubbles: true });
    this.message = message;
  }
}

/** On links that a room stands for; two copies of this script both know it. */
const MARK = Symbol.for('ils-embed');

/** A room in the page: first a picture with a button, then, once asked for, a frame. */
export class Embed {
  readonly element: HTMLElement;
  readonly #link: HTMLAnchorElement;
  readonly #address: string;
  readonly #title: string;
  readonly #growsWithContent: boolean;
  #frame: HTMLIFrameElement | undefined;

  /** Stands beside the link, which is hidden: what drew the page finds its own as it left it. */
  constructor(link: HTMLAnchorElement) {
    this.#link = link;
    this.#address = link.href;
    this.#title = link.textContent.trim() || 'Live';
    this.#growsWithContent = link.dataset['height'] === 'auto';
    this.element = document.createElement('div');
    this.element.className = link.className;
    this.element.append(this.#draw(link.dataset['poster']));
    link.style.display = 'none';
    link.after(this.element);
    Reflect.set(link, MARK, true);
    window.addEventListener('message', this.#handleMessage);
  }

  /** Loads the room, where it is not yet. */
  load(): void {
    if (this.#frame) return;
    const frame = document.createElement('iframe');
    Object.assign(frame, { src: this.#address, title: this.#title, allow: ALLOWS, allowFullscreen: true });
    Object.assign(frame.style, { display: 'block', inlineSize: '100%', blockSize: '100%', border: '0' });
    if (!this.#growsWithContent) this.element.style.aspectRatio ||= '16 / 9';
    this.#frame = frame;
    this.element.replaceChildren(frame);
  }

  /** Asks the room; of effect once it is loaded, from sites that the server lets embed it. */
  send(command: FrameCommand): void {
    this.#frame?.contentWindow?.postMessage(enclose(command), origin);
  }

  /** Takes the room out of the page, or what was left of it when its link went. */
  remove(): void {
    window.removeEventListener('message', this.#handleMessage);
    this.element.remove();
    if (!this.#link.isConnected) Reflect.deleteProperty(this.#link, MARK);
  }

  #draw(poster: string | undefined): HTMLElement {
    const facade = document.createElement('div');
    const root = facade.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const button = document.createElement('button');
    const label = document.createElement('span');
    label.textContent = this.#title;
    button.append(label);
    if (poster !== undefined) button.style.backgroundImage = `url(${JSON.stringify(poster)})`;
    button.addEventListener('click', () => {
      this.load();
      this.#frame?.focus();
    });
    root.append(button);
    return facade;
  }

  readonly #handleMessage = ({ source, data }: MessageEvent): void => {
    // A sandboxed frame has no origin, so it is known by its window.
    if (!this.#frame || source !== this.#frame.contentWindow) return;
    const message = open(data) as FrameMessage | undefined;
    if (message === undefined) return;
    if (message.type === 'height' && this.#growsWithContent)
      this.element.style.blockSize = `${Number(message.height)}px`;
    this.element.dispatchEvent(new IlsEmbedEvent(message));
  };
}

/**
 * Puts a room where a link to it stands. `data-poster` is the picture before it is loaded, `data-load="now"` loads it without being
 * asked, `data-height="auto"` makes it as tall as what it shows.
 */
export function embed(link: HTMLAnchorElement): Embed | undefined {
  if (link.origin !== origin || Reflect.has(link, MARK)) return undefined;
  const embedded = new Embed(link);
  embeds.set(link, embedded);
  if (link.dataset['load'] === 'now') embedded.load();
  return embedded;
}

const embeds = new Map<HTMLAnchorElement, Embed>();

/** Where an app draws the page, links come and go. */
function follow(): void {
  for (const [link, embedded] of embeds) {
    if (link.isConnected) continue;
    embedded.remove();
    embeds.delete(link);
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.ils-embed[href]')) embed(link);
}

follow();
new MutationObserver(follow).observe(document, { childList: true, subtree: true });
