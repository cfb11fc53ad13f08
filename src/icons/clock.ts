export { default as clockIcon } from 'lucide/dist/esm/icons/clock.mjs';
