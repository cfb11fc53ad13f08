export { default as editIcon } from 'lucide/dist/esm/icons/pencil.mjs';
