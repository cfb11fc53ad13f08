/** Long enough for a machine that has much else to do. */
const PATIENCE_MS = 10_000;

function* findAll(root: Document | Element | ShadowRoot, selector: string): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element.matches(selector)) yield element;
    if (element.shadowRoot) yield* findAll(element.shadowRoot, selector);
  }
}

/** The first that is shown within, whatever shadow root it stands in, once `matches` says so; throws where there is none in time. */
export async function find(
  within: HTMLElement,
  selector: string,
  matches: (element: HTMLElement) => boolean = () => true,
): Promise<HTMLElement> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    for (const element of findAll(within, selector)) if (matches(element)) return element;
    // oxlint-disable-next-line no-await-in-loop -- what is looked for loads on the way
    await new Promise(requestAnimationFrame);
  }
  throw new Error(`Nothing shows ${selector}.`);
}

export const says =
  (words: string) =>
  ({ textContent }: HTMLElement): boolean =>
    textContent.includes(words);

/** Presses a button of that part, as soon as it may be pressed. */
export async function press(within: HTMLElement, part: string): Promise<void> {
  const button = await find(
    within,
    `[part~='${part}']`,
    (element) => element.ariaDisabled !== 'true' && !element.matches(':disabled'),
  );
  button.click();
}

/** Writes into the field of that part. */
export async function write(within: HTMLElement, part: string, words: string): Promise<void> {
  const field = await find(within, `[part~='${part}']`);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement))
    throw new Error(`${part} is no field.`);
  field.focus();
  field.value = words;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
