/** The address that a player plays holds no more: set a fresh `src`. */
export class IlsSourceExpiredEvent extends Event {
  constructor() {
    super('ils-source-expired', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-source-expired': IlsSourceExpiredEvent;
  }
}
