import { expect, html } from '@open-wc/testing';
import { repeat } from 'lit/directives/repeat.js';
import { KeepFocus } from '../../src/controllers/keep-focus.ts';
import { createProbe, draw, type ProbeElement } from './probe-element.ts';

describe('kept focus', () => {
  async function showRows(...names: readonly string[]): Promise<ProbeElement> {
    const probe = await createProbe();
    const keeper = new KeepFocus(probe);
    expect(keeper).to.be.instanceOf(KeepFocus);
    await drawRows(probe, ...names);
    return probe;
  }

  const drawRows = (probe: ProbeElement, ...names: readonly string[]) =>
    draw(
      probe,
      () =>
        html`<button id="before">Before</button>
          <ul>
            ${repeat(
              names,
              (name) => name,
              (name) =>
                html`<li>
                  <button id=${`${name}-invite`}>Invite</button><button id=${`${name}-lower`}>Lower</button>
                </li>`,
            )}
          </ul>`,
    );

  it('goes to what stands in the place of a row that went', async () => {
    const probe = await showRows('ada', 'ben', 'cay');
    probe.find('#ben-invite').focus();
    await drawRows(probe, 'ada', 'cay');
    expect(probe.focused?.id).to.equal('cay-invite');
  });

  it('goes to the last where nothing follows, and out of an empty list', async () => {
    const probe = await showRows('ada', 'ben');
    probe.find('#ben-lower').focus();
    await drawRows(probe, 'ada');
    expect(probe.focused?.id).to.equal('ada-lower');
    await drawRows(probe);
    expect(probe.focused?.id).to.equal('before');
  });

  it('goes on to what stands behind, where nothing is left', async () => {
    const probe = await showRows('ada');
    probe.find('#ada-invite').focus();
    const behind = document.createElement('button');
    probe.after(behind);
    await draw(probe, () => html``);
    for (let frame = 0; frame < 5 && document.activeElement !== behind; frame += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(document.activeElement).to.equal(behind);
    behind.remove();
  });

  it('stays within the row whose button became another', async () => {
    const probe = await createProbe();
    expect(new KeepFocus(probe)).to.be.instanceOf(KeepFocus);
    const drawRow = (isInvited: boolean) =>
      draw(
        probe,
        () =>
          html`<ol>
            <li><button>Other</button></li>
            <li>
              ${isInvited ? html`<button id="back">Take back</button>` : html`<button id="invite">Invite</button>`}
              <button>Lower</button>
            </li>
          </ol>`,
      );
    await drawRow(false);
    probe.find('#invite').focus();
    await drawRow(true);
    expect(probe.focused?.id).to.equal('back');
  });

  it('stays with a row that is moved', async () => {
    const probe = await showRows('ada', 'ben', 'cay');
    probe.find('#cay-lower').focus();
    await drawRows(probe, 'cay', 'ada', 'ben');
    expect(probe.focused?.id).to.equal('cay-lower');
  });

  it('leaves a button that may not be pressed any more', async () => {
    const probe = await createProbe();
    expect(new KeepFocus(probe)).to.be.instanceOf(KeepFocus);
    const drawButtons = (isLast: boolean) =>
      draw(
        probe,
        () => html`<p><button id="next" ?disabled=${isLast}>Next</button><button id="clear">Clear</button></p>`,
      );
    await drawButtons(false);
    probe.find('#next').focus();
    await drawButtons(true);
    expect(probe.focused?.id).to.equal('clear');
  });

  it('takes the focus from nobody', async () => {
    const probe = await showRows('ada', 'ben');
    const elsewhere = document.createElement('button');
    document.body.append(elsewhere);
    elsewhere.focus();
    await drawRows(probe, 'ben');
    expect(document.activeElement).to.equal(elsewhere);
    elsewhere.remove();
  });
});
