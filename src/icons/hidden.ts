export { default as hiddenIcon } from 'lucide/dist/esm/icons/eye-off.mjs';
