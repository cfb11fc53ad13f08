export { default as imageIcon } from 'lucide/dist/esm/icons/image.mjs';
