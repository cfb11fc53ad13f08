// Written by `npm run entries` from the folders of src/elements.

/** How each element is loaded when a page first uses its tag. */
export const elementLoaders: Readonly<Record<string, () => Promise<CustomElementConstructor>>> = {
  'ils-room': async () => (await import('./room/room.ts')).IlsRoom,
};
