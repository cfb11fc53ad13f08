export { default as chartIcon } from 'lucide/dist/esm/icons/chart-bar.mjs';
