import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { PopoverController, type Placement } from '../../src/controllers/popover.ts';
import { until } from '../elements/show-element.ts';
import { createProbe, draw, type ProbeElement } from './probe-element.ts';

interface Shown {
  readonly probe: ProbeElement;
  readonly controller: PopoverController;
  readonly anchor: HTMLElement;
  readonly popover: HTMLElement;
  readonly closed: () => number;
}

/** A popover of 120 × 80 pixels beside a button that stands at `left`, `top` of the window. */
async function show(placement: Placement, left: number, top: number): Promise<Shown> {
  const probe = await createProbe();
  let closed = 0;
  const controller = new PopoverController(probe, { placement, handleClosed: () => closed++ });
  await draw(
    probe,
    () =>
      html`<button>Open</button><button id="other">Other</button>
        <div popover="auto"><button id="in">In</button></div>`,
  );
  const anchor = probe.find('button');
  const popover = probe.find('[popover]');
  Object.assign(anchor.style, { position: 'fixed', left: `${left}px`, top: `${top}px`, width: '60px', height: '30px' });
  Object.assign(popover.style, { width: '120px', height: '80px', boxSizing: 'border-box' });
  anchor.focus();
  controller.show(anchor, popover);
  await until(() => popover.style.visibility !== 'hidden');
  await new Promise(requestAnimationFrame);
  return { probe, controller, anchor, popover, closed: () => closed };
}

const supports = CSS.supports.bind(CSS);

for (const way of ['by the browser', 'by script'] as const) {
  describe(`a popover, placed ${way}`, () => {
    before(() => {
      if (way === 'by the browser') return;
      // A browser without anchor positioning.
      CSS.supports = (condition: string, value?: string) =>
        !condition.includes('anchor') &&
        !condition.includes('position-area') &&
        (value === undefined ? supports(condition) : supports(condition, value));
    });
    after(() => {
      CSS.supports = supports;
    });

    const places: readonly (readonly [Placement, (box: DOMRect, anchor: DOMRect) => void])[] = [
      [
        'bottom-start',
        (box, anchor) => {
          expect(box.top).to.be.closeTo(anchor.bottom + 6, 1);
          expect(box.left).to.be.closeTo(anchor.left, 1);
        },
      ],
      [
        'bottom-end',
        (box, anchor) => {
          expect(box.top).to.be.closeTo(anchor.bottom + 6, 1);
          expect(box.right).to.be.closeTo(anchor.right, 1);
        },
      ],
      [
        'top-start',
        (box, anchor) => {
          expect(box.bottom).to.be.closeTo(anchor.top - 6, 1);
          expect(box.left).to.be.closeTo(anchor.left, 1);
        },
      ],
      [
        'top',
        (box, anchor) => {
          expect(box.bottom).to.be.closeTo(anchor.top - 6, 1);
          expect(box.left + box.width / 2).to.be.closeTo(anchor.left + anchor.width / 2, 1);
        },
      ],
    ];
    for (const [placement, holds] of places) {
      it(`stands at ${placement}`, async () => {
        const { popover, anchor } = await show(placement, 300, 250);
        holds(popover.getBoundingClientRect(), anchor.getBoundingClientRect());
      });
    }

    it('turns over where there is no room', async () => {
      const { popover, anchor } = await show('top', 300, 4);
      expect(popover.getBoundingClientRect().top).to.be.at.least(anchor.getBoundingClientRect().bottom);
    });

    it('follows what opened it', async () => {
      const { popover, anchor } = await show('bottom-start', 300, 100);
      const before = popover.getBoundingClientRect().left;
      anchor.style.left = '340px';
      await until(() => Math.abs(popover.getBoundingClientRect().left - before - 40) < 1);
    });

    it('leaves nothing behind', async () => {
      const { controller, popover, anchor } = await show('bottom-start', 300, 100);
      const own = new Set(['position', 'left', 'top', 'width', 'height', 'box-sizing']);
      controller.hide();
      const left = [...popover.style, ...anchor.style].filter((name) => !own.has(name));
      expect(left).to.deep.equal([]);
    });
  });
}

describe('a popover', () => {
  it('closes by Escape and gives the focus back', async () => {
    const { probe, controller, anchor, closed } = await show('bottom-start', 300, 100);
    probe.find('#in').focus();
    await sendKeys({ press: 'Escape' });
    await until(() => !controller.isOpen);
    expect(probe.focused).to.equal(anchor);
    expect(closed()).to.equal(1);
  });

  it('leaves the focus where the reader has put it', async () => {
    const { probe, controller } = await show('bottom-start', 300, 100);
    probe.find('#other').focus();
    controller.hide();
    expect(probe.focused?.id).to.equal('other');
  });

  it('is opened and closed by the same button', async () => {
    const { controller, anchor, popover } = await show('bottom-start', 300, 100);
    controller.toggle(anchor, popover);
    expect(controller.isOpen).to.equal(false);
    expect(popover.matches(':popover-open')).to.equal(false);
    controller.toggle(anchor, popover);
    expect(controller.anchor).to.equal(anchor);
  });

  it('closes once, in whatever state', async () => {
    const { controller, closed } = await show('bottom-start', 300, 100);
    controller.hide();
    controller.hide();
    expect(closed()).to.equal(1);
  });

  it('closes when its host leaves the page', async () => {
    const { probe, controller, closed } = await show('bottom-start', 300, 100);
    probe.remove();
    expect(controller.isOpen).to.equal(false);
    expect(closed()).to.equal(1);
  });
});
