export { default as pauseIcon } from 'lucide/dist/esm/icons/pause.mjs';
