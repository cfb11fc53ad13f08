export { default as captionsIcon } from 'lucide/dist/esm/icons/captions.mjs';
