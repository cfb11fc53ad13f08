export { default as infoIcon } from 'lucide/dist/esm/icons/info.mjs';
