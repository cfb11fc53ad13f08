export { default as starIcon } from 'lucide/dist/esm/icons/star.mjs';
