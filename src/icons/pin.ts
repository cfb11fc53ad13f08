export { default as pinIcon } from 'lucide/dist/esm/icons/pin.mjs';
