export { default as slateIcon } from 'lucide/dist/esm/icons/rectangle-horizontal.mjs';
