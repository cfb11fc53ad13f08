export { default as pinOffIcon } from 'lucide/dist/esm/icons/pin-off.mjs';
