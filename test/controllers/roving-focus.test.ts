import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { RovingFocusController, type RovingFocusOptions } from '../../src/controllers/roving-focus.ts';
import { createProbe, draw, type ProbeElement } from './probe-element.ts';

async function show(
  options: Omit<RovingFocusOptions, 'items'>,
  count = 6,
): Promise<{ probe: ProbeElement; draws: (count: number) => Promise<void> }> {
  const probe = await createProbe();
  const focus = new RovingFocusController(probe, { ...options, items: () => probe.findAll('.item') });
  const draws = (many: number) =>
    draw(
      probe,
      () =>
        html`<button id="before">Before</button>
          <div @keydown=${focus.handleKeydown} @focusin=${focus.handleFocusin}>
            ${Array.from({ length: many }, (_, place) => html`<button class="item">${place}</button>`)}
          </div>`,
    );
  await draws(count);
  probe.find('#before').focus();
  return { probe, draws };
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await sendKeys({ press: key });
}

const stops = (probe: ProbeElement) => probe.findAll('.item').filter(({ tabIndex }) => tabIndex === 0);

describe('roving focus', () => {
  it('is one tab stop, at the first item or at the last', async () => {
    const first = await show({});
    expect(stops(first.probe)).to.have.length(1);
    await press('Tab');
    expect(first.probe.focused?.textContent).to.equal('0');
    const last = await show({ start: 'last' });
    await press('Tab');
    expect(last.probe.focused?.textContent).to.equal('5');
  });

  it('stops at its ends, or goes round', async () => {
    const ends = await show({});
    await press('Tab', 'ArrowUp');
    expect(ends.probe.focused?.textContent).to.equal('0');
    const round = await show({ wrap: true });
    await press('Tab', 'ArrowUp');
    expect(round.probe.focused?.textContent).to.equal('5');
  });

  it('moves over a grid by rows and columns', async () => {
    const { probe } = await show({ orientation: 'grid', columns: () => 4 }, 12);
    await press('Tab', 'ArrowDown', 'ArrowRight');
    expect(probe.focused?.textContent).to.equal('5');
    await press('ArrowUp');
    expect(probe.focused?.textContent).to.equal('1');
  });

  it('goes by the direction of the text', async () => {
    const { probe } = await show({ orientation: 'horizontal' });
    probe.dir = 'rtl';
    await press('Tab', 'ArrowLeft');
    expect(probe.focused?.textContent).to.equal('1');
  });

  it('remembers where one was, and starts again where that is gone', async () => {
    const { probe, draws } = await show({});
    await press('Tab', 'ArrowDown', 'ArrowDown');
    probe.find('#before').focus();
    await press('Tab');
    expect(probe.focused?.textContent).to.equal('2');
    await draws(2);
    expect(stops(probe).map(({ textContent }) => textContent)).to.deep.equal(['0']);
  });

  it('leaves keys with a modifier to the page', async () => {
    const { probe } = await show({});
    await press('Tab');
    const event = new KeyboardEvent('keydown', { key: 'ArrowDown', ctrlKey: true, bubbles: true, cancelable: true });
    expect(probe.focused!.dispatchEvent(event)).to.equal(true);
    expect(probe.focused?.textContent).to.equal('0');
  });
});
