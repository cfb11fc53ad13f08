/** What menus call it: its name in itself. */
export function nameLanguage(language: string): string {
  try {
    return (new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language).replaceAll('"', '');
  } catch {
    return language;
  }
}
