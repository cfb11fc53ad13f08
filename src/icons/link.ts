export { default as linkIcon } from 'lucide/dist/esm/icons/link.mjs';
