export { default as banIcon } from 'lucide/dist/esm/icons/ban.mjs';
