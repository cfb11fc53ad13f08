export { default as flagIcon } from 'lucide/dist/esm/icons/flag.mjs';
