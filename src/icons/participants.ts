export { default as participantsIcon } from 'lucide/dist/esm/icons/users.mjs';
