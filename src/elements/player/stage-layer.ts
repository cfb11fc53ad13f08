import { defineElement } from '../define-element.ts';
import { IlsStage } from '../stage/stage.ts';

/** Makes the stage known, for the player to draw it. */
export function defineStage(): true {
  defineElement('ils-stage', IlsStage);
  return true;
}
