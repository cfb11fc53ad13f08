export { default as microphoneIcon } from 'lucide/dist/esm/icons/mic.mjs';
