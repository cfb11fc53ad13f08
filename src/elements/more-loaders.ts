// Written by `npm run entries` from the folders of src/elements.

/** Loaded with the first tag that is on few pages. */
export const moreElementLoaders: Readonly<Record<string, () => Promise<CustomElementConstructor>>> = {
  'ils-breakouts': async () => (await import('./breakouts/breakouts.ts')).IlsBreakouts,
  'ils-broadcast': async () => (await import('./broadcast/broadcast.ts')).IlsBroadcast,
  'ils-captions': async () => (await import('./captions/captions.ts')).IlsCaptions,
  'ils-gift-feed': async () => (await import('./gift-feed/gift-feed.ts')).IlsGiftFeed,
  'ils-gift-tray': async () => (await import('./gift-tray/gift-tray.ts')).IlsGiftTray,
  'ils-hand-queue': async () => (await import('./hand-queue/hand-queue.ts')).IlsHandQueue,
  'ils-hand-raise': async () => (await import('./hand-raise/hand-raise.ts')).IlsHandRaise,
  'ils-moderation': async () => (await import('./moderation/moderation.ts')).IlsModeration,
  'ils-overlay': async () => (await import('./overlay/overlay.ts')).IlsOverlay,
  'ils-poll': async () => (await import('./poll/poll.ts')).IlsPoll,
  'ils-qa': async () => (await import('./qa/qa.ts')).IlsQa,
  'ils-reactions': async () => (await import('./reactions/reactions.ts')).IlsReactions,
  'ils-role-offer': async () => (await import('./role-offer/role-offer.ts')).IlsRoleOffer,
  'ils-tile': async () => (await import('./tile/tile.ts')).IlsTile,
};
