export { default as liveIcon } from 'lucide/dist/esm/icons/radio.mjs';
