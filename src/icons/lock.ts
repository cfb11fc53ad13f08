export { default as lockIcon } from 'lucide/dist/esm/icons/lock.mjs';
