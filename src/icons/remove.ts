export { default as removeIcon } from 'lucide/dist/esm/icons/user-x.mjs';
