import type { GiftAnimation } from '../../protocol/index.ts';

/** How long a large gift has the stage. Milliseconds. */
export const BANNER_MS = 3_200;
const SPARKS = 14;

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A card comes in. Transform and opacity alone, so that the page stays smooth; where less motion is wanted it fades. */
export function playCard(card: Element): void {
  const from = calm() ? 'none' : 'translateX(-24px) scale(0.9)';
  card.animate(
    [
      { opacity: 0, transform: from },
      { opacity: 1, transform: 'none' },
    ],
    {
      duration: 260,
      easing: 'cubic-bezier(0.2, 0, 0, 1)',
    },
  );
}

/** The number of a combo grows. */
export function playBeat(number: Element): void {
  if (calm()) return;
  number.animate([{ transform: 'scale(1.7)' }, { transform: 'scale(1)' }], {
    duration: 240,
    easing: 'cubic-bezier(0.2, 0, 0, 1)',
  });
}

const ENTRIES: Readonly<Record<GiftAnimation, Keyframe[]>> = {
  rise: [{ transform: 'translateY(30px) scale(0.8)' }, { transform: 'none' }],
  burst: [{ transform: 'scale(0.2)' }, { transform: 'scale(1.15)', offset: 0.7 }, { transform: 'none' }],
  fly: [
    { transform: 'translate(-140px, 120px) scale(0.6)' },
    { transform: 'translate(0, 0) scale(1.1)', offset: 0.35 },
    { transform: 'none', offset: 0.75 },
    { transform: 'translate(160px, -160px) scale(0.7)' },
  ],
  banner: [
    { transform: 'scale(0.3) rotate(-14deg)' },
    { transform: 'scale(1.15) rotate(5deg)', offset: 0.2 },
    { transform: 'none', offset: 0.3 },
    { transform: 'none' },
  ],
};

/** A large gift takes the stage, and leaves it again. Settles when it is over, or broken off. */
export async function playBanner(banner: HTMLElement, animation: GiftAnimation): Promise<void> {
  const still = calm();
  const fade = banner.animate(
    [{ opacity: 0 }, { opacity: 1, offset: 0.08 }, { opacity: 1, offset: 0.88 }, { opacity: 0 }],
    { duration: BANNER_MS, fill: 'forwards' },
  );
  const art = banner.querySelector('.art');
  if (!still && art) {
    art.animate(ENTRIES[animation], { duration: BANNER_MS, easing: 'cubic-bezier(0.2, 0, 0, 1)' });
    throwSparks(banner);
  }
  await fade.finished.catch(() => undefined);
}

function throwSparks(banner: HTMLElement): void {
  for (let index = 0; index < SPARKS; index += 1) {
    const spark = document.createElement('span');
    spark.className = 'spark';
    banner.append(spark);
    const angle = (index / SPARKS) * 2 * Math.PI;
    const reach = 90 + (index % 3) * 30;
    const to = `translate(${(Math.cos(angle) * reach).toFixed(0)}px, ${(Math.sin(angle) * reach * 0.7).toFixed(0)}px)`;
    const flight = spark.animate(
      [
        { transform: 'translate(0, 0) scale(0.4)', opacity: 0 },
        { opacity: 1, offset: 0.2 },
        { transform: `${to} scale(1)`, opacity: 0 },
      ],
      { duration: 1_100, delay: 180 + (index % 4) * 60, easing: 'cubic-bezier(0.1, 0.6, 0.3, 1)', fill: 'both' },
    );
    const remove = (): void => spark.remove();
    flight.finished.then(remove, remove);
  }
}
