/** The theme page's own script: every token of the kit in a form, tried on live elements, taken along as CSS. */

/** Tokens by what they are for. `local` is what the elements make of one, where its name is another; `words` are for people. */
const groups = [
  {
    title: 'Seeds: everything follows',
    tokens: [
      { name: 'accent', words: 'Accent', kind: 'color' },
      { name: 'neutral-hue', words: 'Hue of the greys', local: 'hue', kind: 'scale', to: 360 },
      { name: 'radius', words: 'Corners', kind: 'scale', to: 24, unit: 'px' },
      { name: 'density', words: 'Space', kind: 'scale', from: 0.8, to: 1.4, step: 0.05 },
      { name: 'font', words: 'Type', kind: 'text' },
    ],
  },
  {
    title: 'Surfaces and words',
    tokens: [
      { name: 'color-canvas', words: 'Behind everything', kind: 'color' },
      { name: 'color-surface', words: 'Panels', kind: 'color' },
      { name: 'color-surface-sunken', words: 'Fields and bubbles', kind: 'color' },
      { name: 'color-surface-raised', words: 'Menus and dialogs', kind: 'color' },
      { name: 'color-border', words: 'Lines', kind: 'color' },
      { name: 'color-border-strong', words: 'Edges of fields', kind: 'color' },
      { name: 'color-text', words: 'Words', kind: 'color' },
      { name: 'color-text-muted', words: 'Quiet words', kind: 'color' },
      { name: 'color-on-accent', words: 'Words on the accent', kind: 'color' },
    ],
  },
  {
    title: 'Signals',
    tokens: [
      { name: 'color-live', words: 'Live', kind: 'color' },
      { name: 'color-on-live', words: 'Words on live', kind: 'color' },
      { name: 'color-danger', words: 'Danger', kind: 'color' },
      { name: 'color-on-danger', words: 'Words on danger', kind: 'color' },
      { name: 'color-warning', words: 'Warning', kind: 'color' },
      { name: 'color-success', words: 'Success', kind: 'color' },
      { name: 'color-focus', words: 'Ring of focus', kind: 'color' },
    ],
  },
  {
    title: 'Over the picture',
    tokens: [
      { name: 'color-video', words: 'Behind pictures', kind: 'color' },
      { name: 'color-on-video', words: 'Words on pictures', kind: 'color' },
      { name: 'color-scrim', words: 'Shade below words', kind: 'text' },
    ],
  },
  {
    title: 'Type',
    tokens: [
      ...['xs', 's', 'm', 'l', 'xl', '2xl'].map((size) => ({
        name: `font-size-${size}`,
        words: `Size ${size}`,
        kind: 'scale',
        from: 8,
        to: 40,
        unit: 'px',
      })),
      ...['normal', 'medium', 'bold'].map((weight) => ({
        name: `font-weight-${weight}`,
        words: `Weight, ${weight}`,
        local: `weight-${weight}`,
        kind: 'scale',
        from: 100,
        to: 900,
        step: 50,
      })),
    ],
  },
  {
    title: 'Elevation, sizes and motion',
    tokens: [
      { name: 'shadow-s', words: 'Shadow, resting', kind: 'text' },
      { name: 'shadow-m', words: 'Shadow, raised', kind: 'text' },
      { name: 'shadow-l', words: 'Shadow, floating', kind: 'text' },
      { name: 'control-size', words: 'Height of controls', kind: 'scale', from: 24, to: 64, unit: 'px' },
      { name: 'icon-size', words: 'Size of icons', kind: 'scale', from: 12, to: 32, unit: 'px' },
      ...['hover', 'in', 'out'].map((kind) => ({
        name: `${kind}-time`,
        words: { hover: 'Motion, under the pointer', in: 'Motion, what comes', out: 'Motion, what goes' }[kind],
        kind: 'scale',
        to: 600,
        step: 10,
        unit: 'ms',
      })),
    ],
  },
];
const tokens = groups.flatMap((group) => group.tokens);

