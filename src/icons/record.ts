export { default as recordIcon } from 'lucide/dist/esm/icons/circle-dot.mjs';
