export { default as inviteIcon } from 'lucide/dist/esm/icons/user-plus.mjs';
