import { expect } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsParticipants } from '../../../src/elements/participants/participants.ts';
import { atRest, createRoom, showElement, until, useColorScheme, type Shown } from '../show-element.ts';

defineElement('ils-participants', IlsParticipants);

const namesIn = (list: Shown<IlsParticipants>, title: string) => {
  const section = list.findAll('section').find((each) => each.getAttribute('aria-label') === title);
  return [...(section?.querySelectorAll('[part~=name]') ?? [])].map((name) => name.textContent);
};

describe('friends and companions', () => {
  const company = {
    hosts: 1,
    viewers: 8,
    participants: [
      { name: 'Grace', role: 'viewer', isFriend: true, groups: ['Row 3'] },
      { name: 'Alan', role: 'viewer', groups: ['Row 3'] },
      { name: 'Joan', role: 'audience', groups: ['Chess', 'Row 3'] },
      { name: 'Mary', role: 'guest', isFriend: true },
    ],
  } as const;

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`stand before everyone else, and nowhere twice, ${colorScheme}`, async () => {
      await useColorScheme(colorScheme);
      const list = await showElement('ils-participants', createRoom(company));
      await until(() => namesIn(list, 'Friends').length > 0);
      expect(namesIn(list, 'Friends')).to.deep.equal(['Grace']);
      expect(namesIn(list, 'Row 3')).to.deep.equal(['Alan']);
      expect(namesIn(list, 'Chess')).to.deep.equal(['Joan']);
      expect(namesIn(list, 'On stage')).to.include('Mary');
      for (const name of ['Grace', 'Alan', 'Joan']) expect(namesIn(list, 'Watching')).not.to.include(name);
      const titles = list.findAll('section').map((each) => each.getAttribute('aria-label'));
      expect(titles).to.deep.equal(['Friends', 'Chess', 'Row 3', 'On stage', 'Watching']);
      await atRest(list.element);
      await expect(list.element).to.be.accessible();
    });
  }

  it('are found by the name of a group', async () => {
    const list = await showElement('ils-participants', createRoom(company));
    await until(() => namesIn(list, 'Friends').length > 0);
    const field = list.part('search') as HTMLInputElement;
    field.value = 'chess';
    field.dispatchEvent(new Event('input'));
    await until(() => namesIn(list, 'Found').length === 1);
    expect(namesIn(list, 'Found')).to.deep.equal(['Joan']);
  });
});
