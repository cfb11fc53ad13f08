export { default as playIcon } from 'lucide/dist/esm/icons/play.mjs';
