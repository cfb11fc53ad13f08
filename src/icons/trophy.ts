export { default as trophyIcon } from 'lucide/dist/esm/icons/trophy.mjs';
