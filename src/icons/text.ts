export { default as textIcon } from 'lucide/dist/esm/icons/type.mjs';
