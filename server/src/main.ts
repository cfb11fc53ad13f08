#!/usr/bin/env node
// Imports nothing before the version is known: an older Node would stop at its first missing module, with a stack.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  await import('./run.ts');
} else {
  process.stderr.write(
    `ils-kit-server needs Node 22.18 or newer; this is Node ${process.versions.node}.\n` +
      '`npm install node@24` in your project brings one, which `npx ils-kit-server` then runs on.\n',
  );
  process.exitCode = 1;
}
