import type { RoomActions } from '../actions/room-actions.ts';
import type { RequestData } from '../protocol/index.ts';
import { IlsRequestEvent } from './request-event.ts';

type Verb =
  | 'createBreakouts'
  | 'assignBreakout'
  | 'fillBreakout'
  | 'enterBreakout'
  | 'openBreakouts'
  | 'closeBreakouts'
  | 'announceToBreakouts'
  | 'callForHelp'
  | 'answerHelpCall';

/** A verb of the room and what it needs. */
export type BreakoutCommand = { readonly [V in Verb]: { readonly type: V; readonly data: RequestData<V> } }[Verb];

/** Make, open or close rooms of the room, or go there. */
export class IlsBreakoutsRequestEvent extends IlsRequestEvent {
  readonly command: BreakoutCommand;

  constructor(command: BreakoutCommand) {
    super('ils-breakouts-request');
    this.command = command;
  }

  override perform(actions: RoomActions): Promise<unknown> {
    const { command } = this;
    switch (command.type) {
      case 'createBreakouts':
        return actions.createBreakouts(command.data);
      case 'assignBreakout':
        return actions.assignBreakout(command.data);
      case 'fillBreakout':
        return actions.fillBreakout(command.data);
      case 'enterBreakout':
        return actions.enterBreakout(command.data);
      case 'openBreakouts':
        return actions.openBreakouts(command.data);
      case 'closeBreakouts':
        return actions.closeBreakouts(command.data);
      case 'announceToBreakouts':
        return actions.announceToBreakouts(command.data);
      case 'callForHelp':
        return actions.callForHelp(command.data);
      case 'answerHelpCall':
        return actions.answerHelpCall(command.data);
    }
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-breakouts-request': IlsBreakoutsRequestEvent;
  }
}
