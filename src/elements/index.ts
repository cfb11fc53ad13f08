// Written by `npm run entries` from the folders of src/elements.
export * from './broadcast/broadcast.ts';
export * from './captions/captions.ts';
export * from './chat/chat.ts';
export * from './controls/controls.ts';
export * from './gift-feed/gift-feed.ts';
export * from './gift-tray/gift-tray.ts';
export * from './overlay/overlay.ts';
export * from './participants/participants.ts';
export * from './player/player.ts';
export * from './poll/poll.ts';
export * from './preview/preview.ts';
export * from './qa/qa.ts';
export * from './reactions/reactions.ts';
export * from './role-offer/role-offer.ts';
export * from './room/room.ts';
export * from './stage/stage.ts';
export * from './tile/tile.ts';
