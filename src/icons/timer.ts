export { default as timerIcon } from 'lucide/dist/esm/icons/timer.mjs';
