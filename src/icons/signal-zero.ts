export { default as signalZeroIcon } from 'lucide/dist/esm/icons/signal-zero.mjs';
