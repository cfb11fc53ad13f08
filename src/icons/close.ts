export { default as closeIcon } from 'lucide/dist/esm/icons/x.mjs';
