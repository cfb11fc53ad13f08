import type { LitElement } from 'lit';
import { adoptStyles } from '../styles/adopt-styles.ts';
import type { ConfirmationController } from './confirmation.ts';
import type { MenuController } from './menu.ts';
import type { Placement } from './popover.ts';

/** A host's menu with its styles, loaded when the first one opens. */
export async function loadMenu(host: LitElement, placement?: Placement): Promise<MenuController> {
  const [{ MenuController }, { default: styles }] = await Promise.all([
    import('./menu.ts'),
    import('../styles/popover.styles.ts'),
  ]);
  adoptStyles(host.renderRoot as ShadowRoot, styles);
  return new MenuController(host, placement);
}

/** A host's dialog that asks before something is done for good, with its styles, loaded when it first asks. */
export async function loadConfirmation(host: LitElement): Promise<ConfirmationController> {
  const [{ ConfirmationController }, { default: styles }] = await Promise.all([
    import('./confirmation.ts'),
    import('../styles/dialog.styles.ts'),
  ]);
  adoptStyles(host.renderRoot as ShadowRoot, styles);
  return new ConfirmationController(host);
}
