export { default as chevronRightIcon } from 'lucide/dist/esm/icons/chevron-right.mjs';
