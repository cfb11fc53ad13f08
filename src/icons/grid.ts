export { default as gridIcon } from 'lucide/dist/esm/icons/layout-grid.mjs';
