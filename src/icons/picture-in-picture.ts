export { default as pictureInPictureIcon } from 'lucide/dist/esm/icons/picture-in-picture-2.mjs';
