export { default as copyIcon } from 'lucide/dist/esm/icons/copy.mjs';
