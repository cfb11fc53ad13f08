/** Tags and attributes that a host lets stand; all others go, with scripts whole. */
export type Allowed = Readonly<Record<string, readonly string[]>>;

/** As Drupal writes it: `<a href hreflang> <p>`. */
export function readAllowed(text: string): Allowed {
  return Object.fromEntries(
    [...text.matchAll(/<([\w-]+)([^>]*)>/g)].map(([, tag = '', names = '']) => [
      tag,
      names.split(/\s+/).filter((name) => name !== ''),
    ]),
  );
}

/** Drupal's "Basic HTML" as it is installed. */
export const BASIC_HTML =
  '<a href hreflang> <em> <strong> <cite> <blockquote cite> <code> <ul type> <ol start type> <li> <dl> <dt> <dd> <h2 id> <h3 id> <h4 id> <h5 id> <h6 id> <p> <br> <span> <img src alt height width>';

/** What a filter of allowed tags leaves: tags and attributes that it does not know go, their text stays. */
export function filterHtml(html: string, allowed: Allowed): string {
  return html.replaceAll(
    /<(\/?)([\w-]+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g,
    (_, end: string, tag: string, rest: string) => {
      const attributes = allowed[tag];
      if (attributes === undefined) return '';
      if (end !== '') return `</${tag}>`;
      const kept = [...rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)]
        .filter(([, name = '']) => attributes.includes(name))
        .map(([, name = '', value]) => (value === undefined ? ` ${name}` : ` ${name}="${value}"`));
      return `<${tag}${kept.join('')}>`;
    },
  );
}
