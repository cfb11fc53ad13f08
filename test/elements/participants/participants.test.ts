import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsParticipants } from '../../../src/elements/participants/participants.ts';
import type { ParticipantId } from '../../../src/protocol/index.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, showElement, useColorScheme, until, type Shown } from '../show-element.ts';

defineElement('ils-participants', IlsParticipants);

const show = (options: FakeRoomOptions = {}) => showElement('ils-participants', createRoom(options));

const people: FakeRoomOptions = {
  hosts: 1,
  viewers: 8,
  participants: [
    { name: 'Hedy', role: 'guest', sources: { camera: 'muted', microphone: 'live', screen: 'live' } },
    { name: 'Alan', role: 'guest', lost: true },
  ],
};

type List = Shown<IlsParticipants>;

const section = (list: List, title: string) =>
  list.findAll('section').find((candidate) => candidate.getAttribute('aria-label') === title);
const namesIn = (list: List, title: string) =>
  [...(section(list, title)?.querySelectorAll('[part~=name]') ?? [])].map((name) => name.textContent);
const rowOf = (list: List, name: string): HTMLElement => {
  const row = list
    .findAll('[part~=participant-row]')
    .find((candidate) => candidate.querySelector('bdi')?.textContent === name);
  if (row === undefined) throw new Error(`${name} is not listed`);
  return row;
};
const marksOf = (list: List, name: string) =>
  [...rowOf(list, name).querySelectorAll('[role=img]')].map((mark) => mark.getAttribute('aria-label'));
const menuItems = (list: List) => list.findAll('.menu-item').map((item) => item.textContent!.trim());

async function choose(list: List, name: string, item: string): Promise<void> {
  rowOf(list, name).click();
  await until(() => list.findAll('[role=menu]:popover-open').length === 1, 'the menu opens');
  const found = list.findAll('.menu-item').find((candidate) => candidate.textContent!.includes(item));
  if (found === undefined) throw new Error(`the menu has no "${item}" but ${menuItems(list).join(', ')}`);
  found.click();
  await list.element.updateComplete;
}

