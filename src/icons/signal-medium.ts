export { default as signalMediumIcon } from 'lucide/dist/esm/icons/signal-medium.mjs';
