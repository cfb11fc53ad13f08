export { default as smileIcon } from 'lucide/dist/esm/icons/face-slightly-smiling.mjs';
