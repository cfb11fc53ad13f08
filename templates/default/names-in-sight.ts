import type { IlsOverlay } from '../../src/elements/overlay/overlay.ts';
import type { IlsStage } from '../../src/elements/stage/stage.ts';

/** From a name to the edges of its tile, and to a card. Pixels. */
const MARGIN = 10;
/** A name before it is drawn. Pixels. */
const USUAL_NAME = { width: 160, height: 36 };
/** A card over more of a tile than this would have the name step over a face. */
const MOST_COVERED = 0.25;
/** Beyond the upper edge of any tile. */
const GONE = 9_999;

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const meet = (one: Area, other: Area): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Where it comes to rest, whatever moves it at the moment. */
function areaOf(element: HTMLElement, origin: { readonly x: number; readonly y: number } = { x: 0, y: 0 }): Area {
  const left = element.offsetLeft + origin.x;
  const top = element.offsetTop + origin.y;
  return { left, top, right: left + element.offsetWidth, bottom: top + element.offsetHeight };
}

function findCards(overlay: IlsOverlay): readonly Area[] {
  return [...overlay.renderRoot.querySelectorAll<HTMLElement>('.card')].map((card) => {
    const { offsetLeft = 0, offsetTop = 0 } = card.offsetParent instanceof HTMLElement ? card.offsetParent : {};
    return areaOf(card, { x: offsetLeft, y: offsetTop });
  });
}

/** How far a name steps up from the lower edge of its tile to be clear of every card. Pixels. */
export function liftOf(tile: Area, name: Size, cards: readonly Area[]): number {
  const height = tile.bottom - tile.top;
  const highest = height - name.height - 2 * MARGIN;
  const left = tile.left + MARGIN;
  const right = Math.min(tile.right, left + name.width);
  const coverAt = (lift: number): Area | undefined => {
    const bottom = tile.bottom - MARGIN - lift;
    return cards.find((card) => meet(card, { left, right, top: bottom - name.height, bottom }));
  };
  let lift = 0;
  for (let card = coverAt(0); card !== undefined; card = coverAt(lift)) {
    lift = tile.bottom - card.top;
    if (lift > highest) return coverAt(highest) === undefined ? highest : GONE;
  }
  return lift > height * MOST_COVERED && coverAt(highest) === undefined ? highest : lift;
}

/** Names of tiles step up from behind what lies over the picture, as far as their tile goes. */
export function keepNamesInSight(stage: IlsStage, overlay: IlsOverlay): void {
  const look = (): void => {
    const cards = findCards(overlay);
    for (const tile of stage.renderRoot.querySelectorAll<HTMLElement>('ils-tile')) {
      const name = tile.shadowRoot?.querySelector<HTMLElement>('.name');
      const size = name ? { width: name.offsetWidth, height: name.offsetHeight } : USUAL_NAME;
      tile.style.setProperty('--_label-lift', `${liftOf(areaOf(tile), size, cards)}px`);
    }
  };
  // Controllers hear of an update before the stage has placed its tiles.
  const hostUpdated = (): void => queueMicrotask(look);
  stage.addController({ hostUpdated });
  overlay.addController({ hostUpdated });
}
