import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AnnouncerController } from '../../src/controllers/announcer.ts';
import { ConfirmationController } from '../../src/controllers/confirmation.ts';
import { ResizeController } from '../../src/controllers/resize.ts';
import { TooltipController } from '../../src/controllers/tooltip.ts';
import { until } from '../elements/show-element.ts';
import { createProbe, draw } from './probe-element.ts';

describe('an announcer', () => {
  it('speaks at once, and then the latest after a while', async () => {
    const probe = await createProbe();
    const announcer = new AnnouncerController(probe, 300);
    await draw(probe, () => announcer.renderRegion());
    const spoken: string[] = [];
    new MutationObserver(() => spoken.push(probe.find('[aria-live]').textContent!)).observe(probe.shadowRoot!, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    announcer.announce('one');
    await until(() => spoken.includes('one'));
    announcer.announce('two');
    announcer.announce(() => 'three');
    await until(() => spoken.includes('three'));
    expect(spoken).to.deep.equal(['one', 'three']);
  });

  it('says nothing where there is nothing to say', async () => {
    const probe = await createProbe();
    const announcer = new AnnouncerController(probe, 0);
    await draw(probe, () => announcer.renderRegion());
    announcer.announce(() => '');
    announcer.announce('something');
    await until(() => probe.find('[aria-live]').textContent === 'something');
  });
});

describe('a confirmation', () => {
  async function show() {
    const probe = await createProbe();
    const confirmation = new ConfirmationController(probe);
    await draw(probe, () => html`<button id="opener">Open</button>${confirmation.render()}`);
    probe.find('#opener').focus();
    const answer = confirmation.ask({ title: 'Sure?', text: 'It is gone then.', confirm: 'Do it' });
    await until(() => probe.findAll('dialog[open]').length === 1);
    return { probe, confirmation, answer };
  }

  it('is a modal alert dialog that starts at what does no harm', async () => {
    const { probe } = await show();
    expect(probe.find('dialog').matches(':modal')).to.equal(true);
    expect(probe.find('dialog').getAttribute('role')).to.equal('alertdialog');
    expect(probe.focused?.textContent?.trim()).to.equal('Cancel');
  });

  it('is yes by its button alone', async () => {
    const yes = await show();
    yes.probe.find('.danger').click();
    expect(await yes.answer).to.equal(true);
    const no = await show();
    no.probe.find('.button:not(.danger)').click();
    expect(await no.answer).to.equal(false);
    expect(no.probe.findAll('dialog[open]')).to.have.length(0);
  });

  it('is no by Escape, by another question, and when its host leaves', async () => {
    const escaped = await show();
    await sendKeys({ press: 'Escape' });
    expect(await escaped.answer).to.equal(false);
    const replaced = await show();
    const second = replaced.confirmation.ask({ title: 'Really?', text: '', confirm: 'Yes' });
    expect(await replaced.answer).to.equal(false);
    replaced.probe.remove();
    expect(await second).to.equal(false);
  });
});

describe('a tooltip', () => {
  async function show() {
    const probe = await createProbe();
    const tooltip = new TooltipController(probe);
    await draw(
      probe,
      () => html`<button data-tooltip="What it does">x</button><button id="plain">y</button>${tooltip.render()}`,
    );
    return probe;
  }

  it('comes to what the keyboard is on and goes with it', async () => {
    const probe = await show();
    await sendKeys({ press: 'Tab' });
    probe.find('[data-tooltip]').focus();
    await until(() => probe.find('.tooltip').matches(':popover-open'));
    expect(probe.find('.tooltip').textContent).to.equal('What it does');
    probe.find('#plain').focus();
    expect(probe.find('.tooltip').matches(':popover-open')).to.equal(false);
  });

  it('comes under the pointer and goes by a press', async () => {
    const probe = await show();
    const over = new PointerEvent('pointerover', { bubbles: true, composed: true, pointerType: 'mouse' });
    probe.find('[data-tooltip]').dispatchEvent(over);
    await until(() => probe.find('.tooltip').matches(':popover-open'));
    probe.find('[data-tooltip]').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    expect(probe.find('.tooltip').matches(':popover-open')).to.equal(false);
  });
});

describe('a size', () => {
  it('is known once drawn, and follows', async () => {
    const probe = await createProbe();
    const size = new ResizeController(probe);
    Object.assign(probe.style, { display: 'block', width: '200px', height: '50px' });
    await until(() => size.width === 200 && size.height === 50);
    probe.style.width = '120px';
    await until(() => size.width === 120);
  });

  it('may be that of a part which comes later', async () => {
    const probe = await createProbe();
    const widths: number[] = [];
    const target = () => probe.shadowRoot!.querySelector('#part');
    new ResizeController(probe, { target, handleResize: (width) => widths.push(width) });
    await draw(probe, () => html`<div id="part"></div>`);
    probe.find('#part').style.width = '77px';
    await until(() => widths.at(-1) === 77);
  });
});
