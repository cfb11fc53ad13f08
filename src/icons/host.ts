export { default as hostIcon } from 'lucide/dist/esm/icons/crown.mjs';
