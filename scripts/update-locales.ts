import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLanguages } from './locales/languages.ts';
import { readSourceWords } from './locales/source-words.ts';
import { repository } from './set-up/paths.mjs';
import { say } from './set-up/progress.mjs';

const { places } = readSourceWords();
const languages = await readLanguages();

for (const { file, words } of languages) {
  const path = join(repository, file);
  const [before = ''] = readFileSync(path, 'utf8').split('= {\n');
  const lines = [...places.keys()].map((key) => `${JSON.stringify(key)}: ${JSON.stringify(words[key] ?? key)},`);
  writeFileSync(path, `${before}= {\n${lines.join('\n')}\n};\n\nexport default words;\n`);
  execFileSync(join(repository, 'node_modules/.bin/prettier'), ['--write', '--log-level=warn', path]);
  for (const [key, place] of places) if (!(key in words)) say(`${file}: translate '${key}' (${place})`);
}
