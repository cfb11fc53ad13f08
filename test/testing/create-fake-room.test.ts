import { expect } from '@open-wc/testing';
import { createFakeRoom } from '../../src/testing/index.ts';
import { onStage, self, totalParticipants } from '../../src/store/selectors.ts';

async function nextFrame(video: HTMLVideoElement): Promise<void> {
  await new Promise<void>((resolve) => video.requestVideoFrameCallback(() => resolve()));
}

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

  it('shows a moving picture for as long as it is attached', async () => {
    const room = createFakeRoom();
    const [stream] = [...room.store.stage.streams.value.values()].filter(({ kind }) => kind === 'video');
    const video = document.createElement('video');
    document.body.append(video);
    const detach = room.actions.attachStream(stream!.id, video);
    await nextFrame(video);
    await nextFrame(video);
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