/** What stands upon what, as the elements do it. */
const pairs = [
  ['Words on panels', 'text', 'surface'],
  ['Quiet words on panels', 'text-muted', 'surface'],
  ['Quiet words in fields', 'text-muted', 'surface-sunken'],
  ['Words on the accent', 'on-accent', 'accent'],
  ['Accent as words', 'accent-text', 'surface'],
  ['“Live” on its badge', 'on-live', 'live'],
  ['Words on danger', 'on-danger', 'danger'],
  ['Danger as words', 'danger-text', 'surface'],
  ['Words on pictures', 'on-video', 'video'],
];
/** Of words, by WCAG 2.2 (1.4.3). */
const LEAST_CONTRAST = 4.5;

const form = document.querySelector('form');
const preview = document.querySelector('.preview');
const room = document.querySelector('ils-room');
const sample = document.querySelector('.sample');
const sheet = document.querySelector('pre');
const status = document.querySelector('[role="status"]');
const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

/** What is set, by the token's whole name: `--ils-accent`. */
const chosen = new Map();
const fullName = ({ name }) => `--ils-${name}`;
const localOf = ({ name, local = name.replace(/^color-/, '') }) => `--_${local}`;

const create = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** Red, green and blue of a colour where it stands in the room, 0 to 255. */
function readColor(color, scheme) {
  sample.style.colorScheme = scheme;
  sample.style.color = color;
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = getComputedStyle(sample).color;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

const asHex = (color) => `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

function luminanceOf(color) {
  const [red, green, blue] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast of two colours, 1 to 21. */
function contrastOf(ink, ground, scheme) {
  const [a, b] = [ink, ground].map((name) => luminanceOf(readColor(`var(--_${name})`, scheme)));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** A number as the elements have it now, whatever it is made of. */
function readNumber(token) {
  const value = `var(${localOf(token)})`;
  if (token.unit === 'px') {
    sample.style.inlineSize = value;
    return Number.parseFloat(getComputedStyle(sample).inlineSize);
  }
  return Number.parseFloat(getComputedStyle(room).getPropertyValue(localOf(token)));
}

const readText = (token) =>
  getComputedStyle(room).getPropertyValue(localOf(token)).replaceAll(/\s+/g, ' ').replaceAll('( ', '(').trim();

/** A row of the form: its fields, and how they come to show what is so now. */
const rows = tokens.map((token) => {
  const name = fullName(token);
  const id = `token${name}`;
  const label = create('label', { htmlFor: id }, create('span', {}, token.words), create('code', {}, name));
  const row = create('div', { className: 'token' }, label);
  const set = (value) => {
    if (value === '') chosen.delete(name);
    else chosen.set(name, value);
    apply();
  };
  if (token.kind === 'color') {
    const fields = ['light', 'dark'].map((scheme, index) =>
      create('input', {
        type: 'color',
        id: index === 0 ? id : `${id}-${scheme}`,
        ariaLabel: `${token.words}, ${scheme}`,
        title: `${token.words}, ${scheme}`,
      }),
    );
    row.append(create('span', { className: 'swatches' }, ...fields));
    for (const field of fields)
      field.addEventListener('input', () => {
        const [light, dark] = fields.map(({ value }) => value);
        set(light === dark ? light : `light-dark(${light}, ${dark})`);
      });
    const show = () => {
      for (const [index, scheme] of ['light', 'dark'].entries())
        fields[index].value = asHex(readColor(`var(${localOf(token)})`, scheme));
    };
    return { name, row, show };
  }
  if (token.kind === 'scale') {
    const { from: min = 0, to: max, step = 1, unit = '' } = token;
    const field = create('input', { type: 'range', id, min, max, step });
    const output = create('output', { htmlFor: id });
    row.append(output, field);
    field.addEventListener('input', () => set(`${field.value}${unit}`));
    const show = () => {
      const value = readNumber(token);
      field.value = String(value);
      output.value = `${Number(value.toFixed(2))}${unit}`;
    };
    return { name, row, show };
  }
  const field = create('input', { type: 'text', id, spellcheck: false });
  row.append(field);
  field.addEventListener('change', () => set(field.value.trim()));
  const show = () => {
    field.value = chosen.get(name) ?? readText(token);
  };
  return { name, row, show };
});

function showContrasts() {
  document.querySelector('.contrasts tbody').replaceChildren(
    ...pairs.map(([words, ink, ground]) =>
      create(
        'tr',
        {},
        create('th', { scope: 'row' }, words),
        ...['light', 'dark'].map((scheme) => {
          const contrast = contrastOf(ink, ground, scheme);
          const isPoor = contrast < LEAST_CONTRAST;
          const figure = `${isPoor ? '⚠' : '✓'} ${(Math.floor(contrast * 10) / 10).toFixed(1)}`;
          return create('td', { className: isPoor ? 'poor' : '', title: isPoor ? 'Too little to read' : '' }, figure);
        }),
      ),
    ),
  );
}

const schemeOf = () => new FormData(form).get('scheme');

/** Puts what is chosen on the preview, into the stylesheet, the contrasts and the form. */
function apply() {
  for (const { name } of rows) {
    const value = chosen.get(name);
    if (value === undefined) preview.style.removeProperty(name);
    else preview.style.setProperty(name, value);
  }
  const scheme = schemeOf();
  preview.style.colorScheme = scheme;
  const lines = [...chosen].map(([name, value]) => `  ${name}: ${value};\n`);
  if (scheme !== 'light dark') lines.unshift(`  color-scheme: ${scheme};\n`);
  sheet.textContent = `ils-room {\n${lines.join('')}}\n`;
  for (const { name, row, show } of rows) {
    show();
    row.classList.toggle('changed', chosen.has(name));
  }
  showContrasts();
}

/** Takes over what one of the finished themes sets. */
async function startFrom(theme) {
  const answer = await fetch(`/kit/themes/${theme}.css`);
  const parsed = await new CSSStyleSheet().replace(await answer.text());
  const { style } = parsed.cssRules[0];
  chosen.clear();
  for (const { name } of rows) {
    const value = style.getPropertyValue(name).replaceAll(/\s+/g, ' ').trim();
    if (value !== '') chosen.set(name, value);
  }
  const scheme = style.getPropertyValue('color-scheme') || 'light dark';
  form.querySelector(`[name="scheme"][value="${scheme}"]`).checked = true;
  apply();
  status.textContent = `Started from ${theme}.`;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(sheet.textContent);
    status.textContent = 'Copied.';
  } catch {
    // Without HTTPS a page may not write there; then the reader does.
    getSelection().selectAllChildren(sheet);
    status.textContent = 'Selected: copy it by the keyboard.';
  }
}

const greetings = ['Welcome, everyone! We start in five minutes.', 'Where shall the next show come from?'];
const question = { question: 'Which colour next?', kind: 'single', options: ['Midnight', 'Forest', 'Sunset'] };

/** Something to see in a room that nobody has used; goes on where an earlier visit ended in the midst of it. */
async function furnish() {
  const { store, actions } = room;
  for (const text of greetings.slice(store.chat.log.total)) await actions.sendChat(text);
  const polls = () => store.features.loaded.value.polls;
  while (!polls()?.known.value) await new Promise(requestAnimationFrame);
  const [poll = (await actions.createPoll(question)).poll] = polls().byId.value.values();
  if (poll.state === 'draft') await actions.launchPoll({ pollId: poll.id });
}

form.querySelector('.groups').append(
  ...groups.map(({ title, tokens: own }, index) => {
    const names = new Set(own.map(fullName));
    const ownRows = rows.filter(({ name }) => names.has(name)).map(({ row }) => row);
    return create('details', { open: index === 0 }, create('summary', {}, title), ...ownRows);
  }),
);
form.addEventListener('submit', (event) => event.preventDefault());
for (const button of form.querySelectorAll('button')) button.addEventListener('click', () => startFrom(button.value));
for (const radio of form.querySelectorAll('[name="scheme"]')) radio.addEventListener('change', apply);
document.querySelector('.copy').addEventListener('click', copy);
document.querySelector('.again').addEventListener('click', () => {
  chosen.clear();
  form.querySelector('[value="light dark"]').checked = true;
  apply();
  status.textContent = 'As it was.';
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);

await customElements.whenDefined('ils-room');
await room.updateComplete;
apply();
room.addEventListener('ils-joined', furnish);
if (room.state === 'joined') await furnish();
