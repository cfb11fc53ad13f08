export { default as warningIcon } from 'lucide/dist/esm/icons/triangle-alert.mjs';
