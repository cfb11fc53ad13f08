export { default as fullscreenIcon } from 'lucide/dist/esm/icons/maximize.mjs';
