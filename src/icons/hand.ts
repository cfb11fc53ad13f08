export { default as handIcon } from 'lucide/dist/esm/icons/hand.mjs';
