export { default as microphoneOffIcon } from 'lucide/dist/esm/icons/mic-off.mjs';
