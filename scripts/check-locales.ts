import { basename } from 'node:path';
import { readLanguages } from './locales/languages.ts';
import { readSourceWords } from './locales/source-words.ts';
import { say } from './set-up/progress.mjs';

/** The places where something is put in, once each: `{0}{1}`. */
const placesIn = (text: string) => [...new Set(text.match(/\{\d\}/g))].toSorted().join('');

const { places, faults } = readSourceWords();
const languages = await readLanguages();
const found: string[] = [...faults];

for (const { language, file, words } of languages) {
  for (const [key, place] of places) if (!(key in words)) found.push(`${file} has no words for '${key}' (${place})`);
  for (const [key, form] of Object.entries(words)) {
    if (!places.has(key)) {
      found.push(`${file} has '${key}', which no msg() says any more`);
      continue;
    }
    const forms = typeof form === 'string' ? { other: form } : form;
    const possible = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [category, text] of Object.entries(forms)) {
      const isNumberSaid = category === 'other' || typeof form === 'string';
      const isAlike = placesIn(text) === placesIn(key);
      // “One message” needs no figure.
      if (text.trim() === '' || (isNumberSaid && !isAlike) || placesIn(`${key}${text}`) !== placesIn(key))
        found.push(`${file}: '${key}' and '${text}' do not put in the same values`);
      if (!possible.includes(category as Intl.LDMLPluralRule))
        found.push(`${file}: '${key}' has a form '${category}', which the language has not`);
    }
  }
}

for (const fault of found) console.error(fault);
if (found.length > 0) {
  console.error(
    `\nEvery text of msg() stands in each file of src/locales/languages (${languages.map(({ file }) => basename(file)).join(', ')}), by its English words.\n` +
      `\`node scripts/update-locales.ts\` removes what nobody says any more and adds what is missing, in English: translate the lines it names, then run the check again.`,
  );
  process.exitCode = 1;
} else say(`${places.size} texts in ${languages.length} languages beside English`);
