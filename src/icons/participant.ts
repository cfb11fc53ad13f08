export { default as participantIcon } from 'lucide/dist/esm/icons/user.mjs';
