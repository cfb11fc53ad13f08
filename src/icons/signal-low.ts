export { default as signalLowIcon } from 'lucide/dist/esm/icons/signal-low.mjs';
