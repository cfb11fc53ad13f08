import type { LitElement } from 'lit';
import { IlsMuteParticipantRequestEvent } from '../../events/participant-requests.ts';
import { IlsPinRequestEvent, IlsSpotlightRequestEvent } from '../../events/stage-requests.ts';
import { IlsHideSelfEvent } from '../../events/tile-events.ts';
import { MenuController, type MenuSection } from '../../controllers/menu.ts';
import { hiddenIcon } from '../../icons/hidden.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { pinIcon } from '../../icons/pin.ts';
import { pinOffIcon } from '../../icons/pin-off.ts';
import { spotlightIcon } from '../../icons/spotlight.ts';
import { msg } from '../../locales/localization.ts';
import { may, reaches } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import popoverStyles from '../../styles/popover.styles.ts';
import type { TileView } from './tile-view.ts';

/** Makes the one menu of a tile, and gives the tile what it looks like. */
export function createTileMenu(tile: LitElement): MenuController {
  const { shadowRoot } = tile;
  const { styleSheet } = popoverStyles;
  if (shadowRoot !== null && styleSheet !== undefined)
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, styleSheet];
  return new MenuController(tile, 'bottom-end');
}

/** What the menu of a tile offers to this reader. */
export function tileMenu(host: EventTarget, store: Store, view: TileView): readonly MenuSection[] {
  const { participant, isSelf, pinned, spotlit, microphone } = view;
  const forSelf = [
    {
      label: pinned ? msg('Unpin') : msg('Pin for me'),
      icon: pinned ? pinOffIcon : pinIcon,
      handleSelect: () => host.dispatchEvent(new IlsPinRequestEvent(pinned ? null : participant.id)),
    },
    ...(isSelf
      ? [
          {
            label: msg('Hide my picture from me'),
            icon: hiddenIcon,
            handleSelect: () => host.dispatchEvent(new IlsHideSelfEvent()),
          },
        ]
      : []),
  ];
  const forAll = [
    ...(may(store, 'stage.arrange')
      ? [
          {
            label: spotlit ? msg('Remove the spotlight') : msg('Spotlight for everyone'),
            icon: spotlightIcon,
            handleSelect: () => host.dispatchEvent(new IlsSpotlightRequestEvent(spotlit ? null : participant.id)),
          },
        ]
      : []),
    ...(may(store, 'participant.mute') && reaches(store, participant.role) && !isSelf && microphone === 'live'
      ? [
          {
            label: msg('Mute for everyone'),
            icon: microphoneOffIcon,
            handleSelect: () => host.dispatchEvent(new IlsMuteParticipantRequestEvent(participant.id, 'microphone')),
          },
        ]
      : []),
  ];
  return [{ items: forSelf }, { items: forAll }];
}
