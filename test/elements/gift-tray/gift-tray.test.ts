import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsGiftTray } from '../../../src/elements/gift-tray/gift-tray.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, useColorScheme } from '../show-element.ts';

defineElement('ils-gift-tray', IlsGiftTray);

const show = async (options: FakeRoomOptions = {}) => {
  const room = createRoom(options);
  const shown = await showElement('ils-gift-tray', room, { attributes: { inline: '' } });
  const item = (name: string) =>
    shown.findAll<HTMLButtonElement>('.item').find((each) => each.textContent!.includes(name))!;
  const press = async (button: HTMLElement) => {
    button.click();
    await drawn(shown.element);
  };
  const sent = () => room.calls.filter(({ action }) => action === 'sendGift').map(({ args }) => args[0]);
  return { ...shown, room, item, press, sent };
};

describe('ils-gift-tray', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'with gifts': {},
      'with little left': { gifts: { balance: 3 } },
      'while it loads': { loading: ['gifts'] },
      'without any': { gifts: { catalogue: { unit: 'coins', items: [] } } },
    };
    for (const [name, options] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const { element, findAll, press } = await show(options);
          const rose = findAll<HTMLButtonElement>('button.item')[1];
          if (rose) await press(rose);
          await atRest(element);
          await expect(element).to.be.accessible();
        });
      }
    }
  });

  it('gives what is chosen, as many as are chosen, to whom is chosen', async () => {
    const { item, press, find, findAll, sent, room } = await show();
    await press(item('Rose'));
    await press(findAll('.count')[1]!);
    const select = find<HTMLSelectElement>('select');
    const host = [...select.options].at(-1)!.value;
    select.value = host;
    select.dispatchEvent(new Event('change'));
    await press(find('.send'));
    expect(sent()).to.deep.equal([{ giftId: 'rose', price: 5, count: 5, to: host }]);
    await room.flush();
    expect(room.store.features.loaded.value.gifts?.balance.value?.amount).to.equal(1_225);
  });

  it('counts a combo', async () => {
    const { item, press, find, findAll, sent } = await show();
    await press(item('Heart'));
    expect(findAll('.combo')).to.have.length(0);
    for (let taps = 0; taps < 3; taps += 1) await press(find('.send'));
    expect(find('.combo').textContent).to.equal('×3');
    expect(sent()).to.have.length(3);
    await press(item('Rose'));
    expect(findAll('.combo')).to.have.length(0);
  });

  it('says what is missing, and gives nothing', async () => {
    const { item, press, find, text, sent } = await show({ gifts: { balance: 3 } });
    await press(item('Rose'));
    expect(text('[part="notice"]')).to.contain('2 coins more');
    expect(find('.send').getAttribute('aria-disabled')).to.equal('true');
    await press(find('.send'));
    expect(sent()).to.deep.equal([]);
  });

  it('keeps a gift that failed until it is sent again, under the same key', async () => {
    const { element, room, item, press, find, findAll } = await show();
    room.failNext('sendGift', 'unavailable');
    await press(item('Rose'));
    await press(find('.send'));
    await room.flush();
    await drawn(element);
    expect(element.matches(':state(failed)')).to.equal(true);
    const key = room.store.features.loaded.value.gifts?.pending.value[0]?.key;
    await press(find('.banner.danger .button'));
    await room.flush();
    await drawn(element);
    expect(room.calls.at(-1)).to.deep.equal({ action: 'retryGift', args: [key] });
    expect(findAll('.banner.danger')).to.have.length(0);
    expect(room.store.features.loaded.value.gifts?.totals.value).to.deep.equal({ gifts: 1, amount: 5 });
  });

  it('waits for the room, and keeps to those who may', async () => {
    const away = await show({ state: 'reconnecting' });
    await away.press(away.item('Rose'));
    await away.press(away.find('.send'));
    expect(away.sent()).to.deep.equal([]);
    const silent = { name: 'silent', publish: [], watch: 'webrtc', permissions: [] } as const;
    const watcher = await show({ role: 'silent', roles: { silent } });
    expect(watcher.findAll('button')).to.have.length(0);
  });
});
