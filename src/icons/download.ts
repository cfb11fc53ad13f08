export { default as downloadIcon } from 'lucide/dist/esm/icons/download.mjs';
