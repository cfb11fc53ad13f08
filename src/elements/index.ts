// Written by `npm run entries` from the folders of src/elements.
export * from './room/room.ts';
