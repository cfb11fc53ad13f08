export { default as leaveIcon } from 'lucide/dist/esm/icons/log-out.mjs';
