import { expect, fixture, html } from '@open-wc/testing';
import { RoomElement } from '../../../src/elements/room-element.ts';
import { IlsRoom } from '../../../src/elements/room/room.ts';
import { createFakeRoom } from '../../../src/testing/index.ts';
import { settled, until } from '../room-fixture.ts';

class Probe extends RoomElement {
  protected override render(): string {
    return this.room?.store.connection.title.value ?? 'nowhere';
  }
}

customElements.define('test-probe', Probe);

const said = (probe: Element | null) => (probe?.shadowRoot?.textContent ?? '').trim();

describe('elements that are upgraded before their room', () => {
  it('find it when it is defined, around them and by id', async () => {
    const box = await fixture<HTMLElement>(
      html`<div>
        <ils-room id="late"><test-probe></test-probe></ils-room>
        <test-probe for="late"></test-probe>
      </div>`,
    );
    const [inside, outside] = [...box.querySelectorAll<Probe>('test-probe')];
    await settled(inside!);
    expect([said(inside!), said(outside!)]).to.deep.equal(['nowhere', 'nowhere']);
    // Set before there is an accessor, as a page's script may.
    Object.assign(box.querySelector('ils-room')!, { headless: createFakeRoom({ title: 'Late' }) });
    customElements.define('ils-room', IlsRoom);
    await until(() => said(inside!) === 'Late' && said(outside!) === 'Late', 'the room');
  });
});
