export { default as volumeOffIcon } from 'lucide/dist/esm/icons/volume-x.mjs';
