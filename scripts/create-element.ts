import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { namesOf } from './elements/element-names.ts';
import { updateEntries } from './elements/entries.ts';
import { composeElementFiles } from './elements/templates.ts';
import { repository } from './set-up/paths.mjs';
import { reportFailure, say, SetUpError } from './set-up/progress.mjs';
import { runQuietly } from './set-up/run-command.mjs';

const usage = 'npm run create-element NAME [-- --summary "What it does in one sentence."]';

function readArguments(): { folder: string; summary: string } {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { summary: { type: 'string' } } });
  const folder = positionals[0]?.replace(/^ils-/, '');
  if (folder === undefined || !/^[a-z]+(-[a-z]+)*$/.test(folder)) {
    throw new SetUpError('An element is named by lower-case words with hyphens between them: `hand-raise`.', usage);
  }
  return { folder, summary: values.summary ?? `The ${folder.replaceAll('-', ' ')} of a room.` };
}

async function createElement(): Promise<void> {
  const { folder, summary } = readArguments();
  const names = namesOf(folder);
  const files = Object.entries(composeElementFiles(names, summary));
  const present = files.find(([file]) => existsSync(join(repository, file)));
  if (present) throw new SetUpError(`${present[0]} is there already.`);
  for (const [file, text] of files) {
    const path = join(repository, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
    say(`wrote ${file}`);
  }
  for (const file of await updateEntries({ write: true })) say(`added <${names.tag}> to ${file}`);
  const analyzer = join(repository, 'node_modules/.bin/cem');
  await runQuietly(analyzer, ['analyze', '--quiet'], { name: 'manifest' });
  say(`added <${names.tag}> to custom-elements.json\n\nIts test: npm run test:unit -- --group elements/${folder}`);
}

try {
  await createElement();
} catch (error) {
  reportFailure(error);
}
