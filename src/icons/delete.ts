export { default as deleteIcon } from 'lucide/dist/esm/icons/trash.mjs';
