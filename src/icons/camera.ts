export { default as cameraIcon } from 'lucide/dist/esm/icons/video.mjs';
