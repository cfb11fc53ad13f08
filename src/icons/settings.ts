export { default as settingsIcon } from 'lucide/dist/esm/icons/settings.mjs';
