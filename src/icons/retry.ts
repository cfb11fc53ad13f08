export { default as retryIcon } from 'lucide/dist/esm/icons/rotate-cw.mjs';
