export { default as signalHighIcon } from 'lucide/dist/esm/icons/signal-high.mjs';
