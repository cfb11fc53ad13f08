export { default as screenOffIcon } from 'lucide/dist/esm/icons/screen-share-off.mjs';
