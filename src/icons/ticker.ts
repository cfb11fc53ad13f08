export { default as tickerIcon } from 'lucide/dist/esm/icons/scroll-text.mjs';
