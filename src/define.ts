// Written by `npm run entries` from the folders of src/elements.
import { defineElement } from './elements/define-element.ts';
import { IlsRoom } from './elements/room/room.ts';

defineElement('ils-room', IlsRoom);
