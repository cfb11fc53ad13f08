export { default as volumeLowIcon } from 'lucide/dist/esm/icons/volume-1.mjs';
