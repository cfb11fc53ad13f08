export { default as atIcon } from 'lucide/dist/esm/icons/at-sign.mjs';
