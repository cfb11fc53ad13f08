import type { ElementNames } from './element-names.ts';

/** The files of a new element, by their paths below the repository. */
export function composeElementFiles(names: ElementNames, summary: string): Record<string, string> {
  const { folder } = names;
  return {
    [`src/elements/${folder}/${folder}.ts`]: composeElement(names, summary),
    [`src/elements/${folder}/${folder}.styles.ts`]: composeStyles(),
    [`stories/${folder}.stories.ts`]: composeStories(names),
    [`test/elements/${folder}/${folder}.test.ts`]: composeTest(names),
  };
}

const composeElement = ({ folder, tag, className, title }: ElementNames, summary: string) => `
import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import baseStyles from '../../styles/base.styles.ts';
import { RoomElement } from '../room-element.ts';
import styles from './${folder}.styles.ts';

/**
 * @summary ${summary}
 *
 * @slot - What stands inside.
 * @csspart base - The box around everything.
 */
export class ${className} extends RoomElement {
  static override styles = [...baseStyles, styles];

  /** Names the element to those who do not see it. */
  @property() label = '${title}';

  protected override render(): TemplateResult {
    return html\`<section part="base" aria-label=\${this.label}><slot></slot></section>\`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    '${tag}': ${className};
  }
}
`;

const composeStyles = () => `
import { css } from 'lit';

export default css\`
  section {
    padding: var(--_space-m);
  }
\`;
`;

const composeStories = ({ tag, title }: ElementNames) => `
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../src/define.ts';
import { createFakeRoom } from '../src/testing/index.ts';

interface Arguments {
  label: string;
}

const meta: Meta<Arguments> = {
  title: 'Elements/${title}',
  component: '${tag}',
  args: { label: '${title}' },
  render: ({ label }) => html\`
    <ils-room .headless=\${createFakeRoom()}><${tag} label=\${label}>${title}</${tag}></ils-room>
  \`,
};
export default meta;

export const Basic: StoryObj<Arguments> = {};

/** Every state on one sheet. */
export const All: StoryObj<Arguments> = {
  render: ({ label }) => html\`
    <ils-room .headless=\${createFakeRoom()}><${tag} label=\${label}>${title}</${tag}></ils-room>
    <ils-room .headless=\${createFakeRoom({ state: 'reconnecting' })}>
      <${tag} label="\${label} while reconnecting">${title}</${tag}>
    </ils-room>
  \`,
};
`;

const composeTest = ({ folder, tag, className }: ElementNames) => `
import { expect, fixture, html } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsRoom } from '../../../src/elements/room/room.ts';
import { ${className} } from '../../../src/elements/${folder}/${folder}.ts';
import { createFakeRoom, type FakeRoom } from '../../../src/testing/index.ts';

defineElement('ils-room', IlsRoom);
defineElement('${tag}', ${className});

async function show(room: FakeRoom): Promise<${className}> {
  const page = await fixture(html\`<ils-room .headless=\${room}><${tag}></${tag}></ils-room>\`);
  const element = page.querySelector('${tag}');
  if (element === null) throw new Error('<${tag}> is not in the page.');
  await element.updateComplete;
  return element;
}

describe('${tag}', () => {
  for (const state of ['joined', 'reconnecting'] as const) {
    it(\`is accessible while \${state}\`, async () => {
      const room = createFakeRoom({ state });
      await expect(await show(room)).to.be.accessible();
      room.close();
    });
  }

  it('takes its name from the label', async () => {
    const room = createFakeRoom();
    const element = await show(room);
    element.label = 'Another name';
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('section')?.getAttribute('aria-label')).to.equal('Another name');
    room.close();
  });
});
`;
