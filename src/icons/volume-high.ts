export { default as volumeHighIcon } from 'lucide/dist/esm/icons/volume-2.mjs';
