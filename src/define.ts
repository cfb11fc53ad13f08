// Written by `npm run entries` from the folders of src/elements.
import { defineElement } from './elements/define-element.ts';
import { IlsBroadcast } from './elements/broadcast/broadcast.ts';
import { IlsChat } from './elements/chat/chat.ts';
import { IlsControls } from './elements/controls/controls.ts';
import { IlsParticipants } from './elements/participants/participants.ts';
import { IlsPlayer } from './elements/player/player.ts';
import { IlsPreview } from './elements/preview/preview.ts';
import { IlsReactions } from './elements/reactions/reactions.ts';
import { IlsRoleOffer } from './elements/role-offer/role-offer.ts';
import { IlsRoom } from './elements/room/room.ts';
import { IlsStage } from './elements/stage/stage.ts';
import { IlsTile } from './elements/tile/tile.ts';

defineElement('ils-broadcast', IlsBroadcast);
defineElement('ils-chat', IlsChat);
defineElement('ils-controls', IlsControls);
defineElement('ils-participants', IlsParticipants);
defineElement('ils-player', IlsPlayer);
defineElement('ils-preview', IlsPreview);
defineElement('ils-reactions', IlsReactions);
defineElement('ils-role-offer', IlsRoleOffer);
defineElement('ils-room', IlsRoom);
defineElement('ils-stage', IlsStage);
defineElement('ils-tile', IlsTile);
