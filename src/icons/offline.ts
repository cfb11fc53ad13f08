export { default as offlineIcon } from 'lucide/dist/esm/icons/wifi-off.mjs';
