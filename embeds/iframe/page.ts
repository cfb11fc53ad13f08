import type { IlsPlayer, IlsRoom } from '../../src/index.ts';
import { enclose, open, type FrameCommand, type FrameMessage } from './messages.ts';

/** The framed page's own script: tells the page around it how it goes, and does what that asks. */
const room = document.querySelector<IlsRoom>('ils-room');
const { origins = '' } = document.body.dataset;
const trusted = new Set(origins.split(' '));

const tell = (message: FrameMessage) => {
  // Nothing that only some may know.
  if (window.parent !== window) window.parent.postMessage(enclose(message), '*');
};

const setMuted = (muted: boolean) => {
  const video = document.querySelector<IlsPlayer>('ils-player')?.video;
  if (video) video.muted = muted;
};

const commands: Readonly<Record<FrameCommand, () => unknown>> = {
  join: () => room?.join(),
  leave: () => room?.leave(),
  mute: () => setMuted(true),
  unmute: () => setMuted(false),
};

window.addEventListener('message', ({ source, origin, data }) => {
  if (source !== window.parent || !(trusted.has('*') || trusted.has(origin))) return;
  const body = open(data);
  if (typeof body === 'string' && Object.hasOwn(commands, body)) void commands[body as FrameCommand]();
});

room?.addEventListener('ils-state-changed', () => tell({ type: 'state', state: room.state }));
room?.addEventListener('ils-role-changed', ({ role }) => tell({ type: 'role', role }));

const isStacked = window.matchMedia('(width < 640px)');
/** Beside a picture the chat is as tall as that; below it, or alone, as tall as it reads well. Pixels. */
const CHAT = { width: 320, heightBelow: 420, heightAlone: 560 };

/** How tall the page would like to be at its width. Pixels. */
function preferredHeight(): number {
  const { innerWidth: width } = window;
  if (document.body.dataset['show'] === 'chat') return CHAT.heightAlone;
  const hasChat = document.body.dataset['show'] === 'all';
  const pictureWidth = hasChat && !isStacked.matches ? width - CHAT.width : width;
  return Math.round((pictureWidth * 9) / 16) + (hasChat && isStacked.matches ? CHAT.heightBelow : 0);
}

const tellHeight = () => tell({ type: 'height', height: preferredHeight() });
window.addEventListener('resize', tellHeight);
tellHeight();
