import { expect } from '@open-wc/testing';
import type { RoleName } from '../../src/protocol/index.ts';
import { createFakeRoom } from '../../src/testing/index.ts';
import { onStage, self, totalParticipants } from '../../src/store/selectors.ts';

describe('createFakeRoom', () => {
  it('opens with everybody who was asked for', () => {
    const room = createFakeRoom({ role: 'guest', hosts: 2, guests: 1, viewers: 30, messages: 5 });
    expect(room.store.connection.state.value).to.equal('joined');
    expect(self(room.store)?.role).to.equal('guest');
    expect(onStage(room.store)).to.have.length(4);
    expect(room.store.stage.streams.value.size).to.equal(6);
    expect(totalParticipants(room.store)).to.equal(34);
    expect(room.store.chat.log.total).to.equal(5);
    room.close();
  });

  it('holds 100,000 messages, with holes that load', async () => {
    const room = createFakeRoom({ messages: 100_000, loadedMessages: 100 });
    expect(room.store.chat.log.total).to.equal(100_000);
    expect(room.store.chat.log.at(99_899)).to.equal(undefined);
    await room.actions.loadChat(99_900);
    expect(room.store.chat.log.at(99_899)?.index).to.equal(99_899);
    room.close();
  });

  it('shows a message pending until the answer comes, then once', async () => {
    const room = createFakeRoom();
    room.pause();
    const sent = room.actions.sendChat('hello');
    expect(room.store.chat.pending.value.map(({ text, state }) => [text, state])).to.deep.equal([['hello', 'sending']]);
    await room.flush();
    await sent;
    expect(room.store.chat.pending.value).to.have.length(0);
    expect(room.store.chat.log.at(0)?.text).to.equal('hello');
    expect(room.calls).to.deep.equal([{ action: 'sendChat', args: ['hello'] }]);
    room.close();
  });

  it('keeps a refused message for another try', async () => {
    const room = createFakeRoom();
    room.failNext('sendChat', 'rateLimited');
    await room.actions.sendChat('hello').catch(() => {});
    const [failed] = room.store.chat.pending.value;
    expect(failed?.state).to.equal('failed');
    expect(room.store.notices.latest.value?.error.code).to.equal('rateLimited');
    await room.actions.retryChat(failed?.key ?? '');
    expect(room.store.chat.pending.value).to.have.length(0);
    expect(room.store.chat.log.total).to.equal(1);
    room.close();
  });

  it('refuses what the role may not do', async () => {
    const room = createFakeRoom({ role: 'viewer' });
    const error: unknown = await room.actions.endRoom().catch((reason: unknown) => reason);
    expect(error).to.have.property('code', 'forbidden');
    room.close();
  });

  it('[P8] refuses what is above the role', async () => {
    const room = createFakeRoom({ role: 'producer', guests: 1, viewers: 1 });
    const idOf = (role: string) =>
      [...room.store.participants.byId.value.values()].find((one) => one.role === role)!.id;
    const codeOf = (asked: Promise<unknown>) => asked.then(() => null).catch((error: { code: string }) => error.code);
    const { changeRole, muteParticipant, removeParticipant } = room.actions;
    const host = idOf('host');
    const guest = idOf('guest');
    const producer = idOf('producer');
    expect(await codeOf(changeRole(producer, 'host' as RoleName))).to.equal('forbidden');
    expect(await codeOf(changeRole(host, 'viewer' as RoleName))).to.equal('forbidden');
    expect(await codeOf(muteParticipant(host))).to.equal('forbidden');
    expect(await codeOf(removeParticipant(host))).to.equal('forbidden');
    expect(await codeOf(muteParticipant(guest))).to.equal(null);
    expect(await codeOf(changeRole(guest, 'viewer' as RoleName))).to.equal(null);
    room.close();
  });

  it('shows a moving picture for as long as it is attached', async () => {
    const room = createFakeRoom();
    const [stream] = [...room.store.stage.streams.value.values()].filter(({ kind }) => kind === 'video');
    const video = document.createElement('video');
    document.body.append(video);
    const loaded = new Promise((resolve) => video.addEventListener('loadeddata', resolve, { once: true }));
    const detach = room.actions.attachStream(stream!.id, video);
    await loaded;
    await new Promise((resolve) => video.addEventListener('timeupdate', resolve, { once: true }));
    expect(video.videoWidth).to.equal(640);
    detach();
    expect(video.srcObject).to.equal(null);
    expect(room.activePictures).to.equal(0);
    video.remove();
    room.close();
  });

  it('promotes after consent', async () => {
    const room = createFakeRoom({ offer: 'guest' });
    const [offer] = [...room.store.participants.offers.value.values()];
    await room.actions.answerRoleOffer(offer!.id, true);
    expect(self(room.store)?.role).to.equal('guest');
    await room.actions.startSource('camera');
    expect(room.store.localMedia.sources.value.camera.published).to.equal(true);
    room.close();
    expect(room.activePictures).to.equal(0);
  });
});

describe('what happens in a fake room', () => {
  it('is what the helpers say', () => {
    const room = createFakeRoom({ hosts: 0 });
    const { stage, participants, connection } = room.store;
    const ada = room.join({ name: 'Ada', role: 'host', sources: { camera: 'live', microphone: 'muted' } });
    const [camera] = [...stage.streams.value.values()].filter(({ source }) => source === 'camera');
    room.mute(camera!.id, true, 'host');
    expect(stage.streams.value.get(camera!.id)).to.include({ muted: true, mutedBy: 'host' });
    room.speak(ada, -12);
    expect([stage.activeSpeaker.value, stage.levels.value.get(ada)]).to.deep.equal([ada, -12]);
    room.setQuality(ada, 1);
    room.setReception(camera!.id, 'starved');
    expect([stage.qualities.value.get(ada), stage.receptions.value.get(camera!.id)]).to.deep.equal([1, 'starved']);
    room.lose(ada);
    expect(participants.byId.value.get(ada)?.lost).to.equal(true);
    expect(room.say('Ada', 'hello').author.id).to.equal(ada);
    room.leave(ada);
    expect([participants.byId.value.has(ada), stage.streams.value.size]).to.deep.equal([false, 0]);
    room.setState('denied', 'tokenInvalid');
    expect([connection.state.value, connection.error.value?.code]).to.deep.equal(['denied', 'tokenInvalid']);
    room.close();
  });

  it('takes the streams of one who is moved down, and lists everyone by page', async () => {
    const room = createFakeRoom({ role: 'host', hosts: 0, guests: 1, viewers: 150 });
    const [guest] = [...room.store.participants.byId.value.values()].filter(({ role }) => role === 'guest');
    expect(await room.actions.changeRole(guest!.id, 'viewer' as RoleName)).to.deep.equal({
      status: 'changed',
    });
    expect(room.store.stage.streams.value.size).to.equal(0);
    expect(room.store.participants.byId.value.has(guest!.id)).to.equal(false);
    const first = await room.actions.listParticipants({});
    expect([first.total, first.participants.length]).to.deep.equal([152, 100]);
    const second = await room.actions.listParticipants({ after: first.next ?? '' });
    expect([second.participants.length, second.next]).to.deep.equal([52, null]);
    room.close();
  });

  it('fails a device as told', async () => {
    const room = createFakeRoom({ role: 'host' });
    room.failNextSource('camera', 'inUse');
    const error: unknown = await room.actions.startSource('camera').catch((reason: unknown) => reason);
    expect(error).to.have.property('code', 'inUse');
    expect(room.store.localMedia.sources.value.camera).to.include({ status: 'failed', error: 'inUse' });
    room.close();
  });
});
