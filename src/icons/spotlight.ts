export { default as spotlightIcon } from 'lucide/dist/esm/icons/spotlight.mjs';
