export { default as chevronLeftIcon } from 'lucide/dist/esm/icons/chevron-left.mjs';
