export { default as spinnerIcon } from 'lucide/dist/esm/icons/loader-circle.mjs';
