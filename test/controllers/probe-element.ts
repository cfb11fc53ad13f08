import { fixture, html } from '@open-wc/testing';
import { LitElement, type TemplateResult } from 'lit';
import baseStyles from '../../src/styles/base.styles.ts';
import buttonStyles from '../../src/styles/button.styles.ts';
import dialogStyles from '../../src/styles/dialog.styles.ts';
import popoverStyles from '../../src/styles/popover.styles.ts';

/** An element whose template a test gives it. */
export class ProbeElement extends LitElement {
  static override styles = [...baseStyles, buttonStyles, dialogStyles, popoverStyles];
  template: () => TemplateResult = () => html``;

  protected override render(): TemplateResult {
    return this.template();
  }

  find<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.shadowRoot!.querySelector<T>(selector);
    if (found === null) throw new Error(`there is no ${selector}`);
    return found;
  }

  findAll<T extends HTMLElement = HTMLElement>(selector: string): T[] {
    return [...this.shadowRoot!.querySelectorAll<T>(selector)];
  }

  get focused(): HTMLElement | null {
    return this.shadowRoot!.activeElement as HTMLElement | null;
  }
}

if (customElements.get('controller-probe') === undefined) customElements.define('controller-probe', ProbeElement);

/** An element in the page that has not drawn its template yet: controllers are added to it first. */
export async function createProbe(): Promise<ProbeElement> {
  return fixture<ProbeElement>(html`<controller-probe></controller-probe>`);
}

export async function draw(probe: ProbeElement, template: () => TemplateResult): Promise<void> {
  probe.template = template;
  probe.requestUpdate();
  await probe.updateComplete;
}
