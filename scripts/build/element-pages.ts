/** A name and what is said of it. */
interface Item {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
  readonly type?: { readonly text: string };
}

interface Member extends Item {
  readonly kind: 'field' | 'method';
  readonly attribute?: string;
  readonly readonly?: boolean;
  readonly parameters?: readonly Item[];
  readonly return?: { readonly type: { readonly text: string } };
}

/** An element as `custom-elements.json` describes it. */
export interface ElementDescription {
  readonly name: string;
  readonly tagName: string;
  readonly summary: string;
  readonly description?: string;
  readonly members?: readonly Member[];
  readonly events?: readonly Item[];
  readonly slots?: readonly Item[];
  readonly cssParts?: readonly Item[];
  readonly cssStates?: readonly Item[];
  readonly cssProperties?: readonly Item[];
}

const inCell = (text = '') => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();
const asCode = (text: string | undefined) => (text === undefined ? '' : `\`${inCell(text)}\``);

type Column<T> = readonly [head: string, cell: (item: T) => string];

const says = <T extends Item>(): Column<T> => ['what', ({ description }) => inCell(description)];

function composeTable<T>(title: string, items: readonly T[], columns: readonly Column<T>[]): string {
  if (items.length === 0) return '';
  const rows = items.map((item) => columns.map(([, cell]) => cell(item)));
  const lines = [columns.map(([head]) => head), columns.map(() => '---'), ...rows];
  return `\n## ${title}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

const signatureOf = ({ name, parameters = [], return: result }: Member) =>
  `${name}(${parameters.map((one) => `${one.name}: ${one.type?.text ?? 'unknown'}`).join(', ')}): ${result?.type.text ?? 'void'}`;

/** The whole of an element's interface, for a reader. */
export function composeElementPage(element: ElementDescription): string {
  const fields = (element.members ?? []).filter(({ kind }) => kind === 'field');
  const methods = (element.members ?? []).filter(({ kind }) => kind === 'method');
  const name = <T extends Item>(head: string): Column<T> => [head, (item) => asCode(item.name)];
  const slots = (element.slots ?? []).map((slot) => ({ ...slot, name: slot.name || '(default)' }));
  return [
    `# \`<${element.tagName}>\`\n\n${element.summary}\n`,
    element.description ? `\n${element.description}\n` : '',
    `\n\`\`\`js\nimport 'ils-kit/define/${element.tagName.slice('ils-'.length)}';\n\`\`\`\n`,
    composeTable<Member>('Attributes and properties', fields, [
      name('property'),
      ['attribute', (field) => asCode(field.attribute)],
      ['type', (field) => asCode(field.type?.text)],
      ['default', (field) => asCode(field.default)],
      says(),
    ]),
    composeTable<Member>('Methods', methods, [['method', (method) => asCode(signatureOf(method))], says()]),
    composeTable<Item>('Events', element.events ?? [], [
      name('event'),
      ['class', ({ type }) => asCode(type?.text)],
      says(),
    ]),
    composeTable<Item>('Slots', slots, [name('slot'), says()]),
    composeTable<Item>('Parts', element.cssParts ?? [], [name('part'), says()]),
    composeTable<Item>('States', element.cssStates ?? [], [
      ['state', ({ name: state }) => asCode(`:state(${state})`)],
      says(),
    ]),
    composeTable<Item>('Custom properties', element.cssProperties ?? [], [
      name('property'),
      ['default', (property) => asCode(property.default)],
      says(),
    ]),
  ].join('');
}

/** An overview in the form of llmstxt.org: what the kit is, and where each element is described. */
export function composeLlmsText(elements: readonly ElementDescription[]): string {
  const list = elements.map(({ tagName, summary }) => `- [<${tagName}>](docs/${tagName}.md): ${inCell(summary)}`);
  return `# ILS Kit

> Framework-agnostic custom elements for interactive live streaming, and the room server that they talk to.

A page loads one script and pastes tags; everything within an \`<ils-room>\` belongs to that room:

\`\`\`html
<script type="module" src="https://rooms.example/kit/cdn/ils.js"></script>
<ils-room server="https://rooms.example" room="demo" token-url="/token" auto-join>
  <ils-player></ils-player>
  <ils-chat></ils-chat>
</ils-room>
\`\`\`

With a bundler: \`import 'ils-kit/define/room'\` for each element, or \`import 'ils-kit/define'\` for all. In React: \`import { IlsRoom } from 'ils-kit/react/room'\`.
Elements ask by cancelable \`ils-…-request\` events and are restyled by custom properties, \`::part()\` and \`:state()\`.

## Elements

${list.join('\n')}
`;
}
