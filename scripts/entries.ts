import { updateEntries } from './elements/entries.ts';
import { say } from './set-up/progress.mjs';

for (const file of await updateEntries({ write: true })) say(`wrote ${file}`);
