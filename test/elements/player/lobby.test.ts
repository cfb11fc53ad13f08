import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../../src/define/player.ts';
import '../../../src/define/room.ts';
import { createFakeRoom } from '../../../src/testing/index.ts';

describe('<ils-player> in the lobby', () => {
  it('says what one waits for, accessibly', async () => {
    const headless = createFakeRoom({
      role: 'lobby',
      roles: { lobby: { name: 'lobby', publish: [], watch: 'none', permissions: [] } },
    });
    const room = await fixture<HTMLElement>(
      html`<ils-room no-banner .headless=${headless}><ils-player></ils-player></ils-room>`,
    );
    const player = room.querySelector('ils-player')!;
    const title = () => player.shadowRoot?.querySelector('.slate-title')?.textContent;
    await waitUntil(() => title() === 'You are in the lobby', 'the slate', { timeout: 10_000 });
    await expect(player).to.be.accessible();
    headless.close();
  });
});
