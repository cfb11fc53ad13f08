export { default as messageIcon } from 'lucide/dist/esm/icons/message-circle.mjs';
