/** The language around `element`: the nearest `lang`, else the page's, else the browser's. */
export function languageOf(element: Element): string {
  for (let at: Element | null = element; at !== null;) {
    const found = at.closest('[lang]')?.getAttribute('lang');
    if (found !== null && found !== undefined && found !== '') return found;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}

const cached = new Map<string, unknown>();

/** Keeps what is costly to make. */
export function once<T>(key: string, create: () => T): T {
  const known = cached.get(key) as T | undefined;
  if (known !== undefined) return known;
  const created = create();
  cached.set(key, created);
  return created;
}

/** An unknown language tag must not break an element. */
export function supported(language: string): string | undefined {
  return once(`tag ${language}`, () => {
    try {
      return { tag: Intl.getCanonicalLocales(language)[0] };
    } catch {
      return { tag: undefined };
    }
  }).tag;
}

/** 1,234,567. */
export function formatCount(count: number, language: string): string {
  return once(`count ${language}`, () => new Intl.NumberFormat(supported(language))).format(count);
}
