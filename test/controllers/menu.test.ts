import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { MenuController, type MenuItem } from '../../src/controllers/menu.ts';
import { until } from '../elements/show-element.ts';
import { createProbe, draw, type ProbeElement } from './probe-element.ts';

async function show(
  items: readonly Partial<MenuItem>[],
): Promise<{ probe: ProbeElement; menu: MenuController; chosen: string[] }> {
  const probe = await createProbe();
  const menu = new MenuController(probe);
  const chosen: string[] = [];
  await draw(
    probe,
    () =>
      html`<button
          id="opener"
          aria-haspopup="menu"
          aria-expanded=${String(menu.isOpenFor('one'))}
          @click=${() =>
            menu.toggle('one', probe.find('#opener'), 'Things to do', () => [
              {
                items: items.map((item) => ({
                  label: '',
                  ...item,
                  handleSelect: () => void chosen.push(item.label ?? ''),
                })),
              },
            ])}
        >
          Open</button
        >${menu.render()}`,
  );
  const opener = probe.find('#opener');
  opener.focus();
  opener.click();
  await until(() => menu.isOpen);
  return { probe, menu, chosen };
}

const three = [{ label: 'Copy' }, { label: 'Delete' }, { label: 'Report' }];

describe('a menu', () => {
  it('is a menu with a name, opened by a button that says so', async () => {
    const { probe } = await show(three);
    expect(probe.find('[role=menu]').getAttribute('aria-label')).to.equal('Things to do');
    await probe.updateComplete;
    expect(probe.find('#opener').getAttribute('aria-expanded')).to.equal('true');
    await expect(probe).to.be.accessible({ ignoredRules: ['color-contrast'] });
  });

  it('starts at its first item, or at the chosen one', async () => {
    expect((await show(three)).probe.focused?.textContent?.trim()).to.equal('Copy');
    const choice = [
      { label: 'One', checked: false },
      { label: 'Two', checked: true },
    ];
    expect((await show(choice)).probe.focused?.textContent?.trim()).to.equal('Two');
  });

  it('is walked through by the arrows, round and round', async () => {
    const { probe } = await show(three);
    await sendKeys({ press: 'ArrowUp' });
    expect(probe.focused?.textContent?.trim()).to.equal('Report');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    expect(probe.focused?.textContent?.trim()).to.equal('Delete');
    await sendKeys({ press: 'End' });
    expect(probe.focused?.textContent?.trim()).to.equal('Report');
  });

  it('goes to the item whose first letters are typed', async () => {
    const { probe } = await show(three);
    await sendKeys({ press: 'r' });
    expect(probe.focused?.textContent?.trim()).to.equal('Report');
  });

  it('does what is chosen once, and closes', async () => {
    const { probe, menu, chosen } = await show(three);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    expect(chosen).to.deep.equal(['Delete']);
    expect(menu.isOpen).to.equal(false);
    expect(probe.focused?.id).to.equal('opener');
  });

  it('does nothing by an item that is disabled, and stays', async () => {
    const { menu, chosen } = await show([{ label: 'Never', disabled: true }, { label: 'Copy' }]);
    await sendKeys({ press: 'Enter' });
    expect(chosen).to.deep.equal([]);
    expect(menu.isOpen).to.equal(true);
  });

  it('closes by Tab, which goes on from its button', async () => {
    const { menu } = await show(three);
    await sendKeys({ press: 'Tab' });
    expect(menu.isOpen).to.equal(false);
  });

  it('keeps its keys from the page around it', async () => {
    const { probe } = await show(three);
    const heard: string[] = [];
    const handleKeydown = (event: KeyboardEvent) => heard.push(event.key);
    probe.addEventListener('keydown', handleKeydown);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'r' });
    expect(heard).to.deep.equal([]);
  });
});
