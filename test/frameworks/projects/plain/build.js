// No bundler: the package's own script beside a page with tags.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';

mkdirSync('dist');
cpSync('node_modules/ils-kit/dist/cdn', 'dist/kit', { recursive: true });
writeFileSync(
  'dist/index.html',
  `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Plain</title><script type="module" src="/kit/ils.js"></script></head>
  <body>
    <ils-room server="${process.env.VITE_ILS_SERVER}" room="demo" token-url="${process.env.VITE_ILS_SERVER}/dev/token?role=viewer" auto-join>
      <ils-player></ils-player>
      <ils-chat></ils-chat>
    </ils-room>
  </body>
</html>`,
);
