export { default as reopenIcon } from 'lucide/dist/esm/icons/undo-2.mjs';
