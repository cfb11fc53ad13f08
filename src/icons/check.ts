export { default as checkIcon } from 'lucide/dist/esm/icons/check.mjs';
