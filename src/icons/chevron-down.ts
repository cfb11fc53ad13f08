export { default as chevronDownIcon } from 'lucide/dist/esm/icons/chevron-down.mjs';
