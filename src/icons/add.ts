export { default as addIcon } from 'lucide/dist/esm/icons/plus.mjs';
