/** How many rise at one time; what comes beyond that is felt, not drawn. */
const MOST_AT_ONCE = 48;
/** Of one kind, out of one batch. */
const MOST_OF_A_KIND = 8;
/** A batch comes every quarter of a second and is drawn over as long. Milliseconds. */
const SPREAD_MS = 250;
const SHORTEST_MS = 1_900;
const LONGEST_MS = 3_000;
/** How far one strays to the side on its way up. CSS pixels. */
const SWAY = 26;

const between = (least: number, most: number): number => least + Math.random() * (most - least);

/** Lets emoji rise in a box and takes them out again at the top. Transform and opacity alone, so that the page stays smooth. */
export class ReactionFlight {
  readonly #box: () => HTMLElement | null;
  #rising = 0;

  /** @param box where they rise, as soon as there is one */
  constructor(box: () => HTMLElement | null) {
    this.#box = box;
  }

  /** A whole batch: many are shown as some, the more the merrier. */
  add(emoji: string, count: number): void {
    const shown = Math.min(count, MOST_OF_A_KIND, Math.ceil(1.6 * Math.log2(count + 1)));
    for (let index = 0; index < shown; index += 1) this.rise(emoji, { delayMs: between(0, SPREAD_MS) });
  }

  /** @param from where it starts, as a share of the width of the box; anywhere unless told */
  rise(emoji: string, { delayMs = 0, from = between(0.1, 0.9) }: { delayMs?: number; from?: number } = {}): void {
    const box = this.#box();
    if (box === null || this.#rising >= MOST_AT_ONCE || document.hidden) return;
    const particle = document.createElement('span');
    particle.className = 'particle';
    particle.part.add('reaction');
    particle.textContent = emoji;
    particle.style.insetInlineStart = `${(from * 100).toFixed(1)}%`;
    box.append(particle);
    this.#rising += 1;
    const height = box.clientHeight;
    const turn = between(-14, 14);
    const side = between(-SWAY, SWAY);
    const at = (share: number, sideways: number, scale: number) =>
      `translate(${sideways.toFixed(1)}px, ${(-height * share).toFixed(1)}px) rotate(${(turn * share).toFixed(1)}deg) scale(${scale})`;
    const flight = particle.animate(
      [
        { transform: at(0, 0, 0.4), opacity: 0 },
        { transform: at(0.1, side * 0.3, 1.15), opacity: 1, offset: 0.1 },
        { transform: at(0.55, -side, 1), opacity: 1, offset: 0.6 },
        { transform: at(1, side, 0.9), opacity: 0 },
      ],
      { duration: between(SHORTEST_MS, LONGEST_MS), delay: delayMs, easing: 'ease-out', fill: 'both' },
    );
    const land = (): void => {
      this.#rising -= 1;
      particle.remove();
    };
    flight.finished.then(land, land);
  }
}
