export { default as producerIcon } from 'lucide/dist/esm/icons/clapperboard.mjs';
