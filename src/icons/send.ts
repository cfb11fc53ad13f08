export { default as sendIcon } from 'lucide/dist/esm/icons/send-horizontal.mjs';
