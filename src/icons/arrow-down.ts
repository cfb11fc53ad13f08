export { default as arrowDownIcon } from 'lucide/dist/esm/icons/arrow-down.mjs';
