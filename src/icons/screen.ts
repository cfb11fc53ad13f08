export { default as screenIcon } from 'lucide/dist/esm/icons/screen-share.mjs';
