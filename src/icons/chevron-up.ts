export { default as chevronUpIcon } from 'lucide/dist/esm/icons/chevron-up.mjs';
