export { default as moreIcon } from 'lucide/dist/esm/icons/ellipsis.mjs';
