/** Text as it may stand in a cell. */
export const inCell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();

export const asCode = (text: string): string => `\`${inCell(text)}\``;

/** A table of Markdown; a formatter sets its widths. */
export const composeTable = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
