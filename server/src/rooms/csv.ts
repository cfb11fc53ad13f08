/** Lines of a spreadsheet, as RFC 4180 has it. */
export function toCsvText(lines: readonly (readonly string[])[]): string {
  return lines.map((line) => `${line.map(escapeCell).join(',')}\r\n`).join('');
}

/** A cell that a spreadsheet would take for a formula, one of wide letters among them, is made text. */
function escapeCell(cell: string): string {
  const isFormula = /^[=+\-@\t\r＝＋－＠]/.test(cell) && Number.isNaN(Number(cell));
  const text = isFormula ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
