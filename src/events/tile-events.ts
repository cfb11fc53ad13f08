/** The reader wants their own picture off their screen. Fired by their own `<ils-tile>`; the stage around it hides it unless the default is prevented. */
export class IlsHideSelfEvent extends Event {
  constructor() {
    super('ils-hide-self', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ils-hide-self': IlsHideSelfEvent;
  }
}
