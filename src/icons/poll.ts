export { default as pollIcon } from 'lucide/dist/esm/icons/chart-bar-big.mjs';
