export { default as arrowUpIcon } from 'lucide/dist/esm/icons/arrow-up.mjs';
