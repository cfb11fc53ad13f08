export { default as errorIcon } from 'lucide/dist/esm/icons/circle-alert.mjs';
