// Written by `npm run entries` from the folders of src/elements.
import { defineElement } from './elements/define-element.ts';
import { IlsBroadcast } from './elements/broadcast/broadcast.ts';
import { IlsCaptions } from './elements/captions/captions.ts';
import { IlsChat } from './elements/chat/chat.ts';
import { IlsControls } from './elements/controls/controls.ts';
import { IlsOverlay } from './elements/overlay/overlay.ts';
import { IlsParticipants } from './elements/participants/participants.ts';
import { IlsPlayer } from './elements/player/player.ts';
import { IlsPreview } from './elements/preview/preview.ts';
import { IlsReactions } from './elements/reactions/reactions.ts';
import { IlsRoleOffer } from './elements/role-offer/role-offer.ts';
import { IlsRoom } from './elements/room/room.ts';
import { IlsStage } from './elements/stage/stage.ts';
import { IlsTile } from './elements/tile/tile.ts';

defineElement('ils-broadcast', IlsBroadcast);
defineElement('ils-captions', IlsCaptions);
defineElement('ils-chat', IlsChat);
defineElement('ils-controls', IlsControls);
defineElement('ils-overlay', IlsOverlay);
defineElement('ils-participants', IlsParticipants);
defineElement('ils-player', IlsPlayer);
defineElement('ils-preview', IlsPreview);
defineElement('ils-reactions', IlsReactions);
defineElement('ils-role-offer', IlsRoleOffer);
defineElement('ils-room', IlsRoom);
defineElement('ils-stage', IlsStage);
defineElement('ils-tile', IlsTile);