describe('ils-participants', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'while idle': { state: 'idle' },
      'while joining': { state: 'connecting' },
      'with nobody else': { hosts: 0 },
      'for a viewer': { ...people, audience: 30 },
      'for a host': { ...people, audience: 30, role: 'host' },
      'while reconnecting': { ...people, state: 'reconnecting' },
      'after the end': { state: 'ended' },
      'when failed': { state: 'failed', error: 'roomFull' },
    };
    for (const [name, options] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const list = await show(options);
          await atRest(list.element);
          await expect(list.element).to.be.accessible();
        });
      }
    }

    it('with the menu of a participant open', async () => {
      const list = await show({ ...people, role: 'host' });
      rowOf(list, 'Hedy').click();
      await until(() => list.findAll('[role=menu]:popover-open').length === 1);
      await atRest(list.element);
      await expect(list.element).to.be.accessible();
    });

    it('while it asks before it removes somebody', async () => {
      const list = await show({ ...people, role: 'host' });
      await choose(list, 'Hedy', 'Remove from the room');
      await until(() => list.findAll('dialog[open]').length === 1);
      await atRest(list.element);
      await expect(list.element).to.be.accessible();
    });
  });

  describe('the list', () => {
    it('tells those on stage from those who watch', async () => {
      const list = await show(people);
      await until(() => namesIn(list, 'Watching').length === 9);
      expect(namesIn(list, 'On stage')).to.have.length(3);
      expect(namesIn(list, 'Watching')[0]).to.equal('You');
      expect(list.part('count').textContent).to.equal('12');
    });

    it('says what each on stage sends', async () => {
      const list = await show(people);
      expect(marksOf(list, 'Hedy')).to.deep.equal(['Shares the screen', 'Microphone on', 'Camera off']);
    });

    it('marks whose connection is lost', async () => {
      const list = await show(people);
      expect(marksOf(list, 'Alan')).to.deep.equal(['Connection lost']);
      expect(rowOf(list, 'Alan').querySelector('[part~=role]')!.textContent).to.equal('Connection lost');
    });

    it('follows who comes on stage, speaks, mutes and goes', async () => {
      const room = createRoom(people);
      const list = await showElement('ils-participants', room);
      const id = room.join({ name: 'Grace', role: 'guest', sources: { microphone: 'live' } });
      await drawn(list.element);
      expect(marksOf(list, 'Grace')).to.deep.equal(['Microphone on', 'Camera off']);
      room.speak(id);
      await drawn(list.element);
      expect(rowOf(list, 'Grace').querySelectorAll('.speaking')).to.have.length(1);
      room.leave(id);
      await drawn(list.element);
      expect(namesIn(list, 'On stage')).not.to.contain('Grace');
    });

    it('loads more pages as they come into view', async () => {
      const room = createRoom({ audience: 220 });
      const list = await showElement('ils-participants', room);
      const scroller = list.part('list');
      await until(() => list.findAll('[part~=participant]').length >= 50);
      expect(list.findAll('[part~=participant]').length).to.be.below(200);
      await until(() => {
        scroller.scrollTop = scroller.scrollHeight;
        return namesIn(list, 'Watching').length === 221;
      });
      expect(list.findAll('.sentinel')).to.have.length(0);
    });

    it('finds people by a part of their name', async () => {
      const room = createRoom({ ...people, viewers: 120 });
      const list = await showElement('ils-participants', room);
      const field = list.part<HTMLInputElement>('search');
      field.focus();
      await sendKeys({ type: 'hed' });
      await until(() => namesIn(list, 'Found').includes('Hedy'));
      expect(section(list, 'On stage')).to.equal(undefined);
      expect(list.element.matches(':state(searching)')).to.equal(true);
      await sendKeys({ type: 'zzz' });
      await until(() => section(list, 'Found')?.textContent?.includes('Nobody by that name') === true);
      const asked = room.calls.filter(({ action }) => action === 'listParticipants').length;
      expect(asked, 'one request for each pause in the typing').to.be.at.most(4);
    });

    it('lists those of one role', async () => {
      const list = await show({ viewers: 3, audience: 4 });
      await until(() => namesIn(list, 'Watching').length === 8);
      list
        .findAll('[part~=role-filter]')
        .find((chip) => chip.textContent!.includes('Audience'))!
        .click();
      await until(() => namesIn(list, 'Watching').length === 4);
    });

    it('says when it does not load, and loads on demand', async () => {
      const room = createRoom({ viewers: 3 });
      room.failNext('listParticipants', 'unavailable');
      const list = await showElement('ils-participants', room);
      await until(() => list.element.shadowRoot!.textContent!.includes('did not load'));
      list.find('.end button').click();
      await until(() => namesIn(list, 'Watching').length === 4);
    });

    it('shows the stage and the numbers to those who may not list everyone', async () => {
      const list = await show({
        ...people,
        role: 'fan',
        roles: { fan: { name: 'fan', publish: [], watch: 'webrtc', permissions: [] } },
      });
      expect(list.findAll('[part~=search]')).to.have.length(0);
      expect(namesIn(list, 'On stage')).to.have.length(3);
      expect(section(list, 'Watching')!.querySelector('.section-count')!.textContent).to.equal('9');
    });
  });

  describe('what a host may do', () => {
    it('moves anyone to any role; who gains a camera is asked first', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      await until(() => namesIn(list, 'Watching').length === 8);
      const [viewer] = namesIn(list, 'Watching') as [string];
      rowOf(list, viewer).click();
      await until(() => list.findAll('[role=menuitemradio]').length === 5);
      const notes = list.findAll('[role=menuitemradio]').filter((item) => item.textContent!.includes('asked first'));
      expect(notes.map((item) => item.textContent!.trim().split(/\s/)[0])).to.deep.equal(['Host', 'Guest']);
      await sendKeys({ press: 'Escape' });
      await choose(list, viewer, 'Guest');
      await until(() => namesIn(list, 'Invited').length === 1);
      expect(namesIn(list, 'Invited')).to.deep.equal([viewer]);
      expect(rowOf(list, viewer).textContent).to.contain('Invited as Guest');
    });

    it('offers a producer nothing above themselves', async () => {
      const list = await show({ ...people, role: 'producer', participants: [{ name: 'Grace', role: 'host' }] });
      await until(() => namesIn(list, 'Watching').length === 9);
      rowOf(list, 'Grace').click();
      await until(() => list.findAll('[role=menu]:popover-open').length === 1);
      expect(menuItems(list).map((item) => item.split('\n')[0])).to.deep.equal([
        'Pin for me',
        'Spotlight for everyone',
      ]);
      await sendKeys({ press: 'Escape' });
      const [, viewer] = namesIn(list, 'Watching') as [string, string];
      rowOf(list, viewer).click();
      await until(() => list.findAll('[role=menuitemradio]').length > 0);
      expect(list.findAll('[role=menuitemradio]').some((item) => item.textContent!.includes('Host'))).to.equal(false);
      expect(menuItems(list).some((item) => item.includes('Remove'))).to.equal(true);
    });

    it('takes an invitation back', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      await until(() => namesIn(list, 'Watching').length === 8);
      const [viewer] = namesIn(list, 'Watching') as [string];
      await choose(list, viewer, 'Guest');
      await until(() => namesIn(list, 'Invited').length === 1);
      list.part('withdraw-button').click();
      await until(() => section(list, 'Invited') === undefined);
      expect(list.events.map(({ type }) => type)).to.include('ils-withdraw-role-offer-request');
    });

    it('mutes what is on and nothing else', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      rowOf(list, 'Hedy').click();
      await until(() => list.findAll('[role=menu]:popover-open').length === 1);
      const words = list.findAll('.menu-item').map((item) => item.textContent!.trim());
      expect(words).to.include.members(['Mute microphone', 'Stop screen sharing']);
      expect(words).not.to.include('Turn camera off');
      await sendKeys({ press: 'Escape' });
      await choose(list, 'Hedy', 'Mute microphone');
      await until(() => marksOf(list, 'Hedy').includes('Microphone off'));
    });

    it('removes somebody only after one confirmed', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      await choose(list, 'Hedy', 'Remove from the room');
      await until(() => list.findAll('dialog[open]').length === 1);
      list.part('cancel-button').click();
      await until(() => list.findAll('dialog[open]').length === 0);
      expect(namesIn(list, 'On stage')).to.include('Hedy');
      await choose(list, 'Hedy', 'Remove from the room');
      await until(() => list.findAll('dialog[open]').length === 1);
      const reason = list.find('input[name=reason]') as HTMLInputElement;
      expect(reason.checkVisibility()).to.equal(true);
      reason.value = ' Shouting ';
      list.part('confirm-button').click();
      await until(() => !namesIn(list, 'On stage').includes('Hedy'));
      const [call, ...more] = room.calls.filter(({ action }) => action === 'removeParticipant');
      expect([call?.args[1], more.length]).to.deep.equal(['Shouting', 0]);
    });

    it('bans for a time, with a reason', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      await choose(list, 'Hedy', 'Remove from the room');
      await until(() => list.findAll('dialog[open]').length === 1);
      list
        .findAll('[part~=choice]')
        .find((choice) => choice.textContent.includes('24 hours'))!
        .click();
      const reason = list.find('input[name=reason]') as HTMLInputElement;
      expect(reason.checkVisibility()).to.equal(true);
      reason.value = ' Advertising ';
      list.part('confirm-button').click();
      await until(() => !namesIn(list, 'On stage').includes('Hedy'));
      const [call] = room.calls.filter(({ action }) => action === 'banParticipant');
      const { durationMs, reason: given } = Object(call?.args[0]);
      expect([durationMs, given]).to.deep.equal([86_400_000, 'Advertising']);
    });

    it('keeps somebody from writing for a time', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      await choose(list, 'Hedy', '5 minutes');
      await until(() => room.calls.some(({ action }) => action === 'timeOutParticipant'));
      const [call] = room.calls.filter(({ action }) => action === 'timeOutParticipant');
      expect(Object(call?.args[0]).durationMs).to.equal(300_000);
    });

    it('ends the room for everyone, with last words, once one has confirmed', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      list.part('end-button').click();
      await until(() => list.findAll('dialog[open]').length === 1);
      await atRest(list.element);
      await expect(list.element).to.be.accessible();
      list.part('cancel-button').click();
      await until(() => list.findAll('dialog[open]').length === 0);
      list.part('end-button').click();
      await until(() => list.findAll('dialog[open]').length === 1);
      (list.find('input[name=title]') as HTMLInputElement).value = 'See you next week';
      list.part('confirm-button').click();
      await until(() => room.store.connection.state.value === 'ended');
      const [taken] = room.calls.filter(({ action }) => action === 'takeOverlay');
      expect(Object(taken?.args[0]).content.title).to.equal('See you next week');
    });

    it('offers no end to who may not end it', async () => {
      const list = await show({ ...people, role: 'producer' });
      expect(list.findAll('[part~=end-button]')).to.have.length(0);
    });

    it('spotlights for everyone and pins for oneself', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      await choose(list, 'Hedy', 'Spotlight for everyone');
      await until(() => marksOf(list, 'Hedy').includes('In the spotlight'));
      await choose(list, 'Hedy', 'Pin for me');
      await until(() => marksOf(list, 'Hedy').includes('Pinned'));
      await choose(list, 'Hedy', 'Unpin');
      await until(() => !marksOf(list, 'Hedy').includes('Pinned'));
    });

    it('hears why something was refused', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      room.failNext('muteParticipant', 'forbidden');
      await choose(list, 'Hedy', 'Mute microphone');
      await until(() => list.findAll('[role=alert] [part~=notice]').length === 1);
      expect(list.text('[part~=notice]')).to.equal('You are not allowed to do that.');
    });

    it('is not heard for what others asked', async () => {
      const room = createRoom({ ...people, role: 'host' });
      const list = await showElement('ils-participants', room);
      room.failNext('endRoom', 'internal');
      await room.actions.endRoom().catch(() => undefined);
      await drawn(list.element);
      expect(list.findAll('[part~=notice]')).to.have.length(0);
    });
  });

  it('gives a viewer nothing to moderate with', async () => {
    const list = await show(people);
    rowOf(list, 'Hedy').click();
    await until(() => list.findAll('[role=menu]:popover-open').length === 1);
    expect(list.findAll('.menu-item').map((item) => item.textContent!.trim())).to.deep.equal(['Pin for me']);
    await until(() => namesIn(list, 'Watching').length === 9);
    expect(rowOf(list, namesIn(list, 'Watching')[2]!).localName).to.equal('div');
  });

  it('is one tab stop that the arrows walk through', async () => {
    const list = await show({ ...people, role: 'host' });
    list.part('search').focus();
    await sendKeys({ press: 'Tab' });
    const focused = () => list.element.shadowRoot!.activeElement?.querySelector('bdi')?.textContent;
    const names = list.findAll('[data-participant] bdi').map((name) => name.textContent);
    expect(focused()).to.equal(names[0]);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal(names[2]);
    await sendKeys({ press: 'End' });
    expect(focused()).to.equal(names.at(-1));
    await sendKeys({ press: 'Home' });
    await sendKeys({ press: 'Enter' });
    await until(() => list.findAll('[role=menu]:popover-open').length === 1);
    await sendKeys({ press: 'Escape' });
    expect(focused()).to.equal(names[0]);
  });

  it('keeps the focus in the list when its participant leaves', async () => {
    const room = createRoom({ ...people, role: 'host' });
    const list = await showElement('ils-participants', room);
    const row = rowOf(list, 'Hedy');
    row.focus();
    room.leave(row.dataset.participant as ParticipantId);
    await drawn(list.element);
    expect(list.element.shadowRoot!.activeElement?.hasAttribute('data-participant')).to.equal(true);
  });

  it('asks for the list again after a break', async () => {
    const room = createRoom({ viewers: 4 });
    const list = await showElement('ils-participants', room);
    const asked = () => room.calls.filter(({ action }) => action === 'listParticipants').length;
    expect(asked()).to.equal(1);
    room.setState('reconnecting', 'disconnected');
    await drawn(list.element);
    room.setState('joined');
    await drawn(list.element);
    expect(asked()).to.equal(2);
  });
});
