export { default as headsetIcon } from 'lucide/dist/esm/icons/headset.mjs';
