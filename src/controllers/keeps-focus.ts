import type { ReactiveControllerHost } from 'lit';

/** Keeps the focus within when the button that has it goes. What does so is loaded with the first focus. */
export function keepsFocus(host: ReactiveControllerHost & HTMLElement): void {
  const load = () =>
    void import('./keep-focus.ts').then(
      ({ KeepFocus }) => new KeepFocus(host),
      () => undefined,
    );
  host.addEventListener('focusin', load, { once: true });
}
