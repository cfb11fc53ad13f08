export { default as cameraOffIcon } from 'lucide/dist/esm/icons/video-off.mjs';
