// Written by `npm run entries` from the folders of src/elements.

type ElementLoader = () => Promise<CustomElementConstructor>;

/** How each element is loaded when a page first uses its tag. */
export const elementLoaders: Readonly<Record<string, ElementLoader>> = {
  'ils-chat': async () => (await import('./chat/chat.ts')).IlsChat,
  'ils-controls': async () => (await import('./controls/controls.ts')).IlsControls,
  'ils-participants': async () => (await import('./participants/participants.ts')).IlsParticipants,
  'ils-player': async () => (await import('./player/player.ts')).IlsPlayer,
  'ils-preview': async () => (await import('./preview/preview.ts')).IlsPreview,
  'ils-room': async () => (await import('./room/room.ts')).IlsRoom,
  'ils-stage': async () => (await import('./stage/stage.ts')).IlsStage,
};

/** The same for those that few pages show. */
export const loadMoreLoaders = async () => (await import('./more-loaders.ts')).moreElementLoaders;
